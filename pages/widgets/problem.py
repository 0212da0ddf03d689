"""What went wrong, said where it was asked for, with the rest of the page still drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data.domain import RehearseError
from pages.widgets.plain import plain, plain_lines


@contextmanager
def show() -> Iterator[None]:
    """Draw the error of the block here, message and remedy, instead of ending the page with it."""
    try:
        yield
    except RehearseError as error:
        draw(error)


def draw(error: RehearseError) -> None:
    """Draw what happened and what to do; a message that lists more than one line keeps its lines."""
    title, body = _parts(error)
    st.error(plain_lines(body), title=plain(title))


def warn(error: RehearseError) -> None:
    """The same for something that the rest of the page does not need."""
    title, body = _parts(error)
    st.warning(plain_lines(body), title=plain(title))


def _parts(error: RehearseError) -> tuple[str, str]:
    first, _, listed = error.message.strip().partition("\n")
    return first, "\n".join(part for part in (listed, error.remedy) if part)
