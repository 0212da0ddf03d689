"""Units of data and time, as bytes and seconds; their words stand in `words/units.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from data.word_lists import load_list

_WORDS = Path(__file__).parent / "words"
WORDS: Mapping[str, Mapping[str, float]] = yaml.safe_load((_WORDS / "units.yaml").read_text(encoding="utf-8"))
ENDS_LABEL = frozenset(load_list(_WORDS / "label_end.txt"))
"""Words that end the name of what is counted: 500 B before them are bytes, and no billions."""
TIMES, ADVERBS, FACTORS = WORDS["times"], WORDS["adverbs"], WORDS["factors"]
SCALES = {word: size for word, size in WORDS["scales"].items() if len(word) > 1}
HOUR, DAY = TIMES["hour"], TIMES["day"]


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` bytes^data * seconds^time."""

    factor: float
    data: int = 0
    time: int = 0


def _units() -> dict[str, Unit]:
    """Every unit by its word; a small b behind a large prefix is bits, in a speed any small b is."""
    found = {word: Unit(seconds, 0, 1) for word, seconds in TIMES.items()}
    found |= {word: Unit(1 / seconds, 0, -1) for word, seconds in WORDS["rates"].items()}
    found |= {word: Unit(size, 1) for word, size in WORDS["sizes"].items()}
    for power, (letter, name) in enumerate([("", ""), *WORDS["prefixes"].items()]):
        size, binary = 1000.0**power, 1024.0**power
        for prefix, scale in ((letter, size), (str(name), size), (f"{str(name)[:2]}bi", binary)):
            found |= {f"{prefix}byte": Unit(scale, 1), f"{prefix}bit": Unit(scale / 8, 1)}
        for sign in (letter, letter.upper()) if letter else ():
            found |= {f"{sign}{b}": Unit(size, 1) for b in ("b", "B")}
            found |= {f"{sign}i{b}": Unit(binary, 1) for b in ("b", "B")}
            found |= {f"{sign}Bps": Unit(size, 1, -1), f"{sign}bps": Unit(size / 8, 1, -1)}
        if letter:
            found |= {f"{letter.upper()}b": Unit(size / 8, 1), f"{letter.upper()}ib": Unit(binary / 8, 1)}
    return found


UNITS = _units()


def unit_of(word: str) -> Unit | None:
    """The unit of a word such as KB, gigabytes, Mbit, QPS, ms or years."""
    low = word.lower()
    singular = low.removesuffix("s") if len(low) > 2 else low
    return UNITS.get(word) or UNITS.get(low) or UNITS.get(singular)
