"""`python -m analysis.evaluate NAME ARGS...`: run one benchmark; each prints its figures."""

from __future__ import annotations

import sys
from importlib import import_module

from data.domain import RehearseError
from data.private_files import keep_private

BENCHMARKS = {
    "gaze": "analysis.evaluate.gaze",
    "headpose": "analysis.evaluate.headpose",
    "speech": "analysis.evaluate.speech_errors",
    "pauses": "analysis.evaluate.pauses",
    "asag": "analysis.evaluate.asag",
    "exam": "analysis.evaluate.exam_taken",
    "answers": "analysis.evaluate.answers_judged",
    "capacity": "analysis.evaluate.capacity_claims",
    "interviewer": "analysis.evaluate.interviewer",
    "turns": "analysis.evaluate.turn_ends",
    "fit-questions": "analysis.evaluate.questions_asked_learned",
    "fit-talk": "analysis.evaluate.talk_learned",
}
"""Name on the command line → module with `main(argv) -> exit code`, imported only when asked for."""


def main(argv: list[str]) -> int:
    """Run the benchmark named by the first argument with the rest."""
    if not argv or argv[0] not in BENCHMARKS:
        print(f"usage: python -m analysis.evaluate {{{','.join(BENCHMARKS)}}} ...", file=sys.stderr)
        return 2
    try:
        return int(import_module(BENCHMARKS[argv[0]]).main(argv[1:]))
    except RehearseError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    keep_private()
    sys.exit(main(sys.argv[1:]))
