"""How good the interviewer is, on a file of written situations, one JSON object a line.

    python -m analysis.evaluate interviewer clarify|moves|misconceptions FILE [--model] [--json OUT] [--show]

`--show` prints every line for a reader. Nothing here was fitted on the file it is given, unless it says so.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.evaluate import interviewer_clarify, interviewer_misconceptions, interviewer_moves
from analysis.evaluate.labelled import write_json
from data.domain import Question, RehearseError
from data.questions import load_questions
from data.settings import load_settings

Rows = Sequence[Mapping[str, Any]]
Part = Callable[[Rows, Sequence[Question]], tuple[dict[str, Any], list[str]]]
PARTS: Mapping[str, Part] = {
    "clarify": interviewer_clarify.measured,
    "moves": interviewer_moves.measured,
    "misconceptions": interviewer_misconceptions.measured,
}
"""Name on the command line → figures, and a line for each row."""
BY_MODEL: Mapping[str, Part] = {"clarify": interviewer_clarify.measured_by_model}
"""The parts that a connected model can do as well."""


def main(argv: list[str]) -> int:
    """Measure one part and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate interviewer")
    parser.add_argument("part", choices=sorted(PARTS))
    parser.add_argument("file", type=Path, help="one JSON object a line")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--show", action="store_true", help="print every line")
    parser.add_argument("--model", action="store_true", help="clarify: have the connected model listen")
    options = parser.parse_args(argv)
    parts = BY_MODEL if options.model else PARTS
    if options.part not in parts:
        raise RehearseError(f"No model takes part in {options.part}.", "Leave out --model.")
    questions = load_questions(load_settings(os.environ).questions_path)
    figures, lines = parts[options.part](list(_rows(options.file)), questions)
    if options.show:
        print("\n".join(lines))
    print(json.dumps(figures, indent=2))
    if options.json:
        write_json(options.json, figures)
    return 0


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RehearseError(f"{path.name} cannot be read: {error}.", "Give a file of JSON lines.") from error
