"""The listener without a language model: what was said as data, by reader, sums and word lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from analysis.estimates import check_text
from analysis.interview.listener.absolutes import is_absolute
from analysis.interview.listener.broken_off import is_unfinished
from analysis.interview.listener.claims import amounts, claims, is_about, nearness, told
from analysis.interview.listener.clauses import (
    LONGEST_WHOLE_WORDS,
    clauses,
    is_telling,
    phrases,
    whole_clauses,
)
from analysis.interview.listener.components import components, technologies
from analysis.interview.listener.misconceptions import clearest, recognise
from analysis.interview.listener.rambling import rambles
from analysis.interview.listener.stances import stance_of
from analysis.interview.listener.understood import Doubt, Heard
from analysis.reading.design_steps import find_steps
from analysis.reading.embeddings import embed
from analysis.reading.leaks import stems
from analysis.reading.lexicon import pattern
from analysis.reading.sentences import sentences
from data.domain import Answer, KeyPointResult, Question, Turn

FEWEST_FOR_TOPIC = 5
"""Fewer words than this say too little of what they are about."""
LIST_COMMAS, LIST_WORDS = 9, 70
"""A stretch of so many words with so many commas strings things together."""
_ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much|large|big|long|often|fast|high)\b|\bwhat (?:load|size|does it come to|latency)\b"
    r"|\bestimate\b|\bwhich (?:figure|number|moment is (?:the )?(?:hard|heav))",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:(?:really |quite |pretty )?a lot(?: of \w+)?|(?:lots|tons) of \w+|(?:huge|massive|tiny)(?: \w+)?"
    r"|nearly (?:zero|no)(?: \w+)?"
    r"|plenty|enough \w+|easily"
    r"|(?:not )?(?:that|so|too|very) (?:many|much|big|large|often|fast|long)|some \w+ more"
    r"|a few (?!(?:milli)?seconds|minutes|hours|days|weeks)\w+"
    r"|more or less unlimited(?: \w+)?)\b",
    re.IGNORECASE,
)


def listen(answer: Answer, results: Sequence[KeyPointResult] = ()) -> Heard:
    """What the candidate said since the interviewer's last line. `results`: the key points heard so far."""
    question, turns = answer.question, answer.turns
    text = latest(turns)
    lines = sentences(text)
    if not lines:
        return Heard(text=text, words=len(text.split()), stance=stance_of(text)[0])
    asked = next((turn.text for turn in reversed(turns) if turn.speaker == "interviewer"), "")
    doubts = tuple(_doubts(text, question, turns))
    plain = " ".join(line.text for line in lines)
    spans = find_steps(turns)
    numbers = tuple(amounts(text))
    found = claims(text, question)
    stance, closing = stance_of(text)
    vague = _vague(text)
    return Heard(
        text=text,
        words=len(text.split()),
        components=components(text),
        numbers=numbers,
        quotes=tuple(claim.text for claim in found),
        claims=found,
        near=nearness(text, question),
        told=told(answer.candidate_text, question),
        doubts=doubts,
        step=spans[-1].step if spans else None,
        topical=topical(text, question, turns),
        stance=stance,
        unfinished=is_unfinished(text),
        closing=_whole_clause_of(text, closing) if stance == "finished" else "",
        points=tuple(one.key_point.id for one in results if one.status in ("covered", "partly")),
        touched=frozenset(one.key_point.id for one in results if one.status == "cannot_tell"),
        wrong_points=tuple(_contradicted(question, doubts)),
        fresh_words=_fresh_words(answer, text),
        rambles=rambles(text, question),
        lists=_lists(text),
        asked_for_number=bool(_ASKS_NUMBER.search(asked)),
        speaks_of_failure=bool(pattern("failure").search(plain)),
        speaks_of_operation=bool(pattern("operations").search(plain)),
        states_need=bool(numbers) or _needs_first(plain),
        technologies=technologies(text),
        label=_label(text, plain),
        vague_amount=vague if not numbers else "",
        vague_clause=_whole_clause_of(text, vague) if vague and not numbers else "",
    )


def prepare(question: Question) -> None:
    """Embed what comes again with every answer to this question, while the candidate reads it."""
    listen(Answer(question, (Turn(0, "interviewer", question.text), Turn(1, "candidate", question.text))))


def latest(turns: Sequence[Turn]) -> str:
    """What the candidate said since the interviewer's last line."""
    said: list[str] = []
    for turn in reversed(turns):
        if turn.speaker == "interviewer":
            break
        said.insert(0, turn.text)
    return " ".join(said)


def topical(text: str, question: Question, turns: Sequence[Turn]) -> float:
    """How much of what was said belongs to the question (0-1), each word weighed by its rarity."""
    if len(text.split()) < FEWEST_FOR_TOPIC:
        return 1.0
    told = embed([line.text for line in sentences(text)])
    around = [line.text for part in _subject(question, turns) for line in sentences(part)]
    vectors = np.concatenate([one.vectors for one in embed(around, remember=True)])
    nearest = np.concatenate([(one.vectors @ vectors.T).max(axis=1) for one in told if one.words])
    rarity = np.concatenate([one.rarity for one in told if one.words])
    return float(rarity @ nearest / max(float(rarity.sum()), 1e-6))


def _subject(question: Question, turns: Sequence[Turn]) -> Iterator[str]:
    yield from (question.title, question.text, question.outline)
    yield from (point.text for point in question.key_points)
    yield from (turn.text for turn in turns if turn.speaker == "interviewer")


def _doubts(text: str, question: Question, turns: Sequence[Turn]) -> Iterator[Doubt]:
    """What is worth testing: a known wrong claim, a sum that does not come out, a claim without exception."""
    for one in recognise(text, question):
        passage, known = text[one.start : one.end], question.misconceptions[one.place]
        pieces = [one for one in whole_clauses(passage, LONGEST_WHOLE_WORDS) if is_telling(one)]
        yield Doubt(clearest(pieces, known) if pieces else "", one.place)
    for step in check_text(text, [question.text, *(turn.text for turn in turns if turn.text not in text)]):
        if step.verdict == "slip" and not _uses_twice(step.formula):
            clause = _whole_clause_of(text, step.quote.quote)
            if clause:
                yield Doubt(clause, kind="sum")
    for clause in whole_clauses(text, LONGEST_WHOLE_WORDS):
        if is_absolute(clause) and is_telling(clause) and is_about(clause, question):
            yield Doubt(clause, kind="absolute")


def _uses_twice(formula: str) -> bool:
    """Whether a recomputed sum takes the same amount twice, which nobody has said to do."""
    parts = [part.strip() for part in re.split("[×÷+−]", formula)]
    return len(set(parts)) < len(parts)


def _whole_clause_of(text: str, words: str) -> str:
    """The clause that can be said back in which these words stand, or which stands in them."""
    pieces = (*whole_clauses(text, LONGEST_WHOLE_WORDS), *phrases(text))
    return next((one for one in pieces if is_telling(one) and (words in one or one in words)), "")


def _contradicted(question: Question, doubts: Sequence[Doubt]) -> Iterator[str]:
    """The key points that the wrong claims speak against."""
    for doubt in doubts:
        if doubt.misconception is not None:
            place = question.misconceptions[doubt.misconception].contradicts
            if place is not None and 0 < place <= len(question.key_points):
                yield question.key_points[place - 1].id


def _fresh_words(answer: Answer, text: str) -> int:
    """Content words that nobody had said in this round before."""
    turns = list(answer.turns)
    while turns and turns[-1].speaker == "candidate":
        turns.pop()
    before = " ".join([answer.question.title, answer.question.text, *(turn.text for turn in turns)])
    return len(stems(text) - stems(before))


def _label(text: str, plain: str) -> str:
    """The clause that chooses a side of CAP, where nothing follows from it."""
    if not pattern("cap_label").search(plain) or pattern("cap_consequence").search(plain):
        return ""
    pieces = whole_clauses(text, LONGEST_WHOLE_WORDS) or clauses(text)
    return next((one for one in pieces if pattern("cap_label").search(one)), pieces[0] if pieces else "")


def _needs_first(plain: str) -> bool:
    """Whether a requirement is spoken of before the first product."""
    need, product = pattern("requirement").search(plain), pattern("technology").search(plain)
    return need is not None and (product is None or need.start() < product.start())


def _lists(text: str) -> bool:
    return any(
        len(part.split()) >= LIST_WORDS and part.count(",") >= LIST_COMMAS
        for part in re.split(r"[.!?]\s", text)
    )


def _vague(text: str) -> str:
    found = _VAGUE.search(text)
    return found.group().strip() if found else ""
