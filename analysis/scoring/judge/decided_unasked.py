"""Answers decided without asking a model: nothing said, "I don't know", the question repeated, noise."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from analysis.reading.lexicon import word_set
from data.domain import Answer
from data.rubrics import load_rubric

SHORTEST_JUDGED_WORDS = 5
LEAST_KNOWN_WORDS = 0.15
"""English speech has 40-60 % function words, a list of technical terms is in the rubric's own vocabulary;
typed noise has neither. Measured on the constructed examples in the tests."""
LEAST_LATIN = 0.5
COPIED_SHARE = 0.9

_NOTHING = re.compile(
    r"(?:(?:i )?(?:really |honestly |just |sorry |um |uh |well )*(?:i )?(?:really |honestly |just )*"
    r"(?:do ?n.?t know|do not know|have no idea|no idea|not sure|am not sure|can ?n.?t answer|pass|skip)"
    r"(?: (?:this|that|it|how|what|the|answer|about|to|one|question|really|sorry))*"
    r"|(?:\b(?:it|is|s|i|am|m|all|that|fine|ok|okay|good|great|yes|yeah|yep|no|nope|sure|sorry|nothing|hello|hi"
    r"|thanks|thank|you|hm+|um+|uh+|well|so|right|alright|next|question|please)\b ?)*)"
)


@dataclass(frozen=True, slots=True)
class Gate:
    """Why no model is asked. `level` is 1 when the question was met with nothing, None when unscorable."""

    level: int | None
    reason: str


def gate(answer: Answer) -> Gate | None:
    """The decision in code, or None when the judge is needed."""
    text = unicodedata.normalize("NFKC", answer.candidate_text)
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return Gate(None, "Not scored: nothing was said.")
    if sum(_is_latin(char) for char in letters) / len(letters) < LEAST_LATIN:
        return Gate(None, "Not scorable: the answer is not in English, the language of the rubric.")
    words = re.findall(r"[a-z0-9]+", text.lower())
    if _says_nothing(text):
        return Gate(1, "The answer does not address the question.")
    if len(words) >= SHORTEST_JUDGED_WORDS and _known_share(words, answer) < LEAST_KNOWN_WORDS:
        return Gate(None, "Not scorable: the transcript is not intelligible.")
    if len(words) < SHORTEST_JUDGED_WORDS and not _vocabulary(answer) & set(words):
        return Gate(1, "The answer does not address the question.")
    if _is_copied(words, answer):
        return Gate(1, "The answer repeats the question.")
    return None


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith("LATIN")


def _says_nothing(text: str) -> bool:
    parts = re.split(r"[.!?,;\n]+", text.lower())
    bare = [" ".join(re.findall(r"[a-z]+", part)) for part in parts]
    return all(_NOTHING.fullmatch(" ".join(part.split())) for part in bare if part)


def _known_share(words: list[str], answer: Answer) -> float:
    known = word_set("function_words") | _vocabulary(answer)
    return sum(word in known or word.isdigit() for word in words) / len(words)


def _vocabulary(answer: Answer) -> frozenset[str]:
    """The words of the question, its key points and the rubric, four letters or longer."""
    question = answer.question
    texts = [question.title, question.text, question.outline, *(point.text for point in question.key_points)]
    for criterion in load_rubric().criteria:
        for anchor in criterion.anchors:
            texts += [anchor.example, *(clause.text for clause in anchor.clauses)]
    return frozenset(re.findall(r"[a-z0-9]{4,}", " ".join(texts).lower()))


def _is_copied(words: list[str], answer: Answer) -> bool:
    asked = [answer.question.text, *(turn.text for turn in answer.turns if turn.speaker == "interviewer")]
    source = _runs(re.findall(r"[a-z0-9]+", " ".join(asked).lower()))
    said = _runs(words)
    return bool(said) and len(said & source) / len(said) >= COPIED_SHARE


def _runs(words: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(words, words[1:], words[2:], strict=False))
