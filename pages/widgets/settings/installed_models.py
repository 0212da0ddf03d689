"""Language models that run on this computer: what each was measured to be good for, install and remove."""

from __future__ import annotations

import streamlit as st

from analysis.llm.local.served_model import CONTEXT_TOKENS, why_unavailable
from analysis.models.shelf import arrived_bytes, is_installed, remove
from data.domain import RehearseError
from data.model_table import Model, models_for
from pages.widgets import problem, resources
from pages.widgets.plain import plain
from pages.widgets.settings import model_arrival


def show(used: str | None = None) -> Model | None:
    """Draw every model of the table; the one whose *Use* was pressed in this run, else None.

    `used` is the name of the one that is connected: it cannot be removed.
    """
    if reason := why_unavailable():
        st.warning(reason)
    pressed = None
    for model in models_for("language"):
        with st.expander(_title(model, used), expanded=_is_open(model)):
            st.markdown(_told(model))
            if resources.arrivals().take(model):
                st.toast(f"{plain(model.title)} is here.")
            model_arrival.show(model)
            if is_installed(model, resources.settings().models_dir) and model.name != used:
                pressed = _here(model) or pressed
            elif arrived_bytes(model, resources.settings().models_dir):
                _remove(model)
    return pressed


def _title(model: Model, used: str | None) -> str:
    here = "on this computer" if is_installed(model, resources.settings().models_dir) else "not here"
    return (
        f"{plain(model.title)} · {model.size_bytes / 1e9:.1f} GB · {'in use' if model.name == used else here}"
    )


def _told(model: Model) -> str:
    memory = (model.size_bytes * 1.2 + model.cache_bytes_a_token * CONTEXT_TOKENS) / 1e9
    return (
        f"{plain(model.about)}. Needs about {memory:.1f} GB of memory while it is loaded. Good for: "
        f"{plain(model.good_for)}."
    )


def _is_open(model: Model) -> bool:
    arrival = resources.arrivals().of(model)
    return arrival is not None and (arrival.runs or arrival.problem is not None)


def _here(model: Model) -> Model | None:
    use, away = st.columns(2)
    with away:
        _remove(model)
    return model if use.button("Use", key=f"use-{model.name}") else None


def _remove(model: Model) -> None:
    if not st.button("Remove", key=f"remove-{model.name}"):
        return
    try:
        resources.arrivals().forget(model)
        remove(model, resources.settings().models_dir)
    except RehearseError as error:
        problem.draw(error)
        return
    st.rerun()
