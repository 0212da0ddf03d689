"""A transcript as plain sentences: fillers, false starts, names and pronouns taken out, places kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.reading.lexicon import pattern, word_set
from data.domain import Turn

LONGEST_SENTENCE_WORDS = 28
"""Speech recognised without full stops is cut at connectives into stretches of about this length."""
_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W_]+(?:['’][^\W_]+)*|[<>=+]+")
_STOPS = re.compile(r"[.!?;:\n]+")
_INITIAL = re.compile(r"[\s.][a-zA-Z]")
_BLANK = re.compile(r"\s+")
_BULLET = re.compile(r"(?:[-*•]|\(?\d{1,2}[.)])\s+")
_LIKE = re.compile(r"(?<=,)\s*like\s*(?=,)|\blike(?=,?\s+(?:u[mh]+|you know)\b)", re.I)
_PRONOUNS = {
    "he": "they", "she": "they", "him": "them", "his": "their", "hers": "theirs", "her": "their",
    "himself": "themselves", "herself": "themselves", "mr": "", "mrs": "", "ms": "",
}  # fmt: skip
_IRREGULAR = {
    "won't": "will not",
    "can't": "can not",
    "cannot": "can not",
    "let's": "let us",
    "shan't": "shall not",
}
_CONTRACTIONS = {"n't": " not", "'re": " are", "'ll": " will", "'ve": " have", "'d": " would", "'m": " am"}
_MAGNITUDES = frozenset({"hundred", "thousand", "million", "billion"})
_IS_NOT_OWNER = frozenset({"it", "that", "there", "here", "what", "who", "he", "she", "this", "how"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it is compared (`text`: lower case, no fillers), and its characters in the original."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and the turn it stands in."""

    sentence: Sentence
    turn: Turn


def lines_of(turns: Sequence[Turn]) -> tuple[Line, ...]:
    """The sentences of these turns in their order."""
    return tuple(Line(sentence, turn) for turn in turns for sentence in sentences(turn.text))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that say anything, long ones cut at connectives; exact repeats are dropped."""
    found: list[Sentence] = []
    seen: set[str] = set()
    for start, end in _stretches(text):
        for sentence in _cut(_tokens(text, start, end)):
            if sentence.text and sentence.text not in seen:
                seen.add(sentence.text)
                found.append(sentence)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def _stretches(text: str) -> list[tuple[int, int]]:
    cuts = sorted({0, len(text), *_stops(text), *(place for item in _items(text) for place in item)})
    return list(zip(cuts, cuts[1:], strict=False))


def _stops(text: str) -> Iterator[int]:
    """Where sentences end: after stops with a blank behind them, not after an initial or "e.g.".

    One pattern for it would try every end of a long row of stops from every beginning in it.
    """
    for run in _STOPS.finditer(text):
        start, end = run.span()
        start += _INITIAL.fullmatch(text, max(0, start - 2), start) is not None
        if end < len(text) and not text[end].isspace():
            end = text.rfind("\n", start + 1, end)
        if start < end:
            yield end


def _items(text: str) -> Iterator[tuple[int, int]]:
    """The signs or numbers that begin a line of a list, with the line end before them."""
    last = 0
    for blank in _BLANK.finditer(text):
        at = text.find("\n", blank.start(), blank.end())
        bullet = _BULLET.match(text, blank.end()) if at >= 0 and blank.start() >= last else None
        if bullet:
            last = bullet.end()
            yield at, last


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    fillers = [m.span() for filler in (pattern("fillers"), _LIKE) for m in filler.finditer(text, start, end)]
    tokens: list[_Token] = []
    for match in _WORD.finditer(text, start, end):
        if any(a <= match.start() < b for a, b in fillers):
            continue
        word = _plain(match.group())
        if not word or (tokens and tokens[-1].text == word and word[0].isalpha()):
            continue
        if not tokens and word in word_set("openers"):
            continue
        tokens.append(_Token(word, match.start(), match.end()))
    return tokens


def _plain(word: str) -> str:
    """Lower case, contractions written out, names and gendered pronouns replaced."""
    lower = word.lower().replace("’", "'").replace(",", "")
    if word[0].isupper() and lower.removesuffix("'s") in word_set("given_names"):
        return "someone"
    lower = _IRREGULAR.get(lower, lower)
    if "'" not in lower and " " not in lower:
        return _PRONOUNS.get(lower, lower)
    for ending, written_out in _CONTRACTIONS.items():
        if lower.endswith(ending):
            lower = lower.removesuffix(ending) + written_out
    if lower.endswith("'s"):
        owner = lower[:-2]
        lower = f"{owner} is" if owner in _IS_NOT_OWNER else owner
    return " ".join(_PRONOUNS.get(part, part) for part in lower.split())


def _cut(tokens: Sequence[_Token]) -> list[Sentence]:
    pieces: list[Sentence] = []
    rest = list(tokens)
    while len(rest) > LONGEST_SENTENCE_WORDS * 3 // 2:
        at = next(
            (i for i in range(LONGEST_SENTENCE_WORDS, 8, -1) if _opens(rest, i)), LONGEST_SENTENCE_WORDS
        )
        pieces.append(_sentence(rest[:at]))
        rest = rest[at:]
    if rest:
        pieces.append(_sentence(rest))
    return pieces


def _opens(tokens: Sequence[_Token], at: int) -> bool:
    """True when a connective stands here, and not the "and" inside "a hundred and fifty"."""
    return tokens[at].text in word_set("connectives") and tokens[at - 1].text not in _MAGNITUDES


def _sentence(tokens: Sequence[_Token]) -> Sentence:
    words = tuple(word for token in tokens for word in token.text.split())
    return Sentence(" ".join(words), tokens[0].start, tokens[-1].end, words)
