"""How well capacity claims are found and checked: `python -m analysis.evaluate capacity FILE.jsonl`.

Each line holds `question`, `answer` and `claims`; each claim `text`, `quantity`, `claimed`, `unit`,
`correct` and `right_value`. A claim is *found* when the checker gives a verdict on a quantity inside the
claim's words ("cannot tell" is not found); the verdict is right when consistent or slip agrees with
`correct`. `--scorer judge` asks the configured model for mistakes instead: a claim inside one is taken as
wrong, all others as right. Prints JSON: `claims` and `found` are counts, `verdict_accuracy` is a share of
those found. Without FILE it runs on the constructed sets that ship with the product.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.estimates import CapacityStep, check_capacity
from data.domain import Answer, Question, Turn
from data.json_lines import read_objects

GOLD = Path(__file__).parent / "gold" / "capacity.jsonl"
SECOND = GOLD.with_name("capacity_second.jsonl")
"""Five batches, the first two written not knowing the checker, the others knowing its code. When first seen

69 of 77, 30 of 33, 39 of 44, 19 of 26 and 21 of 25 were found, and 91, 93, 90, 95 and 95 % of the verdicts on
them right.
"""
THIRD = GOLD.with_name("capacity_third.jsonl")
"""Written before its author read the checker: 83 of 102 found when first seen, 89 % of the verdicts right."""
CLAIMED_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a row; `start` and `end` are its characters in the answer, -1 when it is not there."""

    text: str
    claimed: float
    correct: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One answer with its claims."""

    answer: Answer
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim and what was made of it: True consistent, False slip, None not found."""

    row: Row
    claim: Claim
    verdict: bool | None


@dataclass(frozen=True, slots=True)
class CapacityResult:
    """The figures of one run."""

    claims: int
    found: int
    verdict_accuracy: float | None


Checker = Callable[[Row], list[Checked]]


def main(argv: Sequence[str]) -> int:
    """Run the benchmark and print its figures as JSON."""
    options = _options(argv)
    check = _judge_checker() if options.scorer == "judge" else offline_checker
    files = (Path(options.file),) if options.file else (GOLD, SECOND, THIRD)
    checked = [item for file in files for row in read_rows(file) for item in check(row)]
    if options.show:
        _show(checked)
    result = measure(checked)
    figures = json.dumps(
        {"claims": result.claims, "found": result.found, "verdict_accuracy": result.verdict_accuracy},
        indent=2,
    )
    print(figures)
    if options.json:
        Path(options.json).write_text(figures + "\n", encoding="utf-8")
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate capacity")
    parser.add_argument("file", nargs="?", help="the constructed sets that ship, when left out")
    parser.add_argument("--scorer", choices=("offline", "judge"), default="offline")
    parser.add_argument("--json", metavar="OUT")
    parser.add_argument("--show", action="store_true", help="print every claim that was missed or misjudged")
    return parser.parse_args(argv)


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of a JSONL file; a mistake is named by its line."""
    return read_objects(path, _row, "question, answer and claims with text, claimed and correct")


def _row(record: Mapping[str, Any], number: int) -> Row:
    text = str(record["answer"])
    question = Question("q", "capacity", "mid", "q", str(record["question"]), "", ("C5",), 5.0)
    answer = Answer(question, (Turn(0, "interviewer", question.text), Turn(1, "candidate", text)))
    return Row(answer, _claims(record["claims"], text))


def _claims(records: Sequence[dict[str, object]], text: str) -> tuple[Claim, ...]:
    claims, after = [], 0
    for record in records:
        said = str(record["text"])
        start = text.find(said, after)
        start = text.find(said) if start < 0 else start
        after = start + len(said) if start >= 0 else after
        end = start + len(said) if start >= 0 else -1
        claims.append(Claim(said, float(str(record["claimed"])), bool(record["correct"]), start, end))
    return tuple(claims)


def offline_checker(row: Row) -> list[Checked]:
    """The capacity checker on one row."""
    steps = check_capacity(row.answer)
    return [Checked(row, claim, _verdict(claim, steps)) for claim in row.claims]


def _verdict(claim: Claim, steps: Sequence[CapacityStep]) -> bool | None:
    inside = [s for s in steps if s.start < claim.end and s.end > claim.start and s.verdict != "cannot_tell"]
    if not inside:
        return None
    exact = [s for s in inside if abs(s.stated - claim.claimed) <= CLAIMED_TOLERANCE * abs(claim.claimed)]
    return (exact or inside)[-1].verdict == "consistent"


def _judge_checker() -> Checker:
    from analysis.scoring.judge.configured_judge import judge_from_settings
    from data.settings import load_settings

    judge = judge_from_settings(load_settings(os.environ))

    def check(row: Row) -> list[Checked]:
        text = row.answer.candidate_text
        quotes = [claim.quote for claim in judge.false_claims(row.answer)]
        spans = [(text.find(quote), text.find(quote) + len(quote)) for quote in quotes]
        return [Checked(row, claim, not _overlaps(claim, spans)) for claim in row.claims]

    return check


def _overlaps(claim: Claim, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < claim.end and end > claim.start for start, end in spans if start >= 0)


def measure(checked: Sequence[Checked]) -> CapacityResult:
    """Counts and the share of right verdicts among those found; None when nothing was found."""
    found = [item for item in checked if item.verdict is not None]
    right = sum(item.verdict == item.claim.correct for item in found)
    return CapacityResult(len(checked), len(found), round(right / len(found), 4) if found else None)


def _show(checked: Sequence[Checked]) -> None:
    for item in checked:
        if item.verdict is None or item.verdict != item.claim.correct:
            what = "missed" if item.verdict is None else "misjudged"
            print(f"{what}: {item.claim.text!r} ({'right' if item.claim.correct else 'wrong'})")
            print(f"    {item.row.answer.candidate_text}")
