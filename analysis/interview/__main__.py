"""Replay a scripted candidate and print the dialogue.

    python -m analysis.interview --script analysis/interview/scripts/knows_half.yaml [--json]
    python -m analysis.interview --script analysis/interview/scripts/personas      each script in the folder

The file's form is described in `analysis/interview/scripted_candidate.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.interview.listener.listener import listen
from analysis.interview.loop.state import answers
from analysis.interview.planning.changes import described
from analysis.interview.planning.plan import Wish, make_plan
from analysis.interview.replay import Replay, replay, unprompted
from analysis.interview.scripted_candidate import Script, load_script
from analysis.reading.design_steps import find_steps, time_per_step
from analysis.scoring.reader import ReaderScorer
from data.domain import Answer, Question, RehearseError
from data.private_files import keep_private
from data.questions import load_questions
from data.settings import load_settings


def main(argv: list[str]) -> int:
    """Run the command; a problem the user can solve goes to stderr with exit code 2."""
    parser = argparse.ArgumentParser(prog="python -m analysis.interview", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--script",
        type=Path,
        required=True,
        help="a YAML file with the candidate's lines, or a folder of them",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args(argv)
    try:
        questions = load_questions(load_settings(os.environ).questions_path)
        folder = options.script.is_dir()
        files = sorted(options.script.glob("*.yaml")) if folder else [options.script]
        scorer = ReaderScorer()
        written = {file.stem: _played(load_script(file), questions, scorer) for file in files}
    except RehearseError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(written if folder else written[files[0].stem], indent=2, ensure_ascii=False))
    else:
        told = {name: readable(one) for name, one in written.items()}
        print("\n\n".join(f"# {name}\n{text}" if folder else text for name, text in told.items()))
    return 0


def _played(script: Script, questions: tuple[Question, ...], scorer: ReaderScorer) -> dict[str, Any]:
    named = tuple(name for name in script.answers if name != "*")
    wish = Wish(script.level, script.minutes, None, script.style, script.category, asked_for=named)
    plan = make_plan(questions, wish, now=datetime.now(UTC), seed=script.seed)
    for planned in plan.rounds:
        scorer.score(Answer(planned.question, ()))  # as the app does while the question is being read
    return document(replay(plan, script, lambda one: listen(one, scorer.score(one).key_points)), scorer)


def document(played: Replay, scorer: ReaderScorer) -> dict[str, Any]:
    """Plan, dialogue, probes and what each round came to."""
    return {
        "plan": list(described(played.state.plan)),
        "minutes": round(played.minutes, 2),
        "limit_minutes": played.state.plan.limit_minutes,
        "slowest_line_seconds": round(played.slowest_line_seconds, 3),
        "lines": [
            {"at": _clock(line.seconds), "speaker": line.speaker, "kind": line.kind, "text": line.text}
            for line in played.lines
        ],
        "rounds": [_round(answer, scorer) for answer in answers(played.state)],
    }


def readable(written: dict[str, Any]) -> str:
    """The document as text."""
    lines = [*written["plan"], ""]
    lines += [f"{one['at']} {one['speaker']} ({one['kind']}): {one['text']}" for one in written["lines"]]
    lines += ["", f"{written['minutes']} of {written['limit_minutes']:g} minutes; slowest line "]
    lines[-1] += f"{written['slowest_line_seconds']} s."
    for one in written["rounds"]:
        lines.append(
            f"{one['question']}: {one['covered_unprompted']} of {one['key_points']} key points volunteered, "
            f"{one['covered']} with probes"
        )
        if one["steps"]:
            lines.append("  " + ", ".join(f"{name} {share:.0%}" for name, share in one["steps"].items()))
    return "\n".join(lines)


def _round(answer: Answer, scorer: ReaderScorer) -> dict[str, Any]:
    steps = {}
    if answer.question.category == "system_design":
        steps = {one.step: round(one.share, 2) for one in time_per_step(find_steps(answer.turns))}
    return {
        "question": answer.question.id,
        "key_points": len(answer.question.key_points),
        "covered_unprompted": _covered(scorer, unprompted(answer)),
        "covered": _covered(scorer, answer),
        "steps": steps,
    }


def _covered(scorer: ReaderScorer, answer: Answer) -> int:
    return sum(one.status == "covered" for one in scorer.score(answer).key_points)


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60):02d}:{int(seconds % 60):02d}"


if __name__ == "__main__":
    keep_private()
    sys.exit(main(sys.argv[1:]))
