"""A sketch as it is looked at: the picture, drawn from the text each time, and the list of what is in it."""

from __future__ import annotations

import streamlit as st

from analysis.written.drawable import drawable, plain_alt
from analysis.written.mermaid import Diagram, read_diagram
from data.domain import AttemptResult, Sketch
from pages.widgets.plain import plain


def show(result: AttemptResult) -> None:
    """Draw the sketch of an answer; nothing when there is none."""
    if result.sketch is None:
        return
    st.subheader("Design sketch")
    picture(result.sketch)
    with st.expander("The sketch as text", expanded=not read_diagram(result.sketch.text).whole):
        st.code(result.sketch.text, language=None, wrap_lines=True)


def picture(sketch: Sketch) -> None:
    """The picture with its components and arrows; what could not be read is said, and the text stays."""
    found = read_diagram(sketch.text)
    if not found.kind:
        st.warning(plain(found.problem), title="Not a diagram yet")
        return
    if found.whole:
        drawn = drawable(sketch.text, found.line, found.unread)
        st.mermaid_chart(drawn.text, alt=plain_alt(_alt(found)))
        _note(drawn.sentence)
    _note(found.problem)
    _listed(found)


def _note(sentence: str) -> None:
    if sentence:
        st.caption(plain(sentence))


def _alt(found: Diagram) -> str:
    names = ", ".join(component.name for component in found.components)
    return f"Design sketch with {names}" if names else "Design sketch"


def _listed(found: Diagram) -> None:
    if not found.components:
        return
    count = f"{len(found.components)} components, {len(found.connections)} arrows"
    with st.expander(count):
        for component in found.components:
            st.text(f"{component.name} (in {component.group})" if component.group else component.name)
        for connection in found.connections:
            st.text(connection.sentence)
