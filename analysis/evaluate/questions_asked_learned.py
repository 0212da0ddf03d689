"""Learn anew what tells a question to us, and the fact that answers it: `... fit-questions [--check]`.

The examples were written by the author of the rules. What is only said, to nobody, is taken from the worked
answers and misconceptions of the bank as well, and who answers their own question from its questions with
what people say to them. `--check` writes nothing: it prints how often the right fact comes first when the
question it belongs to was left out (five folds).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.interview.facts import likeness
from analysis.interview.listener import learned as shipped
from analysis.interview.listener.learned import Choice, Learned, Shares
from analysis.interview.listener.question_forms import asks_in_form, last_question, pieces
from analysis.interview.listener.questions_asked import ASK_KINDS, kind_features
from analysis.interview.listener.subjects import Subjects, grams, subject_features
from analysis.reading.embeddings import Floats, embed
from data.domain import FACT_SUBJECTS, Question
from data.json_lines import read_objects
from data.questions import load_questions
from data.settings import load_settings
from data.wordings import wordings_of

GOLD = Path(__file__).parent / "gold" / "questions_asked.jsonl"
KINDS = (*ASK_KINDS, "none")
FEWEST_TIMES, STEPS, PULL, KIND_PULL, FOLDS = 3, 500, 1e-3, 1e-4, 5
LIKELY = 0.6
ONLY_SAID = 1200
"""How much of the bank is taken; the rest would only make it slower."""
TURN_PULL, TURN_RATE, TURN_STEPS = 1e-4, 4.0, 100
CHOICE_PULL, CHOICE_RATE = 1e-3, 0.2
ASKED_APART = 2
"""Of what is asked about a question every so manieth tells the kinds; the others say the same."""
NOBODY_COUNTS = 1.0
LEFT_OUT_COUNTS, NONE_COUNTS = 0.3, 3.0
"""What an example counts whose fact was taken away, and one that never had any: of those there are few."""
ALIKE = 0.6
"""Facts as near to the right one may answer as well: they are taken away with it."""
ANSWERED_ONESELF, MOST_ANSWER_WORDS = 700, 24
LED_UP_TO = 2
"""Every so manieth thing asked is also learned at the end of a sentence of an answer, as people say it."""
TRUE_KINDS = ("said", "plain")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_STOPS = re.compile(r"[^\w\s'’%-]")
_STOP_INSIDE = re.compile(r"[.,;?!] ")


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
            told += [
                *sentences,
                *(" ".join(pair) for pair in zip(sentences[::2], sentences[1::2], strict=False)),
            ]
    return [Example(text, "none", None, None, None) for text in told[:: max(1, len(told) // ONLY_SAID)]]


def _answered_oneself(bank: Iterable[Question]) -> list[Example]:
    """Questions of the bank, each with its answer right behind it: nobody is asked."""
    answered = [
        (point.probe, said[at % len(said)])
        for question in bank
        for at, point in enumerate(question.key_points)
        if point.probe
        and (said := [one.text for one in wordings_of(question.id, point.text) if one.kind in TRUE_KINDS])
    ]
    joints = ("? ", ", ", " well ", " so ", "? Well, ", " i'd say ", " ", " okay ")
    return [
        Example(
            f"{asked.rstrip('?')}{joints[at % len(joints)]}{_begun(said, 6 + at % MOST_ANSWER_WORDS)}",
            "none",
            None,
            None,
            None,
        )
        for at, (asked, said) in enumerate(answered[:: max(1, len(answered) // ANSWERED_ONESELF)])
    ]


def _begun(said: str, most_words: int) -> str:
    return " ".join(said.split()[:most_words])


def _without_stops(said: str) -> str:
    """As a recogniser writes it that hears no stops."""
    return " ".join(_STOPS.sub(" ", said).lower().split())


def _example(row: Mapping[str, Any], bank: Mapping[str, Question]) -> Example:
    question = bank.get(row.get("question_id", ""))
    texts = [fact.text for fact in question.facts] if question else []
    fact = row.get("fact")
    known = fact in texts if fact else row.get("facts_then") == len(texts)
    return Example(row["said"], row["kind"], row.get("about"), question if known else None, fact)


def learn(found: Sequence[Example]) -> Learned:
    """Everything, from all examples; the pairs are seen with subjects that have not seen their question."""
    rows, answers, worth = _with_left_out(found, *_pairs(found))
    subjects, before = _subjects(found), _asked_before(found)
    bank = load_questions(load_settings({}).questions_path)
    kinds, kind_vocabulary = _kinds([*_in_speech_and_writing(_of_kinds(found)), *_answered_oneself(bank)])
    return Learned(
        kinds=kinds,
        kind_vocabulary=kind_vocabulary,
        subjects=subjects.shares,
        vocabulary=dict(subjects.vocabulary),
        answers=_choice(rows, answers, worth),
        turned=_turned(found, before),
        asked_before=before,
    )


def check(found: Sequence[Example]) -> dict[str, Any]:
    """First places and false ones when neither subjects nor weights have seen the question."""
    asked = [one for one in found if one.question]
    rows, answers = _pairs(found)
    right = wrong = silent = invented = without = 0
    for held in _folds(asked):
        kept = [at for at, one in enumerate(asked) if _name(one) not in held]
        seen = [asked[at] for at in kept]
        model = _choice(*_with_left_out(seen, [rows[at] for at in kept], [answers[at] for at in kept]))
        for at, one in enumerate(asked):
            if _name(one) in held:
                shares = model.shares(rows[at])
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
        turned=model.turned.astype(np.float16),
        asked_before=np.frombuffer(json.dumps(model.asked_before).encode(), np.uint8),
    )
    shipped.learned.cache_clear()


def _name(one: Example) -> str:
    return one.question.id if one.question else ""


def _folds(asked: Sequence[Example]) -> list[set[str]]:
    names = sorted({_name(one) for one in asked})
    return [set(names[fold::FOLDS]) for fold in range(FOLDS)]


def _of_kinds(found: Sequence[Example]) -> list[Example]:
    """What tells the kinds."""
    about_facts = [one for one in found if one.question]
    return [one for one in found if not one.question] + about_facts[::ASKED_APART]


def _in_speech_and_writing(found: Sequence[Example]) -> list[Example]:
    """Each as it stands and without stops, bare ones with a mark as well, some at the end of an answer."""
    bare = [one for one in found if not one.said.endswith((".", "?"))]
    marked = [
        replace(one, said=f"{one.said[0].upper()}{one.said[1:]}{'?' if _is_asked(one) else '.'}")
        for one in bare
    ]
    told = [*found, *marked, *_led_up_to(found)]
    unstopped = [one for one in told if _STOP_INSIDE.search(one.said)]
    return [*told, *(replace(one, said=_without_stops(one.said)) for one in unstopped)]


def _is_asked(one: Example) -> bool:
    return one.kind not in ("none", "statement") and any(map(asks_in_form, pieces(one.said)))


def _led_up_to(found: Sequence[Example]) -> list[Example]:
    """Some examples again, each behind a sentence of an answer: it is at its end that people ask."""
    leads = [one.said.rstrip(".") for one in found if one.kind == "none" and one.said.endswith(".")]
    asked = [one for one in found if one.kind != "statement" and not one.said.endswith(".")][::LED_UP_TO]
    joints = (". ", ", ", ", so ", ", and ", ". ")
    return [
        replace(one, said=f"{leads[at % len(leads)]}{joints[at % len(joints)]}{one.said}")
        for at, one in enumerate(asked)
    ]


def _asked_before(found: Sequence[Example]) -> dict[str, tuple[str, ...]]:
    """For the text of a fact how the examples ask for it."""
    asked: dict[str, dict[str, None]] = {}
    for one in found:
        if one.question and one.fact:
            asked.setdefault(one.fact, {})[last_question(one.said)] = None
    return {fact: tuple(texts) for fact, texts in asked.items()}


def _kinds(found: Sequence[Example]) -> tuple[Shares, dict[str, int]]:
    texts = [last_question(one.said) for one in found]
    vocabulary = _vocabulary(texts)
    rows = np.stack(
        [kind_features(one.said, tail, vocabulary) for one, tail in zip(found, embed(texts), strict=True)]
    )
    wanted = np.array([KINDS.index(one.kind) for one in found])
    worth = np.array([NOBODY_COUNTS if one.kind == "none" else 1.0 for one in found])
    weights = _softmax(rows, wanted, len(KINDS), KIND_PULL, worth)
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
    before = _asked_before(found)
    rows: list[Floats] = [np.zeros((0, 0), np.float32)] * len(asked)
    answers: list[Floats] = [np.zeros(0, np.float32)] * len(asked)
    for held in _folds(asked):
        seen = [one for one in found if _name(one) not in held]
        subjects, turned = _subjects(seen), _turned(seen, before)
        for at, one in enumerate(asked):
            if one.question and _name(one) in held:
                tail = last_question(one.said)
                known = likeness.Known(subjects, _without(tail, before, one.question), turned)
                rows[at] = likeness.pair_features(tail, one.question, known)
                answers[at] = np.array([float(fact.text == one.fact) for fact in one.question.facts])
    return rows, answers


def _with_left_out(
    found: Sequence[Example], rows: Sequence[Floats], answers: Sequence[Floats]
) -> tuple[list[Floats], list[Floats], list[float]]:
    """The pairs, those again whose right fact was taken away, and what each counts."""
    asked = [one for one in found if one.question]
    kept, told = [*rows], [*answers]
    worth = [1.0 if answer.any() else NONE_COUNTS for answer in answers]
    for one, row, answer in zip(asked, rows, answers, strict=True):
        others = _not_like_the_answer(one, answer) if answer.any() else []
        if others:
            kept.append(likeness.among(row, others))
            told.append(np.zeros(len(others), np.float32))
            worth.append(LEFT_OUT_COUNTS)
    return kept, told, worth


def _not_like_the_answer(one: Example, answer: Floats) -> list[int]:
    """Places of the facts that could not be the answer as well."""
    facts = one.question.facts if one.question else ()
    wholes = np.stack([text.whole for text in embed([fact.text for fact in facts], remember=True)])
    right = int(answer.argmax())
    near, about = wholes @ wholes[right], facts[right].about
    return [
        at
        for at, fact in enumerate(facts)
        if at != right and near[at] <= ALIKE and (about == "other" or fact.about != about)
    ]


def _without(
    tail: str, before: Mapping[str, tuple[str, ...]], question: Question
) -> dict[str, tuple[str, ...]]:
    """How others than this one asked for the facts of a question."""
    return {
        fact.text: tuple(text for text in before.get(fact.text, ()) if text != tail)
        for fact in question.facts
    }


def _turned(found: Sequence[Example], before: Mapping[str, tuple[str, ...]]) -> Floats:
    """What is added to the likeness of meanings, learned so that the right fact is the nearest."""
    asked = [one for one in found if one.question and one.fact]
    asks = np.stack([one.whole for one in embed([last_question(one.said) for one in asked])])
    texts, right = zip(*(_candidates(one, before) for one in asked), strict=True)
    told = {text: at for at, text in enumerate(dict.fromkeys(text for row in texts for text in row))}
    wholes = np.stack([one.whole for one in embed(list(told))])
    most = max(map(len, texts))
    places = np.array([[told[text] for text in row] + [-1] * (most - len(row)) for row in texts])
    truth = np.array([[*row, *([False] * (most - len(row)))] for row in right])
    told_of = wholes[places]
    near = np.where(places < 0, -1e9, np.einsum("ik,ijk->ij", asks, told_of) * likeness.SHARPNESS)

    def slope(turned: Floats) -> Floats:
        shares = _softmaxed(near + np.einsum("ik,ijk->ij", asks @ turned, told_of))
        wanted = np.where(truth, shares, 0.0)
        off = shares - wanted / (wanted.sum(axis=1, keepdims=True) + 1e-9)
        along = asks.T @ np.einsum("ij,ijk->ik", off, told_of) / len(asked)
        return np.asarray(along + 2 * TURN_PULL * turned, np.float32)

    return _descended(slope, (asks.shape[1], asks.shape[1]), TURN_RATE, TURN_STEPS)


def _candidates(one: Example, before: Mapping[str, tuple[str, ...]]) -> tuple[list[str], list[bool]]:
    """The texts that stand for the facts of its question, and whether they stand for the right one."""
    if one.question is None:
        return [], []
    others = _without(last_question(one.said), before, one.question)
    told = [
        (text, fact.text == one.fact)
        for fact in one.question.facts
        for text in likeness.meanings(fact, others)
    ]
    return [text for text, _ in told], [right for _, right in told]


def _softmax(
    rows: Floats, wanted: Floats, classes: int, pull_by: float = PULL, worth: Floats | None = None
) -> Floats:
    """Softmax regression by Nesterov's accelerated descent, with a pull towards zero."""
    count, size = rows.shape
    full = np.concatenate([rows, np.ones((count, 1))], axis=1).astype(np.float32)
    truth = np.eye(classes, dtype=np.float32)[wanted.astype(int)]
    worth = np.ones(count, np.float32) if worth is None else worth
    share = (worth / worth.sum()).astype(np.float32)[:, None]
    pull = np.append(np.full(size, pull_by), 0.0).astype(np.float32)
    rate = 1.0 / (0.5 * float(np.linalg.norm(full * np.sqrt(share), 2)) ** 2 + 2 * pull_by)

    def slope(weights: Floats) -> Floats:
        off = (_softmaxed(full @ weights.T) - truth) * share
        return np.asarray(off.T @ full + 2 * pull * weights, np.float32)

    return _descended(slope, (classes, size + 1), rate, STEPS)


def _choice(rows: Sequence[Floats], answers: Sequence[Floats], worth: Sequence[float]) -> Choice:
    """Softmax regression over the facts of a question and none of them, on standardised features."""
    share = (np.array(worth) / sum(worth)).astype(np.float32)[:, None]
    every = np.concatenate(rows)
    means, scales = every.mean(axis=0), every.std(axis=0) + 1e-6
    most = max(map(len, rows))
    full = np.zeros((len(rows), most + 1, every.shape[1] + 1), np.float32)
    truth, missing = np.zeros((2, len(rows), most + 1), np.float32)
    for at, (row, answer) in enumerate(zip(rows, answers, strict=True)):
        full[at, : len(row), :-1] = (row - means) / scales
        full[at, most, -1] = 1.0
        missing[at, len(row) : most] = 1e9
        truth[at, : len(row)] = answer
        truth[at, most] = float(not answer.any())

    def slope(weights: Floats) -> Floats:
        off = (_softmaxed(full @ weights - missing) - truth) * share
        pull = np.append(2 * CHOICE_PULL * weights[:-1], 0.0)
        return np.asarray(np.einsum("ij,ijk->k", off, full) + pull, np.float32)

    return Choice(means, scales, _descended(slope, (every.shape[1] + 1,), CHOICE_RATE, STEPS))


def _softmaxed(raw: Floats) -> Floats:
    grown = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float32)


def _descended(slope: Callable[[Floats], Floats], shape: tuple[int, ...], rate: float, steps: int) -> Floats:
    """Where Nesterov's accelerated descent from zero ends."""
    weights = ahead = np.zeros(shape, np.float32)
    for step in range(1, steps):
        following = ahead - np.float32(rate) * slope(ahead)
        ahead = following + np.float32((step - 1) / (step + 2)) * (following - weights)
        weights = following
    return weights
