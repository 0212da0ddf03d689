"""Figures: what they show, what they say when there is nothing, one point, or a lot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from analysis import charts
from analysis.charts.theme import faint
from data.domain import Interval, SignalFrame
from tests.stored import BEGAN, result, score


def _levels(*levels: float, scorer: str = "plain", version: str = "1") -> pd.DataFrame:
    rows = [
        {
            "criterion": "C2",
            "scorer": scorer,
            "scorer_version": version,
            "rubric_version": "r1",
            "session_id": f"{scorer}-{version}-{number}",
            "started_at": pd.Timestamp(BEGAN).tz_localize(None) + pd.Timedelta(days=number),
            "level": level,
            "low": level - 0.5,
            "high": level + 0.5,
            "n": 2,
        }
        for number, level in enumerate(levels)
    ]
    columns = ["criterion", "scorer", "scorer_version", "rubric_version", "session_id", "started_at"]
    return pd.DataFrame(rows, columns=[*columns, "level", "low", "high", "n"])


def _measured(*values: float, unit: str = "share", coverage: float | None = None) -> pd.DataFrame:
    frame = _levels(*values).rename(columns={"level": "value"}).assign(name="slouch", unit=unit)
    return frame if coverage is None else frame.assign(coverage=coverage)


def _text(figure: Any) -> str:
    return str(figure.to_json())


def _lines(figure: Any) -> list[Any]:
    return [trace for trace in figure.data if trace.mode == "lines+markers"]


EMPTY = pd.DataFrame()


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (charts.competency_trend(EMPTY), "No scored answer yet."),
        (charts.delivery_trend(EMPTY), "No spoken answer was measured yet."),
        (charts.signal_trend(EMPTY), "No answer on camera was measured yet."),
        (charts.coverage_heatmap(EMPTY), "The question bank is empty."),
        (charts.practice_time(EMPTY), "Nothing practised yet."),
        (charts.level_bars(()), "This answer has not been scored."),
        (charts.gaze_timeline(()), "The camera was off, so gaze was not measured."),
        (charts.posture_timeline(()), "Posture was not measured."),
    ],
)
def test_with_nothing_to_draw_a_figure_says_so(figure: Any, sentence: str) -> None:
    assert sentence in _text(figure)
    assert charts.describe(figure) == sentence
    assert not figure.data


@pytest.mark.slow
def test_every_figure_is_transparent_and_describes_itself() -> None:
    full = result()
    assert full.speech is not None and full.assessment is not None
    for figure in (
        charts.competency_trend(_levels(1.0, 2.0)),
        charts.delivery_trend(_measured(0.2, 0.3)),
        charts.signal_trend(_measured(0.2, 0.3, coverage=0.9)),
        charts.level_bars(full.assessment.scores),
        charts.gaze_timeline(full.frames),
        charts.posture_timeline(full.frames),
        charts.speech_timeline(full.speech),
    ):
        assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
        assert len(charts.describe(figure)) > 20


def test_a_trend_names_its_axes_with_n() -> None:
    figure = charts.competency_trend(_levels(1.0, 2.0, 3.0))
    assert figure.layout.yaxis.title.text == "Level, 1 to 4"
    assert figure.layout.xaxis.title.text == "Session · n = 6 answers in 3 sessions"


def test_the_uncertainty_of_several_points_is_a_band() -> None:
    low, high, _ = charts.competency_trend(_levels(1.0, 2.0)).data
    assert list(low.y) == [0.5, 1.5]
    assert list(high.y) == [1.5, 2.5]
    assert high.fill == "tonexty"


def test_the_uncertainty_of_one_point_is_an_error_bar() -> None:
    figure = charts.competency_trend(_levels(2.0), "Failure modes")
    (line,) = figure.data
    assert line.error_y.visible
    assert list(line.error_y.array) == [0.5]
    assert charts.describe(figure) == "Failure modes: 2.0 in one session, 2 answers."


def test_two_scorers_are_two_lines_that_are_never_joined() -> None:
    both = pd.concat([_levels(1.0, 2.0), _levels(3.0, 4.0, version="2"), _levels(2.0, scorer="judge")])
    figure = charts.competency_trend(both)
    assert {line.name: list(line.y) for line in _lines(figure)} == {
        "plain 1": [1.0, 2.0],
        "plain 2": [3.0, 4.0],
        "judge 1": [2.0],
    }
    assert figure.layout.showlegend
    symbols = [line.marker.symbol[0] for line in _lines(figure)]
    assert len(set(symbols)) == 3


def test_shares_become_percent_only_on_screen() -> None:
    (line,) = _lines(charts.delivery_trend(_measured(0.2, 0.3)))
    assert list(line.y) == pytest.approx([20, 30])


def test_a_signed_signal_is_not_cut_at_zero() -> None:
    figure = charts.signal_trend(_measured(-0.2, 0.3))
    assert figure.layout.yaxis.range is None
    assert figure.layout.yaxis.rangemode is None


def test_points_with_little_coverage_are_hollow_and_say_how_little() -> None:
    little = charts.signal_trend(_measured(0.2, 0.3, coverage=0.4))
    enough = charts.signal_trend(_measured(0.2, 0.3, coverage=0.9))
    assert list(_lines(little)[0].marker.symbol) == ["circle-open", "circle-open"]
    assert list(_lines(enough)[0].marker.symbol) == ["circle", "circle"]
    assert "measured in 40% of speaking time" in _lines(little)[0].customdata[0]


def test_two_hundred_sessions_stay_readable() -> None:
    figure = charts.competency_trend(_levels(*([2.0, 3.0] * 100)))
    assert (figure.data[-1].mode, figure.data[-1].marker.size) == ("markers", 5)
    assert "200 sessions" in figure.layout.xaxis.title.text


def test_gaze_rows_give_shares_of_all_analysed_frames() -> None:
    kinds = ("camera", "camera", "down", "not_measurable")
    frames = [SignalFrame(float(second), True, kind) for second, kind in enumerate(kinds)]  # type: ignore[arg-type]
    figure = charts.gaze_timeline(frames)
    rows = {trace.y[0]: list(zip(trace.base, trace.x, strict=True)) for trace in figure.data}
    assert rows["Camera 50%"] == [(0.0, 2.0)]
    assert rows["Screen or down 25%"] == [(2.0, 1.0)]
    assert rows["Not measurable 25%"] == [(3.0, 1.0)]
    assert "camera 50%" in charts.describe(figure)


def test_a_hole_in_the_frames_is_not_painted_over() -> None:
    frames = [SignalFrame(second, True, "camera") for second in (0.0, 1.0, 2.0, 3.0, 60.0, 61.0, 62.0)]
    figure = charts.gaze_timeline(frames)
    camera = next(trace for trace in figure.data if trace.y[0].startswith("Camera"))
    assert sum(camera.x) < 20


def test_posture_leaves_gaps_where_nothing_was_measured() -> None:
    frames = [SignalFrame(0.0, True, slouch=0.1), SignalFrame(1.0, False), SignalFrame(2.0, True, slouch=0.2)]
    figure = charts.posture_timeline(frames)
    slouch = next(trace for trace in figure.data if trace.name.startswith("slouch"))
    assert list(slouch.y) == [0.1, None, 0.2]


def test_speech_shows_pauses_of_a_quarter_second_and_every_filler() -> None:
    speech = result().speech
    assert speech is not None
    figure = charts.speech_timeline(
        replace(speech, voiced=(Interval(0, 1), Interval(1.1, 2), Interval(3, 4)))
    )
    pauses = next(trace for trace in figure.data if trace.y[0] == "Pauses")
    assert list(zip(pauses.base, pauses.x, strict=True)) == [(2, 1)]
    assert list(figure.data[0].text) == ["um", "you know"]


def test_fillers_that_were_not_measured_are_not_shown_as_none_said() -> None:
    speech = result().speech
    assert speech is not None
    figure = charts.speech_timeline(replace(speech, fillers=None))
    assert "Fillers: not measured" in _text(figure)
    assert "fillers not measured" in charts.describe(figure)


def test_silence_says_that_no_speech_was_found() -> None:
    speech = result().speech
    assert speech is not None
    assert charts.describe(charts.speech_timeline(replace(speech, voiced=()))) == "No speech was found."


def test_an_unscored_criterion_has_no_bar() -> None:
    figure = charts.level_bars((score(3.0), score(None, "C4")), {"C2": "Fundamentals"})
    assert list(figure.data[0].x) == [3.0, None]
    assert list(figure.data[0].error_x.array) == [1.0, 0.0]
    assert charts.describe(figure) == "Levels: Fundamentals 3.0 (2.0 to 4.0), C4 not scored."


def test_coverage_counts_answered_questions_and_leaves_empty_cells_empty() -> None:
    cells = pd.DataFrame(
        [
            {"category": "system_design", "level": "senior", "questions": 4, "answered": 1, "answers": 9},
            {"category": "coding", "level": "mid", "questions": 2, "answered": 2, "answers": 2},
        ]
    )
    figure = charts.coverage_heatmap(cells)
    heat = figure.data[0]
    assert list(heat.y) == ["Coding", "System design"]
    assert [list(row) for row in heat.z] == [[None, 1.0, None, None], [None, None, 0.25, None]]
    assert [label.text for label in figure.layout.annotations] == ["2/2", "1/4"]
    assert charts.describe(figure) == "3 of 6 questions in the bank answered at least once."


def test_practice_time_is_in_minutes_a_week() -> None:
    weeks = pd.DataFrame(
        [{"week": pd.Timestamp("2026-11-16"), "answers": 3, "sessions": 1, "seconds": 600.0}],
    )
    figure = charts.practice_time(weeks)
    assert list(figure.data[0].y) == [10.0]
    assert charts.describe(figure) == "10 minutes practised in 1 weeks, 3 answers."


def test_a_faint_colour_keeps_its_hue() -> None:
    assert faint("#E69F00", 0.5) == "rgba(230,159,0,0.5)"


def test_many_sessions_are_faint_points_with_a_running_median_that_says_so() -> None:
    few, many = (charts.delivery_trend(_sessions(count)) for count in (40, 41))
    assert "median of 7 sessions" not in few.layout.xaxis.title.text
    assert "median of 7 sessions" in many.layout.xaxis.title.text
    points = many.data[-1]
    assert (points.mode, len(points.x)) == ("markers", 41)
    middle = many.data[-2]
    assert middle.mode == "lines"
    assert middle.y[20] == sorted(points.y[17:24])[3]


def _sessions(count: int) -> pd.DataFrame:
    values = [100.0 + number * 37 % 50 for number in range(count)]
    return pd.DataFrame(
        {
            "name": "speaking_rate_wpm",
            "unit": "words/min",
            "session_id": [f"s{number}" for number in range(count)],
            "started_at": pd.date_range("2026-01-01", periods=count),
            "value": values,
            "low": values,
            "high": values,
            "n": 1,
        }
    )


def test_a_name_makes_no_link_in_a_chart() -> None:
    link = '<a href="http://x.example">Sign in</a>'
    row = {
        "candidate_id": "c",
        "name": link,
        "criterion": "C1",
        "level": 2.0,
        "low": 2.0,
        "high": 2.0,
        "n": 3,
    }
    mean = {"mean": 2.0, "low": 1.5, "high": 2.5, "n": 9}
    drawn = (
        charts.readiness(pd.DataFrame([row]), {"C1": "Design"}),
        charts.means([link], pd.DataFrame([mean]), "Cohort", "9"),
    )
    for figure in drawn:
        figure.update_layout(meta=None)  # read out, not drawn
        assert "<a" not in figure.to_json().replace("\\u003c", "<")


def _heard(*shares: float | None, own: int = 0, version: str = "1") -> pd.DataFrame:
    frame = _levels(*(0.0 if share is None else share for share in shares), version=version)
    share = pd.Series(shares, dtype="float64")
    return frame.assign(heard_share=share, low=share, high=share, own=own, own_share=own / 4, told=4, heard=2)


def test_coverage_is_a_share_in_percent_with_own_marks_as_a_line_of_their_own() -> None:
    figure = charts.coverage_trend(_heard(0.5, 0.75, own=1), "All key points")
    heard, own = _lines(figure)
    assert list(heard.y) == [50, 75] and list(own.y) == [75, 100]
    assert heard.marker.color != own.marker.color and own.line.dash == "dash"
    assert heard.marker.symbol != own.marker.symbol
    assert figure.layout.yaxis.title.text == "Key points, %" and figure.layout.showlegend
    assert charts.describe(figure).startswith("All key points: from 50 % to 75 %")


def test_a_share_of_too_few_points_is_not_drawn() -> None:
    assert charts.describe(charts.coverage_trend(EMPTY)) == "No answer has been read yet."
    assert "too few for a share" in charts.describe(charts.coverage_trend(_heard(None)))
    (line,) = _lines(charts.coverage_trend(_heard(0.5, None)))
    assert list(line.y) == [50]


def test_versions_of_the_reader_are_lines_of_their_own() -> None:
    both = pd.concat([_heard(0.5, 0.6), _heard(0.4, version="2")])
    assert [line.name for line in _lines(charts.coverage_trend(both))] == [
        "heard, reader 1",
        "heard, reader 2",
    ]


def test_what_a_cohort_was_heard_to_say_is_a_share_of_points_with_own_marks_beside_it() -> None:
    rows = [
        {"competency": "C2", "told": 15, "candidates": 5, "heard_share": 0.65, "own_share": 0.05},
        {"competency": "C4", "told": 5, "candidates": 5, "heard_share": 0.0, "own_share": 0.0},
    ]
    figure = charts.heard_of_cohort(pd.DataFrame(rows), {"C1": "Design", "C2": "Depth", "C4": "Failure"})
    heard, own = figure.data
    assert list(heard.x) == [0.65, 0.0] and list(own.x) == [0.05, 0.0]
    assert heard.marker.color != own.marker.color and own.marker.pattern.shape == "/"
    assert heard.y[0] == "Depth<br>n = 15 points of 5 people"
    assert figure.layout.xaxis.title.text == "Share of key points that can be told"
    assert charts.describe(figure) == "Key points heard. Depth: 65%, Failure: 0%."
    empty = pd.DataFrame(columns=list(rows[0]))
    assert "Nothing was heard yet" in charts.describe(charts.heard_of_cohort(empty, {"C2": "Depth"}))
