"""What is left out where a group is small, so that no figure is one person's and none can be worked out.

A figure about fewer than five people is not shown (ten in a file that leaves the app). Where one part of a
whole is left out, its number could be had by subtraction: the smallest other part is left out too, and the
whole is told only where what is missing adds up to a group that may be shown. Means are rounded.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)

SHOWN, EXPORTED = 5, 10
"""People a figure needs on screen, and in a file."""


@dataclass(frozen=True, slots=True)
class Group:
    """People in a group and the sum of one figure of each."""

    people: int
    total: float


@dataclass(frozen=True, slots=True)
class Told:
    """What may be said of a group: people and rounded mean, or nothing."""

    people: int | None
    mean: float | None


HIDDEN = Told(None, None)


def tell(group: Group, least: int = SHOWN, decimals: int = 1) -> Told:
    """One group that stands alone."""
    if group.people < least:
        return HIDDEN
    return Told(group.people, round(group.total / group.people, decimals))


def tell_parts(
    parts: Mapping[Name, Group], least: int = SHOWN, decimals: int = 1
) -> tuple[dict[Name, Told], Told]:
    """The parts of a whole in which nobody is twice, and the whole.

    Whatever is left out holds nobody or at least `least` people, so subtracting what is shown from the
    whole never gives a figure of a smaller group.
    """
    hidden = {name for name, part in parts.items() if part.people < least}
    shown = sorted((part.people, str(name), name) for name, part in parts.items() if name not in hidden)
    while hidden and 0 < sum(parts[name].people for name in hidden) < least and shown:
        hidden.add(shown.pop(0)[2])
    told = {name: HIDDEN if name in hidden else tell(part, least, decimals) for name, part in parts.items()}
    left_out = sum(parts[name].people for name in hidden)
    whole = Group(sum(part.people for part in parts.values()), sum(part.total for part in parts.values()))
    return told, HIDDEN if 0 < left_out < least else tell(whole, least, decimals)
