"""Says where somebody talks to an AI system or reads what one wrote: which it is and where it runs."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.scoring import written_by
from data.domain import Score
from pages.widgets import examined, resources
from pages.widgets.plain import plain
from pages.widgets.who_receives import place_of


def before_interview(*, by_model: bool, synthetic_voice: bool) -> None:
    """Draw the notice before an interview, in which a language model takes part or none does."""
    used = resources.language_model() if by_model else None
    voice = " Its voice is synthetic." if synthetic_voice else ""
    if used is None:
        here = "computer" if resources.viewer().role == "local" else "server"
        st.caption(
            "The interviewer is an AI system, not a person: a program on this "
            f"{here} picks questions and follow-ups from the bank; no language model takes part.{voice}"
        )
    else:
        st.caption(
            f"The interviewer is an AI system, not a person: the language model {plain(used.model)} at "
            f"{plain(place_of(used))} words its follow-up questions and judges your answers.{voice}"
        )


def of_levels(scores: Sequence[Score]) -> None:
    """Draw who wrote levels and remarks if a language model did, and whether these levels count nowhere."""
    used = resources.language_model()
    known = used is not None and used.model == written_by.language_model(scores)
    told = written_by.sentence(scores, place_of(used) if used is not None and known else "")
    if told := f"{told} {examined.sentence(scores)}".strip():
        st.caption(plain(told))


def of_replies() -> None:
    """Draw who writes the replies of a talk about feedback."""
    used = resources.language_model()
    if used is not None:
        st.caption(
            f"Replies are written by an AI system: the language model {plain(used.model)} at "
            f"{plain(place_of(used))}."
        )
