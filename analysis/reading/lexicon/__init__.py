"""The word lists and patterns of the offline rules: one entry a line in the text files beside this one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from data.word_lists import load_list

_FOLDER = Path(__file__).parent


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of one list."""
    return load_list(_FOLDER / f"{name}.txt")


@cache
def word_set(name: str) -> frozenset[str]:
    """One list as a set of words."""
    return frozenset(entries(name))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One list as a pattern that finds any of its entries as whole words, whatever their case."""
    return re.compile(rf"\b(?:{'|'.join(entries(name))})\b", re.IGNORECASE)
