"""Clauses of what was said: short stretches in the candidate's own words that a line can take up. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from analysis.reading.leaks import stems
from analysis.reading.lexicon import word_set
from analysis.reading.stemming import stem
from data.word_lists import load_list

MOST_WORDS = 14
FEWEST_WORDS = 3
FEWEST_OWN = 2
"""So many words of content make a clause worth saying back."""
ENOUGH_WORDS = 6
"""From here on a comma or a joining word ends a stretch."""
WHOLE_WORDS, LONGEST_WHOLE_WORDS = 9, 12
"""A clause of so many words can be taken up as it stands; of somewhat more where it is what is tested."""
_ACTIONS = Path(__file__).parent / "action_words.txt"
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_ENDS = re.compile(r"[.!?;:]+(?=\s|$)|\n+|\s[–—-]\s")
_COMMA = re.compile(r",\s+")
_LINKS = frozenset(
    {"and", "so", "but", "because", "then", "which", "as", "since", "while", "although", "that's", "when"}
)
_JOINS = re.compile(r"\s+(?=(?:and|but|so|because|while|although|then)\s)", re.IGNORECASE)
"""Before these a new clause may begin, if what follows is one."""
_DEPENDS = frozenset(
    {"because", "when", "if", "which", "while", "since", "as", "although", "that", "who", "whose", "where"}
    | {"until", "unless", "than", "whether", "how", "why", "what", "whatever", "like", "or", "till"}
)
"""A clause that begins with one of these says something only together with its neighbour."""
_LEADS_ON = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "to", "with", "for", "from", "by", "and", "or", "but", "so"}
    | {"that", "which", "is", "are", "as", "than", "if", "when", "my", "our", "your", "its", "their"}
    | {"was", "were", "be", "not", "no", "very", "more", "into", "over", "per", "just", "maybe", "also"}
)
"""Words a clause cannot end on."""
_OPENERS = frozenset(
    {"um", "uh", "well", "so", "and", "but", "because", "then", "or", "yeah", "yes", "okay", "ok"}
    | {"honestly", "actually", "basically", "right", "now", "also", "maybe", "phew", "hm", "sorry"}
    | {"obviously", "anyway", "first", "oh", "fine", "look", "sure", "probably", "just", "generally", "say"}
)
_TRAILS = frozenset({"and", "but", "so", "then", "because", "while", "although", "really", "too", "anyway"})
_THINKING = frozenset({"think", "mean", "guess", "suppose", "believe"})
_VERBS = frozenset(
    {"is", "are", "was", "were", "am", "has", "have", "had", "does", "do", "did", "can", "could", "will"}
    | {"would", "may", "might", "must", "should", "gets", "get", "got", "goes", "went", "comes", "lies"}
    | {"isn't", "aren't", "doesn't", "don't", "can't", "won't", "didn't", "wasn't", "cannot", "stays"}
)
_SHORTENED = re.compile(r"^\w+['’](?:s|re|m|ll|d|ve)$", re.IGNORECASE)
_SUBJECTS = frozenset(
    {"i", "we", "you", "they", "it", "he", "she", "everybody", "everyone", "nobody", "each"}
)
_HALF_NAMED = re.compile(r"\b(?:a|an|the|his|her|my|our|their)\s+\w+$", re.IGNORECASE)
"""Before a comma and more words: "has the identical, correct order"."""
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|when|if|because)\b(?!['’])", re.IGNORECASE)
"""Begins what is only said of something: "a value that's everywhere" is no sentence."""
_OWN = re.compile(r"^(?:i|we|you)(?:['’](?:d|ll|m|re|ve))?\s", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:what|which|who|whom|whose|when|where|why|how)\b"
    r"|^(?:do|does|did|is|are|can|could|may|must|shall|should|will|would|has|have|am|isn't|aren't|don't)\s+"
    r"(?:i|we|you|they|it|he|she|there|this|that|these|those|the|a|an|any|our|my|your)\b",
    re.IGNORECASE,
)


def clauses(text: str) -> tuple[str, ...]:
    """Stretches in order, each three to fourteen words of the text as they stand there."""
    return tuple(clause for start, end in _stretches(text) for clause in _cut(text[start:end]))


def whole_clauses(text: str, most_words: int = WHOLE_WORDS) -> tuple[str, ...]:
    """The clauses that can be said back: with their verb, not cut, no question, in the words of the text."""
    found = (
        _bare(piece)
        for start, end in _stretches(text)
        if not text[end:].lstrip().startswith("?")
        for piece in _pieces(text[start:end], most_words)
    )
    return tuple(dict.fromkeys(clause for clause in found if _is_whole(clause, most_words)))


def phrases(text: str) -> tuple[str, ...]:
    """What was said without any verb, as a whole sentence or between commas: "tenant id in every table"."""
    found = (
        _bare(part)
        for start, end in _stretches(text)
        if not text[end:].lstrip().startswith("?")
        for part in (text[start:end], *_COMMA.split(text[start:end]))
    )
    return tuple(
        dict.fromkeys(
            phrase
            for phrase in found
            if FEWEST_WORDS <= len(words := phrase.lower().split()) <= WHOLE_WORDS
            and words[0] not in ("no", "not")
            and words[-1] not in _LEADS_ON
            and not _DEPENDS.intersection(words)
            and not has_verb(phrase)
            and not _ASKS.match(phrase)
        )
    )


def acts(clause: str) -> bool:
    """Whether something is done in it that a part of a system does."""
    return any(stem(word.lower()) in _actions() for word in _WORD.findall(clause))


def short(clause: str, most_words: int) -> str:
    """The clause, or its beginning up to where it can end: before a new clause, or on a word of content."""
    words = list(_WORD.finditer(clause))
    if len(words) <= most_words:
        return clause
    ends = (at for at in range(most_words, FEWEST_WORDS, -1) if _begins(clause, words, at))
    last = next(ends, None) or _whole(words, 0, most_words)
    return clause[: words[last - 1].end()]


def _pieces(stretch: str, most_words: int) -> Iterator[str]:
    """A stretch cut at commas, and where that is too long at words that join two clauses."""
    parts = _COMMA.split(stretch)
    for at, part in enumerate(parts):
        half = bool(_HALF_NAMED.search(part)) and len("".join(parts[at + 1 : at + 2]).split()) in (1, 2, 3)
        if half and not _JOINS.search(part):
            continue
        if not half and len(_WORD.findall(_bare(part))) <= most_words:
            yield part
            continue
        joined = ""
        for piece in _JOINS.split(part):
            if joined and has_verb(_bare(piece)) and has_verb(_bare(joined)):
                yield joined
                joined = piece
            else:
                joined = f"{joined} {piece}".strip()
        if not half:
            yield joined


def _bare(piece: str) -> str:
    """Without what only opens it ("well, so I think") or closes it."""
    words = list(_WORD.finditer(piece))
    while words and words[-1].group().lower() in _TRAILS and not _is_what_they_say(words):
        words.pop()
    if len(words) > FEWEST_WORDS and [word.group().lower() for word in words[-2:]][0] == "i":
        words = words[:-2] if words[-1].group().lower() in _THINKING else words
    first = _opened(words, 0, len(words))
    return piece[words[first].start() : words[-1].end()] if first < len(words) else ""


def _is_what_they_say(words: list[re.Match[str]]) -> bool:
    """ "We say so": without its last word it says nothing."""
    return len(words) > 1 and [word.group().lower() for word in words[-2:]] == ["say", "so"]


def _is_whole(clause: str, most_words: int) -> bool:
    words = [word.lower() for word in _WORD.findall(clause)]
    return (
        FEWEST_WORDS <= len(words) <= most_words
        and (words[0] not in _DEPENDS or words[0] == "that" and words[1] in _VERBS)
        and words[-1] not in _LEADS_ON
        and not _ASKS.match(clause)
        and has_verb(clause)
    )


def leads_on(word: str) -> bool:
    """Whether no clause can end on this word."""
    return word in _LEADS_ON or word in ("because", "to", "would", "could", "should", "will", "might")


def is_own(clause: str) -> bool:
    """Whether somebody tells what they do themselves, so that it can be said back to them."""
    return bool(_OWN.match(clause))


def is_telling(clause: str) -> bool:
    """Whether it says what it is about in words of its own: "so we do that" needs what stood before it."""
    words = [word.lower() for word in _WORD.findall(clause)]
    own = [word for word in words if len(word) > 1 and not word_set("function_words").intersection({word})]
    return len(own) >= FEWEST_OWN and bool(stems(clause))


def is_sentence(clause: str) -> bool:
    """Whether it begins with what it speaks of, and not with what that does: "calls the provider"."""
    first = _WORD.findall(clause)[0].lower()
    return has_verb(_RELATIVE.split(clause)[0]) and first not in _VERBS and stem(first) not in _actions()


def has_verb(clause: str) -> bool:
    """Whether something is said of something: a subject with what it is or does."""
    words = [word.lower() for word in _WORD.findall(clause)]
    for at, word in enumerate(words):
        if word in _VERBS or _SHORTENED.match(word):
            return True
        follows = at > 0 and words[at - 1] not in ("a", "an", "the", "to", "of", "for", "by", "with", "per")
        if follows and stem(word) in _actions() and not word.endswith(("ing", "ed")):
            return True
        if word in _SUBJECTS and at + 1 < len(words) and words[at + 1] not in word_set("function_words"):
            return True
    return False


@cache
def _actions() -> frozenset[str]:
    return frozenset(stem(word) for word in load_list(_ACTIONS))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _ENDS.finditer(text):
        yield start, stop.start()
        start = stop.end()
    yield start, len(text)


def _cut(stretch: str) -> Iterator[str]:
    """A stretch in pieces that can stand alone, cut at commas and words that begin a new clause."""
    words = list(_WORD.finditer(stretch))
    at = 0
    while at < len(words):
        end = at + 1
        while end < len(words) and not (end - at >= ENOUGH_WORDS and _begins(stretch, words, end)):
            end += 1
        first = _opened(words, at, end)
        last = min(end, first + MOST_WORDS)
        if last - first >= FEWEST_WORDS:
            yield stretch[words[first].start() : words[_whole(words, first, last) - 1].end()]
        at = end


def _opened(words: list[re.Match[str]], at: int, end: int) -> int:
    """Where a piece begins to say something: behind "well, so", "I think"."""
    while at < end:
        word = words[at].group().lower()
        if word == "i" and at + 1 < end and words[at + 1].group().lower() in _THINKING:
            at += 2
        elif word in _OPENERS:
            at += 1
        else:
            break
    return at


def _begins(stretch: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether a new clause begins with this word."""
    comma = "," in stretch[words[at - 1].end() : words[at].start()]
    return comma or words[at].group().lower() in _LINKS


def _whole(words: list[re.Match[str]], first: int, last: int) -> int:
    """Where a piece ends so that no word that leads on stands last."""
    while last - first > FEWEST_WORDS and words[last - 1].group().lower() in _LEADS_ON:
        last -= 1
    return last
