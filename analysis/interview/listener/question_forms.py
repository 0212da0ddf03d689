"""What was said, in the pieces that people speak in, and which of them have the form of a question. Pure.

Grammar only: question words, an auxiliary before its subject. Whether somebody is asked is decided elsewhere.
"""

from __future__ import annotations

import re

MOST_WORDS = 28
"""What leads up to a question is taken along up to this length."""
LONGEST_WORDS = 56
SHORT_PIECE_WORDS = 5
CONTEXT_WORDS = 18
"""So much is taken along whatever it is: "encryption, do we go there or leave it"."""
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_COMMA = re.compile(r",\s+")
QUESTION_WORD = r"(?:what|which|who|whom|whose|when|where|why|how)\b(?:'s|'re)?"
AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|can|could|may|might|must|shall|should|will|would|has|have|am|isn't|aren't"
    r"|don't|doesn't|can't)\b"
)
_SUBJECT = (
    r"(?:i|we|you|they|it|he|she|there|this|that|these|those|the|a|an|any|anyone|anybody|everyone|everybody"
    r"|somebody|someone|people|users|our|my|their|your|two|all|each|one|some|both)\b"
)
LEAD = (
    r"(?:(?:um|uh|so|and|or|but|okay|ok|well|now|right|then|also|hm|hmm|sorry|first|because|yes|no|alright|just"
    r"|for|in|on|at|by|to|of|with|from|say)\s+)*"
)
MEASURE = r"how (?:many|much|often|big|large|long|fast|fresh|soon|quick|quickly|far|old|late|bad|strict)\b"
_OPENS = re.compile(
    rf"^{LEAD}(?:{QUESTION_WORD}|{AUXILIARY}\s+(?:not\s+)?{_SUBJECT}|{AUXILIARY}\s+\w+\s|am i\b|any\b)",
    re.I,
)
_HOLDS = re.compile(
    rf"\b(?:{QUESTION_WORD}\s+(?:\w+\s+){{0,3}}?{AUXILIARY}|{MEASURE}"
    rf"|{AUXILIARY}\s+(?:i|we|you|they|it|there|he|she|this|that|those|these)\b"
    rf"|\b{QUESTION_WORD}\W*$"
    r"|(?:is|are|do|does|can|must|may)\s+(?:the|there|our|any|people|users|customers)\b"
    r"|whether\b|what kind|what sort)",
    re.I,
)
_OPENLY = re.compile(rf"^{LEAD}(?:{MEASURE}|(?:what|which|who|where|when|why|how)\b)", re.I)
_JOINED = re.compile(rf"\s+(?:and|or)\s+(?={QUESTION_WORD}|{AUXILIARY}\s+{_SUBJECT})|(?<=\?)\s+", re.I)


def pieces(said: str) -> tuple[str, ...]:
    """What was said, cut at stops and commas."""
    cut = (
        piece.strip() for sentence in _SENTENCE_END.split(said.strip()) for piece in _COMMA.split(sentence)
    )
    return tuple(piece for piece in cut if piece)


def asks_in_form(piece: str) -> bool:
    """True for a piece with a question mark, a question word or an auxiliary before its subject."""
    return piece.endswith("?") or bool(_OPENS.search(piece) or _HOLDS.search(piece))


def opens_in_form(piece: str) -> bool:
    """True where the form of a question is plain: from its first words, or written with its mark."""
    return piece.endswith("?") or bool(_OPENS.search(piece))


def asks_openly(asked: str) -> bool:
    """True when it cannot be answered by yes or no: a question in it begins with a question word."""
    return any(_OPENLY.match(piece) for piece in pieces(asked))


def last_question(said: str) -> str:
    """From the last piece that has the form of a question to the end; without one, the last words."""
    parts = pieces(said)
    asking = [at for at, piece in enumerate(parts) if asks_in_form(piece)]
    at = asking[-1] if asking else len(parts) - 1
    while at > 0:
        words = len(" ".join(parts[at - 1 :]).split())
        leads_up = not asking or asks_in_form(parts[at - 1]) or len(parts[at].split()) < SHORT_PIECE_WORDS
        if words > (MOST_WORDS if leads_up else CONTEXT_WORDS):
            break
        at -= 1
    return " ".join(", ".join(parts[max(at, 0) :]).split()[-LONGEST_WORDS:])


def in_one_breath(asked: str) -> tuple[str, ...]:
    """The questions that are asked together; one when there is only one."""
    parts = [piece.strip(" ,") for piece in _JOINED.split(asked) if piece.strip(" ,")]
    joined: list[str] = []
    for part in (piece for one in parts for piece in _COMMA.split(one)):
        if joined and not (asks_in_form(part) and _OPENS.search(part)):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return tuple(joined)
