"""One quote: the candidate's own words, and a button that plays them when there is a recording."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.domain import Evidence
from data.domain.in_words import clock
from pages.widgets.plain import plain
from pages.widgets.review import player

_LEAD_SECONDS = 0.3
"""Start a little early, so that the first word is not cut."""


def show(evidence: Evidence, *, key: str, playable: bool) -> None:
    """Draw the quote; with a recording, a click jumps there."""
    prompted = "" if evidence.elicitation == "volunteered" else f" ({plain(evidence.elicitation)})"
    if playable and evidence.start_seconds is not None:
        start = max(0.0, evidence.start_seconds - _LEAD_SECONDS)
        st.button(
            f"▶ {clock(evidence.start_seconds)} “{plain(evidence.quote)}”{prompted}",
            key=player.seek_key(start, key),
            type="tertiary",
            on_click=player.seek_to,
            args=(start,),
        )
    else:
        st.markdown(f"> “{plain(evidence.quote)}”{prompted}")


def once(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each place once: a quote may decide several clauses."""
    return tuple({(evidence.turn, evidence.quote): evidence for evidence in found}.values())
