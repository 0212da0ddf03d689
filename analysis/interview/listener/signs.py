"""The outward signs of a question to somebody: where it stands, what follows it, who is spoken of. Pure."""

from __future__ import annotations

import re

from analysis.interview.listener.question_forms import (
    AUXILIARY,
    LEAD,
    MEASURE,
    QUESTION_WORD,
    asks_in_form,
    last_question,
    pieces,
)

_TAG = re.compile(
    r"\b(?:right|correct|yes|yeah|okay|ok|agreed|no|check|good|sane|reasonable|fair enough|isn't it|is it"
    r"|or not)\W*$",
    re.I,
)
NUMBER = re.compile(
    r"\d|\b(?:hundred|thousand|million|billion|trillion|two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|gigs?|megs?|kilobytes?|terabytes?|percent"
    r"|half)\b",
    re.I,
)
_OWN_PLAN = re.compile(
    r"\b(?:i'd|i would|i'll|i will|i put|i take|i let|i hash|i show|i think|we put|let's|i use|we use|i write"
    r"|i keep)\b",
    re.I,
)
_YOU = re.compile(r"\byou(?:r)?\b", re.I)
_MODAL = r"\b(?:do|would|should|shall|can|may|could|am|are) "
_AM_I, _ARE_WE = re.compile(_MODAL + r"i\b", re.I), re.compile(_MODAL + r"we\b", re.I)
_I, _OR = re.compile(r"\bi\b", re.I), re.compile(r"\bor\b", re.I)
_ANSWERS = re.compile(r"^(?:no|yes|well|nobody|honestly|not|because|it|he|the|i|that)\b", re.I)
_MEASURE = re.compile(rf"\b{MEASURE}", re.I)
_WORD_FIRST = re.compile(rf"^{LEAD}{QUESTION_WORD}", re.I)
_SUPPOSES = re.compile(r"\b(?:i take it|i assume|i suppose|i guess|i presume|then)\W*$", re.I)
_LONG_WORDS, _TAIL_WORDS, _AFTER_WORDS, _NUMBERS = 40, 28, 12, 6
_NOT_MAIN = (
    r"(?<!\bif )(?<!\bwhen )(?<!\bthat )(?<!\bbecause )(?<!\bwhile )(?<!\bas )(?<!\bonce )(?<!\bsince )"
    r"(?<!\bwhere )(?<!\bwhich )(?<!\bwhat )(?<!\bhow )(?<!\buntil )(?<!\bafter )(?<!\bbefore )(?<!\bwho )"
    r"(?<!\bdo )(?<!\bdoes )(?<!\bdid )(?<!\bcan )(?<!\bcould )(?<!\bwill )(?<!\bwould )(?<!\bshould )"
    r"(?<!\bmay )(?<!\bmust )(?<!\bshall )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bhave )(?<!\bhas )(?<!\bam )"
)
"""Behind these a subject begins no sentence of its own."""
_SAYS = re.compile(
    rf"{_NOT_MAIN}\b(?:(?:i|we|you|they|it|he|she|that|there|this)['’](?:s|d|ll|m|re|ve)\b"
    r"|(?:i|we|they|he|she|nobody|everybody|everyone|somebody)\s+(?!\W)\w+"
    r"|(?:it|this|there|that)\s+(?:is|was|would|will|has|does|must|should|could|may|might|can(?:not)?)\b"
    r"|let me\b|let's\b)",
    re.I,
)
"""A subject with its verb behind it, as in an answer."""
_OPENS = re.compile(
    rf"\b(?:{QUESTION_WORD}\s+(?:\w+\s+){{0,4}}?{AUXILIARY}|{AUXILIARY}\s+(?:i|we|you|they|it|he|she|there)\b"
    rf"|{MEASURE}|what if\b|what about\b|(?:what|who)\s+\w+s\b"
    r"|(?:is|are|do|does|should|would|can)\s+(?:a|the|any\w*|every\w*|people)\b)",
    re.I,
)
_STOP = re.compile(r"[.,;:?!](?=\s|$)")
_SAID_AFTER, _TO_END, _NEAR_END = 20, 30, 0.4


def signs(said: str) -> tuple[float, ...]:
    """Each sign as a number between 0 and 1, always in the same order."""
    parts = pieces(said)
    asking = [at for at, piece in enumerate(parts) if asks_in_form(piece)]
    question = parts[asking[-1]] if asking else ""
    after = " ".join(parts[asking[-1] + 1 :]) if asking else ""
    tail = last_question(said)
    words_after, numbers = len(after.split()), len(NUMBER.findall(tail))
    return (
        float(bool(asking) and asking[-1] == len(parts) - 1),
        float(bool(asking)),
        min(words_after, _AFTER_WORDS) / _AFTER_WORDS,
        float(0 < words_after <= 3),
        float(words_after > 3),
        float(said.rstrip().endswith("?")),
        float("?" in said),
        float(bool(_TAG.search(said))),
        min(numbers, _NUMBERS) / _NUMBERS,
        float(numbers >= 3),
        *(float(bool(sign.search(tail))) for sign in (_OWN_PLAN, _YOU, _AM_I, _ARE_WE, _I)),
        float(bool(_ANSWERS.search(after))),
        min(len(said.split()), _LONG_WORDS) / _LONG_WORDS,
        min(len(tail.split()), _TAIL_WORDS) / _TAIL_WORDS,
        float(bool(_MEASURE.search(tail))),
        float(bool(_WORD_FIRST.search(question))),
        float(bool(_OR.search(tail))),
        float(bool(_SUPPOSES.search(said))),
        float(len(parts) == 1),
        *_in_one_stretch(said),
    )


def ends_in_question(said: str) -> bool:
    """Whether the last question stands at the end, with nothing said to it, where nobody wrote stops."""
    opened, to_end, answered, *_ = _in_one_stretch(said)
    return not _STOP.search(said) and bool(opened) and to_end <= _NEAR_END and not answered


def from_last_opening(said: str) -> str:
    """The last question without what stands before it; all of it where none begins."""
    opened = list(_OPENS.finditer(said))
    return said[opened[-1].start() :] if opened else said


def _in_one_stretch(said: str) -> tuple[float, ...]:
    """The same where nobody wrote stops: how far the last question is from the end, what is said after."""
    opened = list(_OPENS.finditer(said))
    if not opened:
        return (0.0, 0.0, 0.0, 0.0, 0.0)
    end = opened[-1].end()
    answers = list(_SAYS.finditer(said, end))
    words = len(said[answers[0].start() :].split()) if answers else 0
    return (
        1.0,
        min(len(said[end:].split()), _TO_END) / _TO_END,
        float(bool(answers)),
        min(words, _SAID_AFTER) / _SAID_AFTER,
        min(len(answers), 4) / 4,
    )
