"""Whether what was said asks something of us, and what. Pure.

Nothing is asked of us by thinking aloud, by a guess at the answer to our question, or by a plan.
"""

from __future__ import annotations

import re

from analysis.interview.listener.clauses import has_verb
from analysis.interview.listener.question_forms import (
    AUXILIARY,
    LEAD,
    MEASURE,
    asks_in_form,
    opens_in_form,
    pieces,
)
from analysis.interview.listener.questions_asked import Asked, AskKind, question_asked
from analysis.interview.listener.signs import ends_in_question
from analysis.interview.listener.talk import TalkKind, kinds_of
from analysis.reading.leaks import stems
from analysis.reading.sentences import sentences

FEWEST_WORDS = 4
"""What has fewer and no question mark is not put to us."""
LONGEST_MESSAGE_WORDS = 70
"""What is longer is an answer, whoever handed it over: only a plain question in it is answered."""
MOST_EXAMPLES = 10
"""So many words without a verb behind a question only say what is meant by it."""
MOST_GUESSED = 6
MOST_GUESSED_AT = 14
"""A guess at a fact that is put to us as a statement is short; a longer one tells of the design."""
SURE_OF_WISH = 0.95
SURE_IN_FORM, SURE_HALF_IN_FORM, SURE_WITHOUT_FORM = 0.45, 0.65, 0.93
"""What has the form of a question only in its middle, or not at all, must be one more surely: else a plan is
taken for a guess at a fact."""
SURE_IN_SPEECH = 0.9
"""While somebody goes on speaking only a question this plain is answered."""
NOT_FOR_FACTS: frozenset[AskKind] = frozenset({"next", "hint"})
"""Wishes that somebody else grants."""
_MEASURED = re.compile(rf"\b{MEASURE}", re.I)
_YOU = re.compile(r"\byou\b", re.I)
_SENTENCE_END = re.compile(r"(?<=[.!?]),?\s+")
_OF_ONESELF = re.compile(r"\b(?:i|we|me|us|my)\b", re.I)
_REASON = re.compile(r"^(?:because|since|as|otherwise|so that)\b", re.I)
_BECAUSE = re.compile(r"\s+because\s", re.I)
_WHY = re.compile(r"\bwhy\b", re.I)
_ANSWERS = re.compile(r"^(?:no|yes|well|nobody|not|nothing)\b", re.I)
_MAY_I = re.compile(rf"^{LEAD}(?:should|shall)\s+i\s", re.I)
_IS_THAT = re.compile(rf"^{LEAD}{AUXILIARY}\s+(?:it|that|this|these|those)\b", re.I)


def what_is_asked(said: str, *, finished: bool, probed: bool = False) -> Asked | None:
    """The question to us at the end of what was said; None where there is none.

    `finished`: the floor was handed over; `probed`: the last line was our question: a guess is its answer.
    """
    if len(said.split()) < FEWEST_WORDS and "?" not in said:
        return None
    if (
        len(last_sentence(said).split()) == 1 < len(said.split())
        or probed
        and is_a_guess(last_sentence(said))
    ):
        return None
    alone = without_reason(said) if finished else said
    asked = question_asked(alone)
    if asked is not None and asked.kind not in NOT_FOR_FACTS and _is_meant(asked, finished):
        return asked
    return _wished_for(said) if finished else None


def _wished_for(said: str) -> Asked | None:
    """What they say they would want to know, without asking for it."""
    wishes = bool(_OF_ONESELF.search(last_sentence(said))) and kind_of_last(said) == "wants_to_know"
    return Asked(last_sentence(said), "ask", SURE_OF_WISH) if wishes else None


def kind_of_last(said: str) -> TalkKind:
    """What the last sentence says of the talk."""
    told = [line.text for line in sentences(last_sentence(said))]
    return kinds_of(told)[-1] if told else "none"


def without_reason(said: str) -> str:
    """What is asked, without the reason or the examples that are given behind it: "How big? Because if ...".

    A question after the reason itself is answered by it, so it stays as it is.
    """
    asked, mark, behind = said.rpartition("?")
    if mark and not _WHY.search(last_sentence(asked)):
        examples = len(behind.split()) <= MOST_EXAMPLES and _lists(behind)
        return f"{asked}?" if behind.strip() and (_REASON.match(behind.strip()) or examples) else said
    reasons = list(_BECAUSE.finditer(said)) if not mark else []
    before = said[: reasons[-1].start()] if reasons else ""
    asks = before and (asks_plainly(before) or asks_in_form(pieces(before)[-1])) and not _WHY.search(before)
    return before if asks else said


def _lists(words: str) -> bool:
    """Whether they name things and say nothing of them, for the most part."""
    parts = [part for part in pieces(words) if part.strip(" .")]
    said = sum(has_verb(part) for part in parts)
    return not _ANSWERS.match(words.strip()) and 2 * said < len(parts)


def is_a_guess(sentence: str) -> bool:
    """Whether it is no question but an answer that one is not sure of: "maybe a million?"."""
    words = sentence.split()
    bare = not opens_in_form(sentence.rstrip(" ?")) and not asks_in_form(sentence.rstrip(" ?"))
    return sentence.endswith("?") and len(words) <= MOST_GUESSED and bare and " or " not in sentence


def _is_meant(asked: Asked, finished: bool) -> bool:
    """Whether it is a question to us; with the floor handed over it takes less to think so."""
    parts = pieces(asked.text)
    in_form = any(map(asks_in_form, parts))
    if not finished:
        return in_form and asked.sure >= SURE_IN_SPEECH
    if asks_plainly(asked.text):
        return asked.sure >= SURE_IN_FORM
    if asked.kind == "statement" and not in_form and len(asked.text.split()) > MOST_GUESSED_AT:
        return False
    return asked.sure >= (SURE_HALF_IN_FORM if in_form else SURE_WITHOUT_FORM)


def last_sentence(said: str) -> str:
    """From the last stop on."""
    return _SENTENCE_END.split(said.strip())[-1]


def asks_our_wish(said: str) -> bool:
    """Whether it ends by asking what we want of it: "..., is that something you want to hear?"."""
    last = pieces(said)[-1]
    return bool(_YOU.search(last)) and refers_back(last)


def refers_back(sentence: str) -> bool:
    """Whether it asks by yes or no about what stood before it: "is that enough for you?"."""
    return bool(_IS_THAT.match(sentence)) and len(stems(sentence)) <= 1


def asks_plainly(asked: str) -> bool:
    """Whether it has the form of a question from its beginning, or to its end where no stops are written."""
    opens = not asked.endswith(".") and any(map(opens_in_form, pieces(asked)))
    return opens or ends_in_question(asked)


def is_bare(asked: str) -> bool:
    """Whether it has no content of its own, behind a sentence of an answer: "where's the problem?"."""
    *before, last = _SENTENCE_END.split(asked)
    empty = len(stems(last)) <= 1 and not _MEASURED.search(last)
    return bool(before) and empty and not any(map(opens_in_form, before))


def offers(said: str) -> bool:
    """Whether it ends by asking if they should go into what stood before it: "should I explain this?"."""
    last = pieces(said)[-1]
    return bool(_MAY_I.match(last)) and len(stems(last)) <= 1


def speaks_to_us(said: str) -> bool:
    """Whether somebody is addressed in it."""
    return bool(_YOU.search(said))
