"""Which speech model writes answers down: what is in use, where sound goes, a larger model on request."""

from __future__ import annotations

import streamlit as st

from analysis.models.shelf import is_installed
from analysis.speech.models import DEFAULT, choose_model, chosen_model, speech_models
from data.access import may_configure
from data.model_table import Model
from data.settings import Settings
from pages.widgets import resources, who_receives
from pages.widgets.plain import plain
from pages.widgets.settings import model_arrival


def show() -> None:
    """Draw the engine in use, the choice of model and, for one that is not here, its arrival."""
    settings = resources.settings()
    st.markdown(told())
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


def told() -> str:
    """Who writes answers down, in a sentence that may be drawn."""
    if resources.settings().stt_place:
        return (
            f"{who_receives.line('sound')} When that fails, the model on this computer takes over and the "
            "answer says so."
        )
    here = "computer" if resources.viewer().role == "local" else "server"
    return f"Answers are written down on this {here}; no sound leaves it."


def use_arrived() -> None:
    """Use a model that a fetch has brought since this was last asked."""
    for model in speech_models().values():
        if resources.arrivals().take(model):
            _use(model, resources.settings())


def _choose(settings: Settings) -> None:
    models, folder = speech_models(), settings.models_dir
    use_arrived()
    used = chosen_model(folder)
    name = st.radio(
        "Model on this computer",
        list(models),
        index=list(models).index(used.name),
        format_func=lambda name: plain(_line(models[name])),
        captions=[plain(_state(one, settings)) for one in models.values()],
        help="A larger model takes longer. The one chosen is used from the next answer on.",
    )
    model = models[name]
    model_arrival.show(model)
    if is_installed(model, folder) and model != used:
        _use(model, settings)
        st.rerun()
    if not is_installed(used, folder):
        st.warning("No speech model is on this computer yet: answers are kept, and typed until there is one.")


def _use(model: Model, settings: Settings) -> None:
    choose_model(model, settings.models_dir)
    resources.transcriber.clear()


def _state(model: Model, settings: Settings) -> str:
    """Whether it is here, and what it was measured to be good for."""
    here = "on this computer" if is_installed(model, settings.models_dir) else "not here yet"
    return f"{here} · {model.good_for}"


def _line(model: Model) -> str:
    default = ", the default" if model.name == DEFAULT else ""
    return f"{model.name} · {model.about}, {model.megabytes} MB{default}"
