"""A text box for an answer of several turns: kept while it is written, sent with a button or Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

_HERE = Path(__file__)
_BOX = st.components.v2.component(
    "rehearse_draft_box",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What the box holds. `sent`: the candidate has finished it."""

    text: str
    sent: bool


def show(
    key: str,
    *,
    draft: str,
    version: int,
    enabled: bool = True,
    label: str = "Your answer",
    send: str = "Send",
) -> Written | None:
    """Draw the box; None when it holds nothing new for this version.

    A new `version` puts `draft` into the box; until then the box keeps what the candidate wrote.
    """
    data = {
        "label": label,
        "send": send,
        "placeholder": "Write as you would say it. Every word is kept while you write.",
        "draft": draft,
        "version": version,
        "enabled": enabled,
    }
    drawn = _BOX(key=key, data=data, on_draft_change=lambda: None, on_sent_change=lambda: None)
    sent = _of(drawn.get("sent"), version)
    if sent is not None:
        return Written(sent, sent=True)
    kept = _of(drawn.get("draft"), version)
    return None if kept is None else Written(kept, sent=False)


def _of(value: Mapping[str, object] | None, version: int) -> str | None:
    if value is None or value.get("version") != version:
        return None
    return str(value.get("text") or "")
