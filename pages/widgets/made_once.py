"""What a page makes of its inputs, kept for the visit and made again only when they have changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

Made = TypeVar("Made")


def kept(key: str, make: Callable[..., Made], *inputs: Any, **named: Any) -> Made:
    """`make(*inputs, **named)`, or what it gave last under this key for the same inputs.

    For figures and sums: what is made must not be changed by who gets it. One value a key is kept, so that a
    visit holds no more than what its pages show; it goes when the visit does.
    """
    place = f"kept-{key}"
    given = (inputs, tuple(sorted(named.items())))
    last = st.session_state.get(place)
    if last is not None and _same(last[0], given):
        found: Made = last[1]
        return found
    made = make(*inputs, **named)
    st.session_state[place] = (given, made)
    return made


def _same(one: Any, other: Any) -> bool:
    """Whether two inputs are equal; frames by their values."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(map(_same, one, other))
    equals = getattr(one, "equals", None)  # a data frame or a series
    return bool(equals(other) if equals else one == other)
