"""The six steps of a design answer as a quiet line: how much of the words each got."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

_STYLE = """<style>
.rail { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; font-size: 0.85rem; }
.rail span { flex: 1 1 6.5rem; border-top: 4px solid #8a949e; padding-top: 0.2rem; }
.rail span.heard { border-top-color: #0072B2; }
</style>"""


def show(steps: Sequence[tuple[str, float]]) -> None:
    """Draw the steps with their share of the words (0-1); a step without any says so."""
    parts = [
        f'<span role="listitem" class="{"heard" if share else ""}">{html.escape(name)}<br>'
        f"{f'{share:.0%} of the words' if share else 'not heard'}</span>"
        for name, share in steps
    ]
    st.html(f'{_STYLE}<div class="rail" role="list">{"".join(parts)}</div>')
