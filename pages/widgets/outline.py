"""What a strong answer says, hidden until asked for: outline, worked answers, wrong claims, levels."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.domain import Question
from pages.widgets.plain import plain, plain_lines


def show(question: Question) -> None:
    """Draw it folded away."""
    with st.expander("Outline of a strong answer"):
        draw(question)


def draw(question: Question) -> None:
    """Draw it open: in tabs where a question holds more than an outline."""
    parts: list[tuple[str, bool, Callable[[Question], None]]] = [
        ("Outline", True, _outline),
        ("Worked answers", bool(question.examples), _examples),
        ("Often said, and wrong", bool(question.misconceptions), _misconceptions),
        ("Levels and follow-ups", bool(question.expected or question.follow_ups), _levels),
    ]
    there = [(title, part) for title, filled, part in parts if filled]
    if len(there) == 1:
        _outline(question)
        return
    for tab, (_, part) in zip(st.tabs([plain(title) for title, _ in there]), there, strict=True):
        with tab:
            part(question)


def _outline(question: Question) -> None:
    st.markdown(plain_lines(question.outline) or "This question has no outline.")
    _list("To read", question.reading)


def _examples(question: Question) -> None:
    st.caption("One way to say it, spoken at an ordinary pace; others are as good.")
    for level, text in question.examples.items():
        st.markdown(f"**{plain(level.capitalize())}**  \n{plain_lines(text)}")


def _misconceptions(question: Question) -> None:
    for one in question.misconceptions:
        source = f"  \n:gray[{plain(one.source)}]" if one.source else ""
        st.markdown(f"“{plain(one.wrong)}”  \n**What is right:** {plain(one.right)}{source}")


def _levels(question: Question) -> None:
    _list(
        "What an answer shows at each level",
        [f"{level.capitalize()}: {text}" for level, text in question.expected.items()],
    )
    _list("Asked next", question.follow_ups)
    if question.twist:
        st.markdown(f"**When the design is sound**  \n{plain(question.twist.text)}")


def _list(title: str, items: list[str] | tuple[str, ...]) -> None:
    if items:
        st.markdown(f"**{plain(title)}**")
        st.markdown("\n".join(f"- {plain(item)}" for item in items))
