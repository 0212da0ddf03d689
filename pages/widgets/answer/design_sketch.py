"""A design as text that becomes a picture: one arrow a line, kept while it is typed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.written.drafts import sketch_key, sketch_of
from data.domain import Change, Question
from pages.widgets import drafting
from pages.widgets.answer import code_editor
from pages.widgets.review import sketch_drawn

TEMPLATE = """flowchart LR
  client[Client] -->|HTTPS| api[API]
  api --> cache[(Cache)]
  api --> db[(Database)]
  api -->|events| queue[[Queue]]
  queue --> worker[Worker]
"""


@st.fragment
def show(question: Question, wrote: Callable[[], None]) -> None:
    """Draw the pane: the text, the picture, and the list of what is in it; `wrote` is told of changes."""
    key = sketch_key(question.id)

    def keep(change: Change) -> None:
        drafting.keep(key, change)
        wrote()

    draft = drafting.kept(key)
    kept = sketch_of(draft)
    with st.expander("Sketch the design · optional", expanded=kept is not None, icon=":material/schema:"):
        st.caption(
            "Draw with words: the first line is “flowchart LR”, then one arrow a line; or “sequenceDiagram”. "
            "Other kinds are kept as text. Picture and list of components go with your "
            "answer; the judge reads the list."
        )
        left, right = st.columns([4, 5], gap="medium")
        with left:
            code_editor.plain(
                f"sketch {question.id}",
                draft,
                label="Your sketch as text",
                template=TEMPLATE,
                offer="Begin with a small template",
                keep=keep,
            )
        with right:
            drafting.trouble()
            if kept:
                sketch_drawn.picture(kept)
            else:
                st.caption("The picture appears here.")
