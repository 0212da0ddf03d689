"""What the judge is shown of an answer, and the way back from its quotes to what was said.

Names, gendered pronouns, filled pauses and repeated sentences are left out, so they cannot matter. Words are
shown or left out whole, which keeps a quote of the view traceable to the candidate's own words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analysis.reading.lexicon import word_set
from analysis.reading.quotes import locate, verify
from data.domain import Answer, Evidence, Turn, TurnKind

LONGEST_TRANSCRIPT_CHARACTERS = 24_000
"""About 25 minutes of speech; a longer transcript is cut there, and the assessment says so."""
_FILLERS = frozenset(("um", "umm", "uh", "uhh", "uhm", "er", "erm", "hmm", "hm", "mm", "ah"))
_PRONOUNS = frozenset(("he", "she", "him", "his", "her", "hers", "himself", "herself"))
LEFT_OUT = "[person]"
"""Stands for a name or a gendered pronoun. One mark for all: "her" is two words of the other gender."""
_WROTE: dict[TurnKind, str] = {"code": "code written beside the answer", "sketch": "design sketch as text"}
_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s)|\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn as shown, and for each word shown the characters of the original it stands for."""

    turn: Turn
    text: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class View:
    """All that is shown. `was_cut` when the transcript was longer than the cap."""

    turns: tuple[ShownTurn, ...]
    was_cut: bool
    _checked: dict[tuple[str, int, TurnKind], Evidence | None] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def transcript(self) -> str:
        """The dialogue, one numbered turn a line; the elicitation is told, not asked."""
        return "\n".join(_numbered(shown) for shown in self.turns)

    @property
    def fence(self) -> str:
        """A delimiter nobody can write into the answer: it is made of the answer's own hash."""
        return f"=== {hashlib.sha256(self.transcript.encode()).hexdigest()[:16]}"

    def evidence(self, quote: str, turns: Sequence[Turn], clause: str) -> Evidence | None:
        """The candidate's own words behind a quote, verified, or None; of the first turn that has them."""
        for shown in self.turns:
            if shown.turn.speaker == "candidate" and (found := self._remembered(quote, shown, turns)):
                return replace(found, clause=clause)
        return None

    def _remembered(self, quote: str, shown: ShownTurn, turns: Sequence[Turn]) -> Evidence | None:
        """Several looks mostly quote the same words; matching them in a long turn is slow."""
        key = (quote, shown.turn.index, shown.turn.kind)
        if key not in self._checked:
            said = _said(quote, shown)
            self._checked[key] = verify(said, turns, shown.turn.index) if said else None
        return self._checked[key]


def show(answer: Answer) -> View:
    """The view of an answer."""
    left, shown, was_cut = LONGEST_TRANSCRIPT_CHARACTERS, [], False
    repeats: set[str] = set()
    for turn in answer.turns:
        part = _shown(turn, repeats)
        if len(part.text) > left:
            part, was_cut = _cut(part, left), True
        left -= len(part.text)
        shown.append(part)
    return View(tuple(shown), was_cut)


def _numbered(shown: ShownTurn) -> str:
    """A turn as the judge reads it. Lines of code or of a sketch are marked: none can pass as a turn."""
    if shown.turn.kind == "said":
        return f"[turn {shown.turn.index}] {_heading(shown.turn)}: {shown.text}"
    lines = "\n".join(f"| {line}" for line in shown.text.splitlines())
    return f"[turn {shown.turn.index}] {_heading(shown.turn)}, {_WROTE[shown.turn.kind]}:\n{lines}"


def _heading(turn: Turn) -> str:
    return f"candidate ({turn.elicitation})" if turn.speaker == "candidate" else "interviewer"


def _said(quote: str, shown: ShownTurn) -> str | None:
    span = locate(quote, replace(shown.turn, text=shown.text, words=()))
    if span is None:
        return None
    words = list(re.finditer(r"\S+", shown.text))
    covered = [i for i, word in enumerate(words) if word.start() < span.end and word.end() > span.start]
    return shown.turn.text[shown.places[covered[0]][0] : shown.places[covered[-1]][1]]


def _shown(turn: Turn, repeats: set[str]) -> ShownTurn:
    if turn.kind != "said":
        return ShownTurn(turn, turn.text, tuple(word.span() for word in re.finditer(r"\S+", turn.text)))
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(turn.text):
        found = list(re.finditer(r"\S+", sentence.group()))
        bare = " ".join(re.findall(r"\w+", sentence.group().lower()))
        if turn.speaker == "candidate" and len(found) >= 5:
            if bare in repeats:
                continue
            repeats.add(bare)
        for word in found:
            if (text := _neutral(word.group())) is not None:
                words.append(text)
                places.append((sentence.start() + word.start(), sentence.start() + word.end()))
    return ShownTurn(turn, " ".join(words), tuple(places))


def _neutral(word: str) -> str | None:
    """The word to show, or None to leave it out."""
    match = re.fullmatch(r"(\W*)([^\W_]+)((?:['’]\w+)?\W*)", word)
    if match is None:
        return word
    before, bare, after = match.groups()
    if bare.lower() in _FILLERS:
        return None
    if bare.lower() in _PRONOUNS or (bare[:1].isupper() and bare.lower() in word_set("given_names")):
        return f"{before}{LEFT_OUT}{after}"
    return word


def _cut(shown: ShownTurn, characters: int) -> ShownTurn:
    kept = shown.text[:characters].rsplit(" ", 1)[0] if characters > 0 else ""
    return ShownTurn(shown.turn, kept, shown.places[: len(kept.split())])
