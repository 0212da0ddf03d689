"""How something changes over sessions: one line per scorer or signal, its range as a band.

The frames are those of the named queries `competency_trend`, `delivery_trend` and `signal_trend`,
narrowed to one criterion or signal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from analysis.charts.theme import GREY, SERIES, SYMBOLS, faint, figure, nothing_to_draw

if TYPE_CHECKING:
    import pandas as pd

    from data.rubrics import ExpectedLevel

_SCORER = ["scorer", "scorer_version", "rubric_version"]
_DAY_MS = 24 * 3600 * 1000
_UNITS = {"s": "Seconds", "count": "Number per answer"}
_MANY, _WINDOW = 40, 7
"""With more points than this, the line is the median of so many around each."""
_MOST_DAYS_WITHOUT_YEAR = 300
_LITTLE_COVERAGE = 0.5
"""Below this share of measured frames a point is drawn hollow."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """What the vertical axis shows."""

    title: str
    unit: str
    factor: float = 1.0
    lowest: float | None = None
    highest: float | None = None
    whole_steps: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day: another scorer, a note of the candidate's."""

    when: datetime
    text: str


def competency_trend(
    frame: pd.DataFrame,
    title: str = "Level",
    *,
    marks: Sequence[Mark] = (),
    expected: ExpectedLevel | None = None,
) -> go.Figure:
    """Levels of one criterion over sessions or weeks; scorers and versions are separate lines, never joined.

    `expected` is drawn as a quiet line, `marks` as upright lines whose text is in the hover.
    """
    if frame.empty:
        return nothing_to_draw("No scored answer yet.")
    axis = _Axis("Level, 1 to 4", "", lowest=0.8, highest=4.2, whole_steps=True)
    drawn = figure()
    drawn.update_layout(showlegend=False)
    groups = list(frame.groupby(_SCORER, sort=False))
    for number, ((scorer, version, rubric), rows) in enumerate(groups):
        name = f"{scorer} {version}"
        _add_line(drawn, rows.rename(columns={"level": "value"}), axis, name, number, f"rubric {rubric}")
    if len(groups) > 1:
        drawn.update_layout(showlegend=True, margin={"t": 34})
    if expected:
        _add_expected(drawn, expected)
    _finish(drawn, frame.rename(columns={"level": "value"}), axis, title)
    _add_marks(drawn, frame, marks, axis)
    return drawn


def delivery_trend(frame: pd.DataFrame, title: str = "") -> go.Figure:
    """One delivery signal over sessions: the median of a session's answers and their range."""
    return _measured_trend(frame, title, "No spoken answer was measured yet.")


def signal_trend(frame: pd.DataFrame, title: str = "") -> go.Figure:
    """One camera signal over sessions; points with little coverage are hollow, coverage is in the hover."""
    return _measured_trend(frame, title, "No answer on camera was measured yet.")


def _add_expected(drawn: go.Figure, expected: ExpectedLevel) -> None:
    quiet = {"color": GREY, "width": 1.5, "dash": "dot"}
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": quiet, "layer": "between"}
    named = {"x": 1, "xref": "paper", "xanchor": "right", "y": expected.high, "yanchor": "bottom"}
    drawn.update_layout(
        shapes=[{**across, "y0": level, "y1": level} for level in sorted({expected.low, expected.high})],
        annotations=[{**named, "showarrow": False, "text": expected.role, "font": {"size": 11}}],
    )


def _add_marks(drawn: go.Figure, frame: pd.DataFrame, marks: Sequence[Mark], axis: _Axis) -> None:
    if not marks:
        return
    first, last = frame["started_at"].min(), frame["started_at"].max()
    shown = [mark for mark in marks if first <= mark.when <= last or len(frame) == 1]
    for mark in shown:
        drawn.add_vline(x=mark.when, line={"color": GREY, "width": 1, "dash": "dash"}, layer="below")
    drawn.add_scatter(
        x=[mark.when for mark in shown],
        y=[axis.lowest] * len(shown),
        mode="markers",
        marker={"symbol": "triangle-up", "size": 10, "color": GREY},
        customdata=[mark.text.replace("<", "‹") for mark in shown],
        hovertemplate="%{x|%d %b %Y}<br>%{customdata}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _measured_trend(frame: pd.DataFrame, title: str, empty: str) -> go.Figure:
    if frame.empty:
        return nothing_to_draw(empty)
    axis = _axis_for(str(frame["unit"].iloc[0]), signed=bool((frame["low"] < 0).any()))
    drawn = figure()
    drawn.update_layout(showlegend=False)
    _add_line(drawn, frame, axis, title, 0, "")
    return _finish(drawn, frame, axis, title or str(frame["name"].iloc[0]))


def _axis_for(unit: str, signed: bool) -> _Axis:
    lowest = None if signed else 0.0
    if unit == "share":
        return _Axis("Share, %", "%", factor=100, lowest=lowest, highest=None if signed else 100)
    return _Axis(_UNITS.get(unit, unit.capitalize()), unit, lowest=lowest)


def _add_line(drawn: go.Figure, rows: pd.DataFrame, axis: _Axis, name: str, number: int, remark: str) -> None:
    colour = SERIES[number % len(SERIES)]
    many = len(rows) > _MANY
    measured = rows[["value", "low", "high"]] * axis.factor
    drawn_through = measured.rolling(_WINDOW, center=True, min_periods=1).median() if many else measured
    if len(rows) > 1:
        _add_band(drawn, rows["started_at"], drawn_through["low"], drawn_through["high"], colour)
    if many:
        quiet = {"hoverinfo": "skip", "showlegend": False, "mode": "lines"}
        middle = drawn_through["value"]
        drawn.add_scatter(x=rows["started_at"], y=middle, line={"color": colour, "width": 3}, **quiet)
    drawn.add_scatter(
        x=rows["started_at"],
        y=measured["value"],
        name=name,
        mode="markers" if many else "lines+markers",
        cliponaxis=False,
        line={"color": colour, "width": 2},
        marker={
            "size": 5 if many else 8,
            "opacity": 0.5 if many else 1,
            "symbol": [
                SYMBOLS[number % len(SYMBOLS)] + ("-open" if open_ else "") for open_ in _hollow(rows)
            ],
            "color": colour,
        },
        error_y=_whisker(**measured) if len(rows) == 1 else None,
        customdata=[_hover(row, axis, name, remark) for row in rows.to_dict("records")],
        hovertemplate="<b>%{x|%d %b %Y}</b><br>%{customdata}<extra></extra>",
    )


def _whisker(value: pd.Series, low: pd.Series, high: pd.Series) -> dict[str, Any]:
    """The range of a single point, which has no band."""
    return {
        "type": "data",
        "visible": True,
        "symmetric": False,
        "array": high - value,
        "arrayminus": value - low,
    }


def _add_band(drawn: go.Figure, when: pd.Series, low: pd.Series, high: pd.Series, colour: str) -> None:
    quiet = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    drawn.add_scatter(x=when, y=low, **quiet)
    drawn.add_scatter(x=when, y=high, fill="tonexty", fillcolor=faint(colour), **quiet)


def _hollow(rows: pd.DataFrame) -> list[bool]:
    if "coverage" not in rows:
        return [False] * len(rows)
    return [bool(share < _LITTLE_COVERAGE) for share in rows["coverage"]]


def _hover(row: Mapping[Any, Any], axis: _Axis, name: str, remark: str) -> str:
    value, low, high = (_number(row[key] * axis.factor) for key in ("value", "low", "high"))
    answers = int(row["n"])
    lines = [
        f"{name}: {value} {axis.unit}".strip(),
        f"range {low} to {high}",
        f"n = {answers} answer{'s' if answers != 1 else ''}",
    ]
    if "coverage" in row:
        lines.append(f"measured in {row['coverage']:.0%} of frames")
    return "<br>".join([*lines, remark] if remark else lines)


def _finish(drawn: go.Figure, frame: pd.DataFrame, axis: _Axis, title: str) -> go.Figure:
    answers, sessions = int(frame["n"].sum()), _sessions(frame)
    period = "Session" if "session_id" in frame else "Week"
    first, last = frame["started_at"].min(), frame["started_at"].max()
    upright: dict[str, Any] = {"title": {"text": axis.title}}
    if axis.whole_steps:
        upright |= {"dtick": 1, "tick0": 1}
    if axis.lowest is not None and axis.highest is not None:
        upright |= {"range": [axis.lowest, axis.highest]}
    elif axis.lowest is not None:
        upright |= {"rangemode": "tozero"}
    counted = f"{period} · n = {answers} answers in {sessions} sessions"
    longest = frame.groupby(_SCORER).size().max() if "scorer" in frame else len(frame)
    if longest > _MANY:
        counted += f"<br>line and band: median of {_WINDOW} {period.lower()}s"
    dates = "%d %b" if (last - first).days < _MOST_DAYS_WITHOUT_YEAR else "%b %Y"
    along = {"title": {"text": counted}, "tickformat": dates}
    sentence = _sentence(frame, axis, title, answers, sessions)
    # One update: each costs Plotly some milliseconds, and a page has nine figures.
    drawn.update_layout(xaxis={**along, **_widened(frame)}, yaxis=upright, meta={"alt": sentence})
    return drawn


def _sessions(frame: pd.DataFrame) -> int:
    if "session_id" in frame:
        return int(frame["session_id"].nunique())
    return int(frame["sessions"].sum())


def _widened(frame: pd.DataFrame) -> dict[str, Any]:
    """A range for points that lie so close together that Plotly would zoom in on hours."""
    import pandas as pd

    first, last = frame["started_at"].min(), frame["started_at"].max()
    if (last - first).days >= 3:
        return {}
    margin = pd.Timedelta(days=3)
    return {"range": [first - margin, last + margin], "dtick": 2 * _DAY_MS}


def _sentence(frame: pd.DataFrame, axis: _Axis, title: str, answers: int, sessions: int) -> str:
    ordered = frame.sort_values("started_at")
    first, last = ordered.iloc[0], ordered.iloc[-1]
    now = f"{_number(last['value'] * axis.factor)} {axis.unit}".strip()
    if sessions == 1:
        return f"{title}: {now} in one session, {answers} answers."
    was = f"{_number(first['value'] * axis.factor)} {axis.unit}".strip()
    return f"{title}: from {was} to {now} over {sessions} sessions, {answers} answers."


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}"
