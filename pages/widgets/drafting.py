"""What is being written, kept every few seconds: the one way from a box in the browser to the store and back.

`drafting.js` is what every box has in common: it sends each change with its version until it is told that it
is kept, and lets whoever writes choose when another tab has written something else.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.written.drafts import LONGEST_TEXT, within_limits
from data.domain import Change, Draft, RehearseError
from pages.widgets import resources
from pages.widgets.plain import plain

_HERE = Path(__file__)
_TROUBLE = "draft-trouble"


def component(name: str, path: Path) -> Any:
    """A box of its own (`path` with .html, .css and .js beside it) that keeps what is written in it."""
    script, style = (_HERE.with_suffix(kind).read_text(encoding="utf-8") for kind in (".js", ".css"))
    return st.components.v2.component(
        name,
        html=path.with_suffix(".html").read_text(encoding="utf-8"),
        css=path.with_suffix(".css").read_text(encoding="utf-8") + style,
        js=script + path.with_suffix(".js").read_text(encoding="utf-8"),
    )


def kept(key: str) -> Draft:
    """The draft of whoever is looking as it was last kept; empty when there is none."""
    return resources.session().drafts.find(resources.candidate_id(), key)


def change_of(sent: Mapping[str, object] | None, longest: int = LONGEST_TEXT) -> Change | None:
    """What a box has sent, as far as it makes sense."""
    if not isinstance(sent, Mapping) or not sent.get("version"):
        return None
    text, version, base = (str(sent.get(name) or "") for name in ("text", "version", "base"))
    return within_limits(Change(text, version, base), longest)


def keep(key: str, change: Change) -> bool:
    """Keep a change; False when another tab has written something newer, or it could not be kept.

    The box finds that out from the draft it is shown next, and asks or tries again.
    """
    try:
        now = resources.session().drafts.keep(resources.candidate_id(), key, change)
    except RehearseError as error:
        st.session_state[_TROUBLE] = error
        return False
    st.session_state.pop(_TROUBLE, None)
    return now.version == change.version


def put(key: str, text: str) -> None:
    """Put this text into the box, as if another tab had written it."""
    resources.session().drafts.put(resources.candidate_id(), key, Draft(text, f"{uuid.uuid4().hex}.1"))


def drop(key: str) -> None:
    """The draft was finished."""
    resources.session().drafts.drop(resources.candidate_id(), key)


def trouble() -> None:
    """Draw why the last change could not be kept, if it could not."""
    error = st.session_state.get(_TROUBLE)
    if error is not None:
        st.warning(
            f"{plain(error)} What you write stays in the box and is tried again.",
            title="Your draft is not kept",
        )
