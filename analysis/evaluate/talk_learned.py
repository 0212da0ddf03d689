"""Learn anew what is said of the talk itself: `python -m analysis.evaluate fit-talk [--check]`.

The examples (`gold/said_of_the_talk.txt`) were written by the author of the rules; what is said of a design
is taken from the worked answers of the bank as well, and what is asked from the examples of questions.
`--check` writes nothing: it prints how many of each kind are told when they were left out (five folds).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.interview.listener import talk
from analysis.interview.listener.learned import Shares
from analysis.interview.listener.talk import TALK_KINDS, TalkKind
from analysis.reading.embeddings import Floats
from analysis.reading.sentences import sentences
from data.json_lines import read_objects
from data.questions import load_questions
from data.settings import load_settings

GOLD = Path(__file__).parent / "gold"
ANSWERED, ASKED = 500, 250
"""So many sentences of worked answers and so many questions stand for what is not of the talk."""
PULL, STEPS, RATE, FOLDS = 2e-4, 1500, 1.0, 5
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence, and what it is."""

    said: str
    kind: TalkKind


def main(argv: Sequence[str]) -> int:
    """Learn and write, or check and print."""
    parser = argparse.ArgumentParser(description="Learn what is said of the talk itself.")
    parser.add_argument(
        "--check", action="store_true", help="print figures over five folds and write nothing"
    )
    found = examples()
    rows = talk.features([plain(one.said) for one in found])
    kinds = np.array([TALK_KINDS.index(one.kind) for one in found])
    if parser.parse_args(list(argv)).check:
        print(json.dumps(check(rows, kinds)))
        return 0
    np.savez_compressed(talk.FILE, kinds=np.array(TALK_KINDS), weights=_fitted(rows, kinds))
    talk.learned_talk.cache_clear()
    return 0


def examples() -> list[Example]:
    """The written ones, and what people say of a design or ask about it."""
    found: list[Example] = []
    kind: TalkKind = "none"
    for line in (GOLD / "said_of_the_talk.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            kind = next(one for one in TALK_KINDS if one == line[2:])
        elif line.strip():
            found.append(Example(line.strip(), kind))
    told = [
        sentence
        for question in load_questions(load_settings({}).questions_path)
        for answer in question.examples.values()
        for sentence in _SENTENCE_END.split(" ".join(answer.split()))
    ]
    asked = read_objects(GOLD / "questions_asked.jsonl", lambda row, _: _fact_asked(row), "said and kind")
    questions = [said for said in asked if said]
    rest = [*told[:: max(1, len(told) // ANSWERED)], *questions[:: max(1, len(questions) // ASKED)]]
    return [*found, *(Example(said, "none") for said in rest)]


def plain(said: str) -> str:
    """As the listener reads it."""
    return " ".join(line.text for line in sentences(said)) or said


def _fact_asked(row: Mapping[str, Any]) -> str:
    """What is asked as a question, or of nobody; wishes stand among the facts that are asked for as well."""
    asks = row["kind"] in ("confirm", "checkin", "rephrase", "none") or str(row["said"]).endswith("?")
    return str(row["said"]) if asks and row["kind"] not in ("hint", "next", "moment", "verdict") else ""


def check(rows: Floats, kinds: Floats) -> dict[str, dict[str, int]]:
    """For each kind how many examples there are, how many are told at the bar, and how many falsely so."""
    counts: dict[str, dict[str, int]] = {kind: {"n": 0, "told": 0, "false": 0} for kind in TALK_KINDS}
    fold = np.arange(len(kinds)) % FOLDS
    for held in range(FOLDS):
        model = Shares(TALK_KINDS, _fitted(rows[fold != held], kinds[fold != held]))
        for row, at in zip(rows[fold == held], kinds[fold == held], strict=True):
            true, told = TALK_KINDS[int(at)], talk.likeliest(model.of(row))
            counts[true]["n"] += 1
            counts[told]["told" if told == true else "false"] += 1
    return counts


def _fitted(rows: Floats, kinds: Floats) -> Floats:
    """Softmax regression by accelerated descent, each kind counting alike together, with a pull to zero."""
    full = np.concatenate([rows, np.ones((len(rows), 1), np.float32)], axis=1)
    truth = np.eye(len(TALK_KINDS), dtype=np.float32)[kinds.astype(int)]
    worth = (1.0 / np.sqrt(truth.sum(axis=0)))[kinds.astype(int)]
    share = (worth / worth.sum())[:, None]
    weights = ahead = np.zeros((len(TALK_KINDS), full.shape[1]), np.float32)
    for step in range(1, STEPS):
        raw = full @ ahead.T
        grown = np.exp(raw - raw.max(axis=1, keepdims=True))
        off = (grown / grown.sum(axis=1, keepdims=True) - truth) * share
        following = ahead - np.float32(RATE) * (off.T @ full + 2 * PULL * ahead)
        ahead = following + np.float32((step - 1) / (step + 2)) * (following - weights)
        weights = following
    return weights.astype(np.float32)
