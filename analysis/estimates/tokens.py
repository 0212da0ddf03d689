"""Numbers, words and signs of a text, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\d+(?:[,_\u202f' ]\d{3})+(?:\.\d+)?(?![\d])|\d+\.\d+|\.\d+(?=\w)|\d+"
    r"|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[A-Za-zµμ]+(?:['’][A-Za-z]+)?|\*\*|\S"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()


def tokenize(text: str) -> list[Token]:
    """The pieces of a text: numbers, words and signs."""
    return [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text)]
