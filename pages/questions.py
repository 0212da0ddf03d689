"""Add questions of your own: a file, or what fits a job description; choose and remove sets."""

from __future__ import annotations

import streamlit as st

from data.domain import RehearseError
from pages.widgets import problem
from pages.widgets.study import own_sets, tailored

st.title("Your questions")
try:
    tailored.show()
    own_sets.show()
except RehearseError as error:
    problem.draw(error)
