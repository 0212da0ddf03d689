"""One model that is not here: what it costs, one press to fetch it, how far it is, stop and go on."""

from __future__ import annotations

import streamlit as st

from analysis.live.model_arrivals import Arrival
from analysis.models.shelf import arrived_bytes, is_installed
from data.model_table import Model, Shipped
from pages.widgets import problem, resources
from pages.widgets.plain import plain

LOOK_SECONDS = 1.0


def show(model: Model) -> None:
    """Draw the press, or how far it is; nothing for a model that is here."""
    arrival = resources.arrivals().of(model)
    if arrival is not None and arrival.runs:
        st.fragment(run_every=LOOK_SECONDS)(_under_way)(arrival)
        return
    if is_installed(model, resources.settings().models_dir):
        return
    if arrival is not None and arrival.problem:
        problem.draw(arrival.problem)
    _offer(model)


def _offer(model: Model) -> None:
    here = arrived_bytes(model, resources.settings().models_dir)
    places = ", else ".join(
        plain(source.place) for source in model.sources if not isinstance(source, Shipped)
    )
    st.caption(
        f"{model.megabytes:,} MB once from {places}, {plain(model.licence)} licence. Only the model is "
        "fetched; nothing about anybody is sent. Every file is checked against a fixed fingerprint."
    )
    label = f"Go on ({here / 1e6:,.0f} of {model.megabytes:,} MB are here)" if here else "Install"
    if st.button(label, key=f"install-{model.name}"):
        resources.arrivals().begin(model)
        st.rerun()


def _under_way(arrival: Arrival) -> None:
    if not arrival.runs:
        st.rerun()
    share = arrival.here / arrival.whole
    st.progress(share, f"{arrival.here / 1e6:,.0f} of {arrival.whole / 1e6:,.0f} MB")
    if st.button("Stop", key=f"stop-{arrival.model.name}", help="What has arrived is kept, to go on from."):
        arrival.cancel.set()
        arrival.over.wait(LOOK_SECONDS)
        st.rerun()
