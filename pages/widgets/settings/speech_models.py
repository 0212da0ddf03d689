"""Which speech model writes answers down: what is in use, where sound goes, a larger model on request."""

from __future__ import annotations

import streamlit as st

from analysis.speech.models import choose_model, chosen_model, download_model, installed
from data.access import may_configure
from data.domain import RehearseError
from data.settings import Settings
from data.speech_weights import BASE, MODELS, SpeechModel
from pages.widgets import problem, resources, who_receives
from pages.widgets.plain import plain

_HUB = "huggingface.co"


def show() -> None:
    """Draw the engine in use, the choice of model and, for one that is not here, its download."""
    settings = resources.settings()
    if settings.stt_place:
        st.markdown(
            f"{who_receives.line('sound')} When that fails, the model on this computer takes over and the "
            "answer says so."
        )
    else:
        here = "computer" if resources.viewer().role == "local" else "server"
        st.markdown(f"Answers are written down on this {here}; no sound leaves it.")
    if settings.stt_model_dir:
        readiness = resources.transcriber().readiness()
        state = "ready" if readiness.ready else readiness.reason
        st.markdown(
            f"`STT_MODEL_DIR` is set: the model in {plain(settings.stt_model_dir)} is used ({plain(state)})."
        )
        return
    if may_configure(resources.viewer()):
        _choose(settings)
    else:
        st.caption(
            f"Model: {plain(chosen_model(settings.models_dir).name)}. "
            "An administrator chooses it for everybody."
        )


def _choose(settings: Settings) -> None:
    used = chosen_model(settings.models_dir)
    name = st.radio(
        "Model on this computer",
        list(MODELS),
        index=list(MODELS).index(used.name),
        format_func=lambda name: plain(_line(MODELS[name], settings)),
        help="A larger model mishears less and takes longer. It is used from the next answer on.",
    )
    model = MODELS[name]
    if not installed(model, settings.models_dir):
        _offer(model, settings)
    elif model != used:
        choose_model(model, settings.models_dir)
        resources.transcriber.clear()
        st.rerun()


def _line(model: SpeechModel, settings: Settings) -> str:
    here = "on this computer" if installed(model, settings.models_dir) else "to be downloaded"
    ships = ", ships with Rehearse" if model is BASE else ""
    return f"{model.name} · {model.languages}, {model.megabytes} MB, {here}{ships}"


def _offer(model: SpeechModel, settings: Settings) -> None:
    agreed = st.checkbox(
        f"Download {model.megabytes:d} MB once from {_HUB} ({plain(model.origin)}, {plain(model.licence)} "
        "licence). Only the model is fetched; nothing about me is sent. Every file is checked against a "
        "fixed fingerprint.",
        key=f"download-{model.name}",
    )
    if not st.button("Download and use it", disabled=not agreed):
        return
    bar = st.progress(0.0, "Downloading ...")

    def progress(seen: int, whole: int) -> None:
        bar.progress(min(1.0, seen / whole), f"{seen / 1e6:.0f} of {whole / 1e6:.0f} MB")

    try:
        download_model(model, progress, settings.models_dir)
    except RehearseError as error:
        bar.empty()
        problem.draw(error)
        return
    choose_model(model, settings.models_dir)
    resources.transcriber.clear()
    st.rerun()
