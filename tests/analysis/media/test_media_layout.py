"""One clock for a stranger's recording: gaps shortened, restarts laid end to end, nothing out of order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.media.bounds import MAX_GAP_SECONDS
from analysis.media.intake.layout import Covered, Layout, Segments, merged


def test_a_long_gap_is_shortened_and_a_short_one_is_not() -> None:
    layout = Layout([[[(10.0, 12.0), (100.0, 103.0)]]])
    assert layout.seconds == 2 + MAX_GAP_SECONDS + 3
    assert layout.gaps == [(2.0, 88.0)]
    assert [layout.place(0, 0, at) for at in (10.0, 12.0, 100.0, 103.0)] == [0.0, 2.0, 7.0, 10.0]
    assert layout.place(0, 0, 50.0) <= 7.0
    assert merged([(0.0, 1.0), (5.0, 6.0)]) == [(0.0, 6.0)]


def test_what_starts_again_comes_after_what_was_before() -> None:
    layout = Layout([[[(0.0, 4.0)], [(1.0, 3.0)]], [[(7.0, 8.0)]]])
    assert layout.seconds == 7.0
    assert layout.pieces == 3
    assert (layout.place(0, 1, 1.0), layout.place(1, 0, 7.0)) == (4.0, 6.0)


def test_a_clock_that_goes_back_has_started_again() -> None:
    segments = Segments()
    assert [segments.number(0, at) for at in (0.0, 5.0, 4.8, 0.1, 2.0)] == [0, 0, 0, 1, 1]
    assert segments.number(1, 0.0) == 0


TIMES = st.floats(-1e12, 1e12) | st.floats(0, 100)


@given(st.lists(st.tuples(TIMES, TIMES), max_size=30))
def test_whatever_the_times_are_the_layout_is_short_and_in_order(spans: list[tuple[float, float]]) -> None:
    covered = Covered()
    for start, end in spans:
        covered.add(start, end)
    layout = Layout([[covered.spans]])
    found = covered.spans
    assert found == sorted(found)
    held = sum(end - start for start, end in found)
    assert layout.seconds <= held + MAX_GAP_SECONDS * len(found) + 1e-3 * (1 + held)
    places = [layout.place(0, 0, at) for at in sorted(at for span in found for at in span)]
    assert places == sorted(places)
    assert all(place >= 0 for place in places)
