"""A language model file of one's own, run by this server where it lies."""

from __future__ import annotations

import streamlit as st

from analysis.llm.local.served_model import why_unavailable
from data.language_model import LanguageModel, usable_file
from pages.widgets import problem, resources
from pages.widgets.plain import plain

_WIDTH = 480


def show() -> None:
    """Draw the path and the press."""
    if reason := why_unavailable():
        st.warning(plain(reason))
    typed = st.text_input(
        "GGUF file",
        key="language-model-file",
        placeholder="/home/you/models/model.gguf",
        width=_WIDTH,
        help="The whole path on the computer that runs Rehearse. The file is used where it lies; nothing is "
        "copied or sent.",
    )
    if st.button("Use it", key="use-file", type="primary"):
        with problem.show():
            file = usable_file(typed)
            resources.connect_model(LanguageModel("file", file.name, file=file))
            st.rerun()
