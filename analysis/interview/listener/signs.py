"""The outward signs of a question to somebody: where it stands, what follows it, who is spoken of. Pure."""

from __future__ import annotations

import re

from analysis.interview.listener.question_forms import (
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
    )
