"""What this installation can do already, and what is missing, each with one press to have it."""

from __future__ import annotations

import streamlit as st

from analysis.models.shelf import is_installed
from analysis.speech.models import chosen_model
from data.access import may_configure
from data.language_model import LanguageModel
from data.rubrics import load_rubric
from pages.widgets import resources, way_on, who_receives
from pages.widgets.answer import device_check
from pages.widgets.plain import plain
from pages.widgets.settings import model_arrival, speech_models

_ASK_THEM = "An administrator of this server sees to it."


def show() -> None:
    """Draw all of it, for a first visit."""
    st.subheader("What is ready")
    devices, speech, model = st.columns(3)
    with devices, st.container(border=True, height="stretch"):
        st.markdown("**Camera and microphone**")
        st.caption("They stay off until you start. Picture and sound of this check stay in your browser.")
        device_check.show("check-home")
    with speech, st.container(border=True, height="stretch"):
        _speech()
    with model, st.container(border=True, height="stretch"):
        _language_model()


def show_missing() -> None:
    """Draw only what is missing, for somebody who has been here before; nothing where nothing is."""
    if not _hears():
        with st.container(border=True):
            _speech()
    if resources.language_model() is None and may_configure(resources.viewer()):
        way_on.show("pages/settings.py", "Connect a language model, to have answers judged")


def _hears() -> bool:
    settings = resources.settings()
    if settings.stt_place or settings.stt_model_dir:
        return True
    return is_installed(chosen_model(settings.models_dir), settings.models_dir)


def _speech() -> None:
    settings = resources.settings()
    if not _hears():
        st.markdown("**Speech recognition** · :orange-badge[not here yet]")
        st.caption("Spoken answers are recorded and kept; their words wait for it. Typing works.")
        if may_configure(resources.viewer()):
            model_arrival.show(chosen_model(settings.models_dir))
        else:
            st.caption(_ASK_THEM)
        return
    st.markdown("**Speech recognition** · :green-badge[ready]")
    st.caption(speech_models.told())


def _language_model() -> None:
    used, chooses = resources.language_model(), may_configure(resources.viewer())
    if used is not None:
        _connected(used)
        return
    st.markdown("**Language model** · :gray-badge[not connected]")
    st.caption(
        "Everything works without one: what you said is held against what was asked, with your own words as "
        "proof. With one, answers are judged and follow-up questions fit what you said."
    )
    if chooses:
        way_on.show("pages/settings.py", "Connect or install one")
    else:
        st.caption(_ASK_THEM)


def _connected(used: LanguageModel) -> None:
    judge = resources.judge()
    exams, rubric = resources.session().exams, load_rubric().version
    exam = exams.of(judge.version, rubric) if judge is not None else None
    if exam is not None and exam.passed:
        st.markdown("**Language model** · :green-badge[ready]")
        said, way = "it passed the exam, so its levels count", "What it can do"
    else:
        st.markdown("**Language model** · :orange-badge[connected]")
        failed = "did not pass the exam" if exam is not None else "has not sat the exam"
        said, way = f"it judges answers, but {failed}: its levels count nowhere", "To its exam"
    st.caption(f"{plain(used.model)}, at {plain(who_receives.place_of(used))}: {plain(said)}.")
    way_on.show("pages/settings.py", way)
