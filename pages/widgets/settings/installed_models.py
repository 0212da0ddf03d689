"""Language models that run on this computer: what each is good for, one press to install, use and remove."""

from __future__ import annotations

import streamlit as st

from analysis.llm.local.runtime import RUNTIME
from analysis.llm.local.served_model import CONTEXT_TOKENS, why_unavailable
from analysis.models.shelf import arrived_bytes, folder_of, is_installed, remove
from data.language_model import LanguageModel
from data.model_table import Model, models_for
from pages.widgets import problem, resources
from pages.widgets.plain import plain
from pages.widgets.settings import model_arrival


def show() -> None:
    """Draw what is in memory now, and every model of the table."""
    if reason := why_unavailable():
        st.warning(plain(reason))
    _in_memory()
    used = resources.language_model()
    for model in models_for("language"):
        if resources.arrivals().take(model):
            st.toast(f"{plain(model.title)} is here.")
        with st.container(border=True):
            _row(model, is_used=used is not None and used.model == model.name and used.kind == "installed")


def _in_memory() -> None:
    loaded = RUNTIME.loaded
    if loaded is not None and loaded.memory_bytes is not None:
        st.caption(
            f"In memory now: {plain(loaded.file.name)}, {loaded.memory_bytes / 1e9:.1f} GB. It goes "
            "by itself when nobody has asked it for five minutes."
        )


def _row(model: Model, is_used: bool) -> None:
    here = is_installed(model, resources.settings().models_dir)
    state = "in use" if is_used else "on this computer" if here else "not here yet"
    st.markdown(f"**{plain(model.title)}** · {model.size_bytes / 1e9:.1f} GB · {state}")
    st.caption(_told(model))
    model_arrival.show(model)
    with st.container(horizontal=True):
        if here and not is_used and st.button("Use", key=f"use-{model.name}"):
            _use(model)
        if not is_used and (here or arrived_bytes(model, resources.settings().models_dir)):
            _offer_removal(model)


def _told(model: Model) -> str:
    memory = (model.size_bytes * 1.2 + model.cache_bytes_a_token * CONTEXT_TOKENS) / 1e9
    return (
        f"{plain(model.about)}. Takes about {memory:.1f} GB of memory while it is loaded. Good for: "
        f"{plain(model.good_for)}."
    )


def _use(model: Model) -> None:
    file = folder_of(model, resources.settings().models_dir) / model.files[0].name
    with problem.show():
        resources.connect_model(LanguageModel("installed", model.name, file=file))
        st.rerun()


def _offer_removal(model: Model) -> None:
    if not st.button("Remove", key=f"remove-{model.name}"):
        return
    with problem.show():
        resources.arrivals().forget(model)
        remove(model, resources.settings().models_dir)
        st.rerun()
