"""Which words of two texts are the same, at a cost that nobody's text can drive up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

MOST_PAIRS = 100_000
"""Pairs of equal words that are tried: about those of two talks of three thousand words, a second at worst.

Two texts of one word repeated have their product, and comparing them takes its cube.
"""
Opcode = tuple[str, int, int, int, int]


def opcodes(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """As `difflib` has them: "equal", "replace", "delete" or "insert" with places before and after.

    What both begin and end with is equal. Of what is between and too costly to compare, all is replaced.
    """
    least = min(len(before), len(after))
    head = next((at for at in range(least) if before[at] != after[at]), least)
    room = least - head
    tail = next((at for at in range(room) if before[-1 - at] != after[-1 - at]), room)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    found: list[Opcode] = [("equal", 0, head, 0, head)] if head else []
    found += [
        (tag, start + head, end + head, new_start + head, new_end + head)
        for tag, start, end, new_start, new_end in _between(old, new)
    ]
    if tail:
        found.append(("equal", len(before) - tail, len(before), len(after) - tail, len(after)))
    return found


def _between(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    counted, listed = Counter(old), Counter(new)
    if _pairs(counted, listed) <= MOST_PAIRS:
        return list(SequenceMatcher(None, old, new, False).get_opcodes())
    often = len(new) // 100 + 1
    rare = Counter({word: count for word, count in listed.items() if count <= often})
    if len(new) >= 200 and _pairs(counted, rare) <= MOST_PAIRS:  # where difflib leaves frequent words out
        return list(SequenceMatcher(None, old, new, True).get_opcodes())
    return [("replace", 0, len(old), 0, len(new))]


def _pairs(old: Counter[str], new: Counter[str]) -> int:
    return sum(count * new[word] for word, count in old.items())
