"""Questions that fit a job description or a résumé: chosen from the bank by shared words, or made by a model.

The text is read and forgotten: only the questions are kept, nothing of it is logged or cached.
"""

from __future__ import annotations

import math
import re
import secrets
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Protocol

from pydantic import BaseModel, Field

from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Call, Message
from analysis.reading.leaks import gives_away, stems
from analysis.reading.stemming import stem
from data.domain import CATEGORIES, LEVELS, KeyPoint, Question, RehearseError
from data.domain.letters import visible
from data.questions import parse_questions
from data.safe_csv import safe_records
from data.set_rows import LONG_COLUMNS, REQUIRED_COLUMNS

LEAST_WORDS = 20
"""With fewer words than this there is nothing to go by."""
LONGEST_CHARACTERS = 20_000
MOST = 12
FEWEST_POINTS = 3
_LEVEL_WORDS = {
    "junior": r"\b(?:junior|graduate|entry.level|intern(?:ship)?|trainee)\b",
    "senior": r"\bsenior\b",
    "staff": r"\b(?:staff|principal|lead|architect)\b",
}
_CATEGORIES = tuple(name for name in CATEGORIES if name not in ("code_reading", "ai_coding", "debugging"))
"""What a model is asked for: the others need code or data that were tried, not only a text."""
_PROMPT = Path(__file__).parent / "prompts" / "tailor.md"


@dataclass(frozen=True, slots=True)
class Fitting:
    """A question of the bank and the words it shares with the text, the rarest first."""

    question: Question
    shared: tuple[str, ...]


def level_in(text: str) -> str | None:
    """The level a text asks for, the highest it names; None when it names none."""
    named = [name for name, pattern in _LEVEL_WORDS.items() if re.search(pattern, text, re.IGNORECASE)]
    return max(named, key=LEVELS.index) if named else None


def fitting(text: str, questions: Sequence[Question]) -> tuple[Fitting, ...]:
    """At most twelve questions that share most with the text, not more than three of a category.

    Raises RehearseError when there is too little text or nothing fits.
    """
    text = visible(text)
    check_text(text)
    heard, level = stems(text) | _tags_in(text, questions), level_in(text)
    rarity = _rarity(tuple(questions))
    scored = sorted(
        ((_worth(one, heard, rarity, level), one) for one in questions), key=lambda pair: -pair[0]
    )
    chosen: list[Fitting] = []
    taken: Counter[str] = Counter()
    for worth, question in scored:
        if worth > 0 and taken[question.category] < 3 and len(chosen) < MOST:
            taken[question.category] += 1
            chosen.append(Fitting(question, _shared(question, text, heard, rarity)))
    if not chosen:
        raise RehearseError("Nothing in this text fits a question of the bank.", "Paste more of it.")
    return tuple(chosen)


def check_text(text: str) -> None:
    """Raise RehearseError when there is too little or too much to go by."""
    if len(text.split()) < LEAST_WORDS:
        raise RehearseError("This is too short to go by.", f"Paste at least {LEAST_WORDS} words.")
    if len(text) > LONGEST_CHARACTERS:
        raise RehearseError("This is very long.", "Paste the part about the role or the projects only.")


def _tags_in(text: str, questions: Sequence[Question]) -> set[str]:
    plain = f" {' '.join(re.findall(r'[a-z0-9+#]+', text.lower()))} "
    tags = {tag for question in questions for tag in question.tags}
    return {f"#{tag}" for tag in tags if f" {tag.replace('-', ' ')} " in plain}


def _words_of(question: Question) -> frozenset[str]:
    points = " ".join(point.text for point in question.key_points)
    said = f"{question.title} {question.topic} {question.text} {points}"
    return frozenset(stems(said)) | {f"#{tag}" for tag in question.tags}


@lru_cache(maxsize=4)
def _rarity(questions: tuple[Question, ...]) -> dict[str, float]:
    """How much a word tells: the logarithm of how few questions have it."""
    having = Counter(word for question in questions for word in _words_of(question))
    return {word: math.log(len(questions) / times) for word, times in having.items()}


def _worth(question: Question, heard: set[str], rarity: dict[str, float], level: str | None) -> float:
    words = _words_of(question)
    title = stems(f"{question.title} {question.topic}")
    shared = sum(rarity[word] * (3.0 if word in title else 1.0) for word in words & heard)
    apart = abs(LEVELS.index(question.level) - LEVELS.index(level)) if level else 0
    return shared / math.sqrt(len(words)) * 0.7**apart


def _shared(question: Question, text: str, heard: set[str], rarity: dict[str, float]) -> tuple[str, ...]:
    """The shared words as the text writes them."""
    spelled = {stem(word): word for word in re.findall(r"[a-z][a-z0-9]+", text.lower())}
    found = sorted(_words_of(question) & heard, key=lambda word: -rarity[word])
    return tuple(dict.fromkeys(spelled.get(word, word.lstrip("#")) for word in found))[:5]


class MadePoint(BaseModel):
    """One key point as the model writes it."""

    text: str
    competency: str
    probe: str


class MadeQuestion(BaseModel):
    """One question as the model writes it."""

    category: str
    level: str
    topic: str
    title: str
    question: str
    minutes: float = 4.0
    key_points: list[MadePoint] = Field(min_length=FEWEST_POINTS, max_length=8)
    outline: str = ""


class MadeQuestions(BaseModel):
    """The model's reply."""

    questions: list[MadeQuestion] = Field(min_length=1, max_length=8)


class Asker(Protocol):
    """The part of `analysis.llm.chat_model.ChatModel` that is needed."""

    def ask(self, messages: list[Message], reply: type[MadeQuestions], call: Call) -> MadeQuestions:
        """The model's reply, or ChatError."""


def make_questions(
    asker: Asker, text: str, cancel: threading.Event | None = None
) -> tuple[bytes, tuple[Question, ...]]:
    """A set made for this text, as CSV and as the loader reads it; what breaks a rule is left out.

    Raises RehearseError when the model fails or nothing it made holds.
    """
    text = visible(text)
    check_text(text)
    fence = f"TEXT-{secrets.token_hex(4)}"
    prompt = Template(_PROMPT.read_text(encoding="utf-8")).substitute(
        fence=fence, text=without_mark(text, fence), categories=", ".join(_CATEGORIES)
    )
    call = Call(purpose="tailoring", cancel=cancel or threading.Event())
    made = asker.ask([Message("user", prompt)], MadeQuestions, call)
    rows = [row for one in made.questions if (row := _row(one)) is not None]
    if not rows:
        raise RehearseError("The model made no usable question.", "Try again, or take from the bank.")
    return written(rows)


def _row(made: MadeQuestion) -> dict[str, str] | None:
    """A row of the CSV; None when the loader refuses it or too few neutral probes are left."""
    question = f"{made.title} {made.question}"
    points = [point for point in made.key_points if not _leaks(point, question)]
    if len(points) < FEWEST_POINTS or made.category not in _CATEGORIES:
        return None
    row = {
        "id": f"own-{secrets.token_hex(4)}",
        "category": made.category,
        "level": made.level,
        "topic": _plain(made.topic),
        "title": _plain(made.title),
        "question": _plain(made.question),
        "competencies": ";".join(dict.fromkeys(point.competency for point in points)),
        "minutes": f"{made.minutes:g}",
        "tags": "tailored",
        "key_points": " | ".join(f"{point.competency}: {_plain(point.text)}" for point in points),
        "probes": " | ".join(_plain(point.probe) for point in points),
        "outline": _plain(made.outline),
        "reading": "",
    }
    try:
        written([row])
    except RehearseError:
        return None
    return row


def _leaks(point: MadePoint, asked: str) -> bool:
    return gives_away(point.probe, (KeyPoint("", point.text, point.probe, point.competency),), asked)


def written(rows: Sequence[dict[str, str]]) -> tuple[bytes, tuple[Question, ...]]:
    """Rows as the bytes of a CSV, and the questions in it; RehearseError when the loader refuses them."""
    raw = safe_records((*REQUIRED_COLUMNS, *LONG_COLUMNS), rows).encode()
    return raw, parse_questions(raw, "The generated set")


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "/").split()).lstrip("=+-@ ")
