"""The shapes a judge replies in, and how they are asked for on the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

Verdict = Literal["said", "half", "wrong", "not_said"]


def _whole(entry: type[BaseModel]) -> Callable[[Any], Any]:
    """Of a list the entries that can be read: one odd entry costs itself, not all the others."""

    def kept(given: Any) -> Any:
        return [one for one in given if _is_whole(one, entry)] if isinstance(given, list) else given

    return kept


def _is_whole(given: Any, entry: type[BaseModel]) -> bool:
    try:
        entry.model_validate(given)
    except ValidationError:
        return False
    return True


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore")


class FoundItem(_Shape):
    """What was said on one item, with verbatim spans."""

    id: str
    verdict: Verdict
    quotes: list[str]


class ReadReply(_Shape):
    """One reading: each item stands in `found` or, by its id, in `not_said`."""

    readable: bool
    found: Annotated[list[FoundItem], BeforeValidator(_whole(FoundItem))]
    not_said: list[str]


class FalseClaim(_Shape):
    """Words that do not hold, and what holds instead."""

    quote: str
    fact: str
    why: str
    criterion: str
    decides: bool


class ClaimsReply(_Shape):
    """The separate look for false claims."""

    claims: Annotated[list[FalseClaim], BeforeValidator(_whole(FalseClaim))]


class DoubtedClaim(_Shape):
    """Whether words that were held to be false can be defended."""

    id: str
    holds: bool
    fact: str
    why: str


class AgainItem(FoundItem):
    """The same as at first, with what holds instead."""

    fact: str


class AgainReply(_Shape):
    """Another look at what is in doubt."""

    readable: bool
    found: Annotated[list[AgainItem], BeforeValidator(_whole(AgainItem))]
    not_said: list[str]
    claims: Annotated[list[DoubtedClaim], BeforeValidator(_whole(DoubtedClaim))]


class NextStep(_Shape):
    """The one thing that would earn the next level."""

    criterion: str
    do: str


class NextReply(_Shape):
    """One step for each competency that has one."""

    next: Annotated[list[NextStep], BeforeValidator(_whole(NextStep))]
