"""Learn anew what tells a question to us, and the fact that answers it: `... fit-questions [--check]`.

The examples were written by the author of the rules. What is only said, to nobody, is taken from the worked
answers and misconceptions of the bank as well. `--check` writes nothing: it prints how often the right fact
comes first when the question it belongs to was left out (five folds).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.interview.facts import likeness
from analysis.interview.listener import learned as shipped
from analysis.interview.listener.learned import Learned, Shares, Weighed
from analysis.interview.listener.question_forms import last_question
from analysis.interview.listener.questions_asked import ASK_KINDS, kind_features
from analysis.interview.listener.subjects import Subjects, grams, subject_features
from analysis.reading.embeddings import Floats, embed
from data.domain import FACT_SUBJECTS, Question
from data.json_lines import read_objects
from data.questions import load_questions
from data.settings import load_settings

GOLD = Path(__file__).parent / "gold" / "questions_asked.jsonl"
KINDS = (*ASK_KINDS, "none")
FEWEST_TIMES, STEPS, PULL, KIND_PULL, FOLDS = 3, 1500, 1e-3, 3e-4, 5
LIKELY = 0.5
ONLY_SAID = 200
"""How much of the bank is taken; the rest would only make it slower."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Example:
    """One thing said. `fact`: the text that answers; None with `question` set: none of its facts does."""

    said: str
    kind: str
    about: str | None
    question: Question | None
    fact: str | None


def main(argv: Sequence[str]) -> int:
    """Learn and write, or check and print."""
    parser = argparse.ArgumentParser(description="Learn what tells a question to us.")
    parser.add_argument(
        "--check", action="store_true", help="print figures over five folds and write nothing"
    )
    options = parser.parse_args(list(argv))
    found = examples()
    if options.check:
        print(json.dumps(check(found)))
        return 0
    write(learn(found))
    return 0


def examples() -> list[Example]:
    """The written examples with the questions as they are shipped; without its fact an example has none."""
    bank = {question.id: question for question in load_questions(load_settings({}).questions_path)}
    written = read_objects(
        GOLD, lambda row, _: _example(row, bank), "said, kind, about, question_id and fact"
    )
    return [*written, *_only_said(bank.values())]


def _only_said(bank: Iterable[Question]) -> list[Example]:
    """Claims and stretches of worked answers, evenly over the bank."""
    told = [wrong.wrong for question in bank for wrong in question.misconceptions]
    for question in bank:
        for answer in question.examples.values():
            sentences = _SENTENCE_END.split(" ".join(answer.split()))
            told += [" ".join(pair) for pair in zip(sentences[::2], sentences[1::2], strict=False)]
    return [Example(text, "none", None, None, None) for text in told[:: max(1, len(told) // ONLY_SAID)]]


def _example(row: Mapping[str, Any], bank: Mapping[str, Question]) -> Example:
    question = bank.get(row.get("question_id", ""))
    texts = [fact.text for fact in question.facts] if question else []
    fact = row.get("fact")
    known = fact in texts if fact else row.get("facts_then") == len(texts)
    return Example(row["said"], row["kind"], row.get("about"), question if known else None, fact)


def learn(found: Sequence[Example]) -> Learned:
    """Everything, from all examples; the pairs are seen with subjects that have not seen their question."""
    rows, answers = _pairs(found)
    subjects = _subjects(found)
    weighed = _weighed(np.concatenate(rows), np.concatenate(answers))
    kinds, kind_vocabulary = _kinds(found)
    return Learned(kinds, kind_vocabulary, subjects.shares, dict(subjects.vocabulary), weighed)


def check(found: Sequence[Example]) -> dict[str, Any]:
    """First places and false ones when neither subjects nor weights have seen the question."""
    asked = [one for one in found if one.question]
    rows, answers = _pairs(found)
    right = wrong = silent = invented = without = 0
    for held in _folds(asked):
        kept = [at for at, one in enumerate(asked) if _name(one) not in held]
        model = _weighed(
            np.concatenate([rows[at] for at in kept]), np.concatenate([answers[at] for at in kept])
        )
        for at, one in enumerate(asked):
            if _name(one) in held:
                shares = [model.share(row) for row in rows[at]]
                best = int(np.argmax(shares))
                if one.fact is None:
                    without += 1
                    invented += shares[best] >= LIKELY
                elif shares[best] < LIKELY:
                    silent += 1
                else:
                    right += bool(answers[at][best])
                    wrong += not answers[at][best]
    return {
        "n": len(asked),
        "right": right,
        "wrong": wrong,
        "silent": silent,
        "without_fact": without,
        "invented": invented,
    }


def write(model: Learned) -> None:
    """Put it where it is loaded from."""
    small = np.float32
    np.savez_compressed(
        shipped.FILE,
        kinds=np.array(model.kinds.classes),
        kind_weights=model.kinds.weights.astype(small),
        kind_vocabulary=np.array(list(model.kind_vocabulary)),
        subjects=np.array(model.subjects.classes),
        subject_weights=model.subjects.weights.astype(small),
        vocabulary=np.array(list(model.vocabulary)),
        answer_means=model.answers.means.astype(small),
        answer_scales=model.answers.scales.astype(small),
        answer_weights=model.answers.weights.astype(small),
    )
    shipped.learned.cache_clear()


def _name(one: Example) -> str:
    return one.question.id if one.question else ""


def _folds(asked: Sequence[Example]) -> list[set[str]]:
    names = sorted({_name(one) for one in asked})
    return [set(names[fold::FOLDS]) for fold in range(FOLDS)]


def _kinds(found: Sequence[Example]) -> tuple[Shares, dict[str, int]]:
    texts = [last_question(one.said) for one in found]
    vocabulary = _vocabulary(texts)
    rows = np.stack(
        [kind_features(one.said, tail, vocabulary) for one, tail in zip(found, embed(texts), strict=True)]
    )
    weights = _softmax(rows, np.array([KINDS.index(one.kind) for one in found]), len(KINDS), KIND_PULL)
    return Shares(KINDS, weights), vocabulary


def _vocabulary(texts: Sequence[str]) -> dict[str, int]:
    """Words and pairs of words that come more than once or twice."""
    counted = Counter(gram for text in texts for gram in grams(text))
    return {gram: at for at, gram in enumerate(sorted(g for g, n in counted.items() if n >= FEWEST_TIMES))}


def _subjects(found: Sequence[Example]) -> Subjects:
    """From what was asked and from the facts themselves."""
    labelled = [(one.said, one.about) for one in found if one.about]
    bank = {one.question.id: one.question for one in found if one.question}
    told = [(fact.text, fact.about) for question in bank.values() for fact in question.facts]
    labelled += [(one.fact, one.about) for one in found if one.fact and one.about]
    labelled = list(dict.fromkeys([*labelled, *(pair for pair in told if pair[1] != "other")]))
    vocabulary = _vocabulary([text for text, _ in labelled])
    texts = embed([text for text, _ in labelled])
    rows = np.stack(
        [subject_features(text, one, vocabulary) for (text, _), one in zip(labelled, texts, strict=True)]
    )
    wanted = np.array([FACT_SUBJECTS.index(about) for _, about in labelled])
    return Subjects(Shares(FACT_SUBJECTS, _softmax(rows, wanted, len(FACT_SUBJECTS))), vocabulary)


def _pairs(found: Sequence[Example]) -> tuple[list[Floats], list[Floats]]:
    """For each example with a question the features of its facts, and which of them answers."""
    asked = [one for one in found if one.question]
    rows: list[Floats] = [np.zeros((0, 0), np.float32)] * len(asked)
    answers: list[Floats] = [np.zeros(0, np.float32)] * len(asked)
    for held in _folds(asked):
        subjects = _subjects([one for one in found if _name(one) not in held])
        for at, one in enumerate(asked):
            if one.question and _name(one) in held:
                tail = last_question(one.said)
                rows[at] = likeness.pair_features(tail, one.question, subjects)
                answers[at] = np.array([float(fact.text == one.fact) for fact in one.question.facts])
    return rows, answers


def _softmax(rows: Floats, wanted: Floats, classes: int, pull_by: float = PULL) -> Floats:
    """Softmax regression by Nesterov's accelerated descent, with a pull towards zero."""
    count, size = rows.shape
    full = np.concatenate([rows, np.ones((count, 1))], axis=1)
    truth = np.eye(classes)[wanted.astype(int)]
    pull = np.append(np.full(size, pull_by), 0.0)
    rate = 1.0 / (0.25 * float(np.linalg.norm(full, 2)) ** 2 / count + pull_by)
    weights = ahead = np.zeros((classes, size + 1))
    for step in range(1, STEPS):
        raw = full @ ahead.T
        grown = np.exp(raw - raw.max(axis=1, keepdims=True))
        slope = (grown / grown.sum(axis=1, keepdims=True) - truth).T @ full / count + 2 * pull * ahead
        following = ahead - rate * slope
        ahead = following + (step - 1) / (step + 2) * (following - weights)
        weights = following
    return weights


def _weighed(rows: Floats, answers: Floats) -> Weighed:
    """Logistic regression on standardised features: the second of two classes."""
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    both = _softmax((rows - means) / scales, answers, 2)
    return Weighed(means, scales, both[1] - both[0])
