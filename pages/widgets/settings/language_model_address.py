"""A language model at an address: base URL, key, and a model out of the server's own list."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from analysis.llm.beside import Beside
from analysis.llm.chat_errors import ChatError
from analysis.llm.discovery import Found, server_at
from data.domain import RehearseError
from data.language_model import LanguageModel, usable_address, usable_key
from pages.widgets import problem, resources
from pages.widgets.plain import plain

_ASKED, _FORM = "language-model-asked", "language-model-form"
_LOOK_SECONDS = 0.5
_WIDTH = 480
_UNLISTED = ("rejected", "unreadable")
"""Kinds of error of a server that answers and lists nothing: its model can still be named."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A server that was asked for its list, with what stood in the form then."""

    address: str
    key: str = field(repr=False)
    work: Beside[Found]


def show() -> None:
    """Draw the form, and when the server has answered, its models."""
    form = st.session_state.setdefault(
        _FORM, 0
    )  # a new one is empty: a key that is kept is never shown again
    typed = st.text_input(
        "Address",
        key=f"language-model-address-{form}",
        placeholder="https://api.openai.com/v1",
        width=_WIDTH,
        help="Of any server that speaks OpenAI's protocol; it usually ends in /v1.",
    )
    key = usable_key(
        st.text_input(
            "Key",
            key=f"language-model-key-{form}",
            type="password",
            width=_WIDTH,
            autocomplete="off",
            help="Kept in a file that only the owner of this server reads, and never shown again. Leave it "
            "empty when the server needs none.",
        )
    )
    pressed = st.button("List its models", key="list-models")
    with problem.show():
        if pressed:
            address = usable_address(typed)
            st.session_state[_ASKED] = _Asked(
                address, key, Beside(lambda cancel: server_at(address, key, cancel))
            )
        asked: _Asked | None = st.session_state.get(_ASKED)
        if asked is not None and typed and (usable_address(typed), key) == (asked.address, asked.key):
            _answered(asked)


def _answered(asked: _Asked) -> None:
    if not asked.work.finished:
        _asking(asked.work)
        return
    try:
        found = asked.work.result()
    except ChatError as error:
        problem.draw(error)
        if error.kind in _UNLISTED:
            _choose(Found("", asked.address, ()), asked.key)
        return
    if found is not None:
        _choose(found, asked.key)


@st.fragment(run_every=_LOOK_SECONDS)
def _asking(work: Beside[Found]) -> None:
    if work.finished:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Asking the server ...")
        if st.button("Stop", key="stop-listing", type="tertiary"):
            work.stop()
            del st.session_state[_ASKED]
            st.rerun()


def _choose(found: Found, key: str) -> None:
    if found.models:
        name = st.selectbox("Model", found.models, format_func=plain, key="language-model-name", width=_WIDTH)
    else:
        name = st.text_input("Name of the model", key="language-model-unlisted", width=_WIDTH).strip()
    price_in, price_out = _price()
    chosen = LanguageModel("address", name, found.base_url, key, price_in=price_in, price_out=price_out)
    if chosen.is_readable_on_the_way:
        st.warning(
            f"Words and key would travel to {plain(chosen.place)} without encryption. An address that begins "
            "with https hides them on the way.",
        )
    if st.button("Use it", key="use-address", type="primary"):
        if not name:
            raise RehearseError("No model is named.", "Type the name that the server knows it by.")
        resources.connect_model(chosen)
        del st.session_state[_ASKED]
        st.session_state[_FORM] += 1
        st.rerun()


def _price() -> tuple[float | None, float | None]:
    """US dollars per million tokens, where they are given."""
    with st.expander("Price (optional)"):
        st.caption("US dollars per million tokens. With both, what judging costs is shown before and after.")
        with st.container(horizontal=True):
            sent = st.number_input("Sent", 0.0, 10_000.0, None, key="language-model-price-in", width=160)
            written = st.number_input(
                "Received", 0.0, 10_000.0, None, key="language-model-price-out", width=160
            )
    return sent, written
