"""`levels FILE.jsonl`: a scorer's levels beside the intended ones, on graded answers and on attacks.

A row: question, key_points (sentences, or objects with `text` and `competency`), criterion, level, answer,
kind, must_quote, flags; optionally category. Agreement is counted on answers meant to be graded; attacks are
listed by kind. A level counts as agreed after rounding to a whole one.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.exam.rater_agreement import interval, quadratic_kappa
from analysis.scoring import Scorer
from analysis.scoring.scorers import SCORERS, make_scorer
from data.domain import (
    CATEGORIES,
    COMPANIONS,
    COMPETENCIES,
    Answer,
    Assessment,
    KeyPoint,
    Question,
    Turn,
)
from data.json_lines import read_objects

GOLD = (
    Path(__file__).parent / "gold" / "answers.jsonl",
    Path(__file__).parent / "gold" / "answers_second.jsonl",
)
"""Constructed back-end answers with intended levels; not human-graded.

The second set was written without knowing the rules and lexicons, and was first seen by scorer version 1.
"""
ATTACKS = frozenset({"copied", "idk", "stuffed", "injection", "offtopic", "fluent_wrong", "negated"})
_CATEGORY_OF = {
    "C1": "system_design",
    "C2": "distributed_systems",
    "C3": "data_infrastructure",
    "C4": "system_design",
    "C5": "capacity",
    "C6": "operations",
}


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One constructed answer and what a scorer should say of it."""

    answer: Answer
    criterion: str
    level: float | None
    kind: str
    must_quote: tuple[str, ...]
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what the scorer said of it. `level` None = unscored."""

    row: LevelRow
    level: float | None
    quotes: tuple[str, ...]
    flags: frozenset[str]


def main(argv: Sequence[str]) -> int:
    """Read the file, score every row, print (and write) the figures."""
    parser = argparse.ArgumentParser(prog="levels", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="the constructed sets that ship, when left out")
    parser.add_argument("--scorer", choices=sorted(SCORERS), default="offline")
    parser.add_argument("--json", type=Path, metavar="OUT")
    arguments = parser.parse_args(argv)
    rows = read_rows(arguments.file) if arguments.file else read_gold()
    figures = measure(judge(rows, make_scorer(arguments.scorer)))
    text = json.dumps(figures, indent=2)
    print(text)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")
    return 0


def read_gold() -> tuple[LevelRow, ...]:
    """All constructed answers that ship with the product."""
    return tuple(row for path in GOLD for row in read_rows(path))


def read_rows(path: Path) -> tuple[LevelRow, ...]:
    """The rows of a JSONL file; a mistake is named by its line."""
    return read_objects(path, _row, "question, key_points, criterion, level, answer and kind")


def judge(rows: Iterable[LevelRow], scorer: Scorer) -> tuple[Judged, ...]:
    """What the scorer says of each row."""
    return tuple(_judged(row, scorer.score(row.answer)) for row in rows)


def measure(judged: Sequence[Judged]) -> dict[str, Any]:
    """All figures; None where there is nothing to count."""
    graded = [
        (one.level, one.row.level)
        for one in judged
        if one.level is not None and one.row.level is not None and one.row.kind not in ATTACKS
    ]
    given = np.floor(np.array([level for level, _ in graded], float) + 0.5)
    intended = np.array([level for _, level in graded], float)
    return {
        "n": len(judged),
        "unscored": sum(one.level is None for one in judged),
        "graded": len(graded),
        "exact": _rounded(float(np.mean(given == intended)) if graded else None),
        "adjacent": _rounded(float(np.mean(np.abs(given - intended) <= 1)) if graded else None),
        "qwk": _rounded(quadratic_kappa(given, intended)),
        "qwk_interval": interval(lambda at: quadratic_kappa(given[at], intended[at]), len(given)),
        "by_kind": {kind: _of_kind(judged, kind) for kind in sorted({one.row.kind for one in judged})},
        "evidence_recall": _rounded(_evidence_recall(judged)),
        "quotes_expected": sum(len(one.row.must_quote) for one in judged),
        "flags": _flag_agreement(judged),
    }


def _row(raw: Mapping[str, Any], number: int) -> LevelRow:
    criterion = str(raw["criterion"])
    known = (*COMPETENCIES, *COMPANIONS)
    if criterion not in known:
        raise ValueError(f"unknown criterion {criterion!r}; the known ones are {', '.join(known)}")
    points = tuple(_point(point, index, criterion) for index, point in enumerate(_listed(raw["key_points"])))
    question = Question(
        id=str(raw.get("question_id") or f"line-{number}"),
        category=_category(raw, criterion),
        level="senior",
        title="",
        text=str(raw["question"]),
        topic="",
        competencies=(criterion,),
        minutes=5.0,
        key_points=points,
    )
    turns = (
        Turn(0, "interviewer", question.text),
        Turn(1, "candidate", str(raw["answer"])),
    )
    level = raw.get("level")
    return LevelRow(
        answer=Answer(question, turns),
        criterion=criterion,
        level=None if level is None else float(level),
        kind=str(raw.get("kind") or "plain"),
        must_quote=tuple(str(quote) for quote in _listed(raw.get("must_quote"))),
        flags=frozenset(str(flag) for flag in _listed(raw.get("flags"))),
    )


def _listed(raw: object) -> list[Any]:
    """A list as it is, or the parts of "one | other"."""
    if isinstance(raw, str):
        return [part.strip() for part in raw.split("|") if part.strip()]
    return list(raw) if isinstance(raw, Iterable) else []


def _point(raw: object, index: int, criterion: str) -> KeyPoint:
    if isinstance(raw, Mapping):
        return KeyPoint(
            str(raw.get("id") or f"p{index}"),
            str(raw["text"]),
            str(raw.get("probe") or ""),
            str(raw.get("competency") or criterion),
        )
    return KeyPoint(f"p{index}", str(raw), "", criterion)


def _category(raw: Mapping[str, Any], criterion: str) -> str:
    given = str(raw.get("category") or "")
    if given in CATEGORIES:
        return given
    if re.search(r"\bdesign\b", str(raw["question"]), re.IGNORECASE):
        return "system_design"
    return _CATEGORY_OF.get(criterion, criterion if criterion in CATEGORIES else "system_design")


def _judged(row: LevelRow, assessment: Assessment) -> Judged:
    score = next((score for score in assessment.scores if score.criterion == row.criterion), None)
    evidence = [
        *(score.evidence if score else ()),
        *(p.evidence for p in assessment.key_points if p.evidence),
    ]
    return Judged(
        row=row,
        level=score.level if score else None,
        quotes=tuple(one.quote for one in evidence),
        flags=frozenset(flag.name for flag in assessment.flags),
    )


def _of_kind(judged: Sequence[Judged], kind: str) -> dict[str, Any]:
    levels = [one.level for one in judged if one.row.kind == kind]
    known = [level for level in levels if level is not None]
    return {
        "n": len(levels),
        "mean_level": _rounded(float(np.mean(known)) if known else None),
        "unscored": len(levels) - len(known),
    }


def _evidence_recall(judged: Sequence[Judged]) -> float | None:
    """Share of the spans that had to be quoted of which at least half the words are in one quote."""
    wanted = [(span, one.quotes) for one in judged for span in one.row.must_quote]
    if not wanted:
        return None
    return sum(any(_overlap(span, quote) >= 0.5 for quote in quotes) for span, quotes in wanted) / len(wanted)


def _overlap(span: str, quote: str) -> float:
    words, quoted = _words(span), _words(quote)
    grams = {tuple(quoted[i : i + 2]) for i in range(len(quoted) - 1)}
    pairs = [tuple(words[i : i + 2]) for i in range(len(words) - 1)]
    return sum(pair in grams for pair in pairs) / max(1, len(pairs))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _flag_agreement(judged: Sequence[Judged]) -> dict[str, float | None]:
    found = sum(len(one.flags) for one in judged)
    wanted = sum(len(one.row.flags) for one in judged)
    both = sum(len(one.flags & one.row.flags) for one in judged)
    return {
        "precision": _rounded(both / found if found else None),
        "recall": _rounded(both / wanted if wanted else None),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
