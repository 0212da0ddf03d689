"""What a page has made is kept for the visit, and made again when its inputs change."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest


def drawn_with(value: object) -> AppTest:
    def page() -> None:
        import pandas as pd
        import streamlit as st

        from pages.widgets.made_once import kept

        def make(frame: pd.DataFrame, *, marks: list[str]) -> str:
            st.session_state["made"] = st.session_state.get("made", 0) + 1
            return f"{frame['a'].sum()} {marks}"

        frame = pd.DataFrame({"a": st.session_state["values"]})
        st.text(kept("sum", make, frame, marks=["x"]))

    app = AppTest.from_function(page)
    app.session_state["values"] = value
    return app.run()


@pytest.mark.slow
def test_the_same_inputs_give_what_was_made_before() -> None:
    app = drawn_with([1, 2])
    app.run()
    assert app.session_state["made"] == 1
    assert app.text[0].value == "3 ['x']"


def test_other_inputs_are_made_anew_and_take_its_place() -> None:
    app = drawn_with([1, 2])
    app.session_state["values"] = [1, 5]
    app.run()
    assert app.text[0].value == "6 ['x']"
    app.session_state["values"] = [1, 2]
    app.run()
    assert app.session_state["made"] == 3


def test_equal_frames_are_the_same_input_whatever_object_they_are() -> None:
    from pages.widgets.made_once import _same

    one, other = pd.DataFrame({"a": [1.0, None]}), pd.DataFrame({"a": [1.0, None]})
    assert _same((one, ["x"]), (other, ["x"]))
    assert not _same((one,), (pd.DataFrame({"a": [1.0, 2.0]}),))
    assert not _same((1,), (1, 2))
