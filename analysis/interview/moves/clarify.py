"""Clarifying questions, answered from the question's facts and from nothing else. Pure.

The interviewer invents nothing: what the facts do not say is for the candidate to assume.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from analysis.reading.stemming import stem
from data.domain import Question
from data.word_lists import load_list

NO_FACT = "That is up to you: state an assumption and go on."
LONGEST_MESSAGE_WORDS = 30
"""A finished message that asks something and is no longer than this is a question, not an answer."""
_CONCEPTS = Path(__file__).parent / "concepts.txt"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")
_CLARIFIES = re.compile(
    r"^(?:(?:um|uh|ok|okay|so|and|well|first|also|sorry|before i start|quick question)[, ]+)*"
    r"(?:(?:can|could|may|should|shall|do|does|did|is|are|was|were|will|has|have)\b(?! not\b)"
    r"|which \w+(?: \w+){0,2} (?:do|does|did|is|are|has|have|can)\b"
    r"|how (?:many|much|often|big|large|long|fast|fresh|soon|quickly|strict|old|late|far)\b"
    r"|wh(?:at|ich)(?:'s| is| are| was| were)? (?:the |our |your )?(?:\w+ ){0,2}"
    r"(?:scale|size|volume|rate|traffic|load|latency|budget|target|sla|slo|ratio|scope|requirement|region"
    r"|retention|qps|peak|limit|expected|number|kind|sort|version|hardware|availability|consistency)s?\b"
    r"|who\b|where (?:is|are|do)\b|when (?:is|do|does|did)\b)",
    re.IGNORECASE,
)
_COMMON = frozenset(
    _WORD.findall(
        "a about after all also am an and any are as at be been by can could did do does each every for from "
        "had has have how i if in into is it its let may me my need of on one or our per please shall should "
        "so some than day days that the their them then there they this to us was we were what when where "
        "which who will with would you your assume expect expected use many much"
    )
)
_QUANTITY = re.compile(
    r"\bhow (?:many|much|often|big|large|long|fast)\b|\b(?:rate|volume|size|scale|qps)\b", re.I
)
_NUMBER = re.compile(r"\d|\b(?:hundred|thousand|million|billion|two|three|five|ten|twenty|fifty)\b", re.I)


def clarification(said: str, question: Question, *, finished: bool = False) -> str | None:
    """The reply to a clarifying question at the end of what was said; None when nothing was asked.

    `finished`: the candidate handed in what they said, so only a short message counts as a question.
    """
    if finished and len(said.split()) > LONGEST_MESSAGE_WORDS:
        return None
    last = _SENTENCE_END.split(said.strip())[-1]
    if not last.endswith("?") or not _CLARIFIES.search(last):
        return None
    return fact_for(last, question) or NO_FACT


def fact_for(asked: str, question: Question) -> str | None:
    """The fact that shares most with what was asked, None when none shares a word or a meaning."""
    wanted = _meanings(asked) - _meanings(question.title)
    scored = [(_likeness(asked, wanted, fact.text), fact.text) for fact in question.facts]
    best, fact = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return fact if best >= 1.0 else None


def _likeness(asked: str, wanted: frozenset[str], fact: str) -> float:
    shared = float(len(wanted & _meanings(fact)))
    both_numbers = _QUANTITY.search(asked) and _NUMBER.search(fact)
    return shared + (0.5 if shared and both_numbers else 0.0)


@cache
def _meanings(text: str) -> frozenset[str]:
    """Stems of the words, a word with near synonyms replaced by the first of its line in `concepts.txt`."""
    found = {stem(word) for word in _WORD.findall(text.lower()) if word not in _COMMON}
    return frozenset(_concepts().get(word, word) for word in found)


@cache
def _concepts() -> dict[str, str]:
    groups = [[stem(word) for word in line.split()] for line in load_list(_CONCEPTS)]
    return {word: group[0] for group in groups for word in group}
