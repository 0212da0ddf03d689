"""A line while newer figures about cohorts are being published: of when those shown meanwhile are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.widgets import clock, resources
from pages.widgets.plain import plain

if TYPE_CHECKING:
    from data.store.newer_figures import UnderWay

OF_A_COHORT = (
    "cohort_competencies",
    "cohort_coverage",
    "cohort_delivery",
    "cohort_heard",
    "cohort_levels",
    "cohort_questions",
    "cohort_weak_points",
)
"""Queries that read published figures of one cohort."""
_EVERY_SECONDS = 2.0


def show(*queries: str, **given: object) -> None:
    """Draw it where something of what these queries read is being published; then the page once more."""
    if resources.session().newer_figures(*queries, **given) is not None:
        st.fragment(run_every=_EVERY_SECONDS)(_line)(queries, given)


def _line(queries: tuple[str, ...], given: dict[str, object]) -> None:
    under_way = resources.session().newer_figures(*queries, **given)
    if under_way is None:
        st.rerun()
    else:
        st.caption(plain(_told(under_way)))


def _told(under_way: UnderWay) -> str:
    if under_way.shown is None:
        return "Figures are being worked out for the first time and appear here when they are ready."
    day = clock.written(under_way.shown)
    return f"Shown are figures of {day} (UTC) and before; newer ones are being worked out and appear here."
