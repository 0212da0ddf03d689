"""How something changes over sessions: one line per scorer or signal, its range as a band.

The frames are those of the named queries `competency_trend`, `delivery_trend` and `signal_trend`,
narrowed to one criterion or signal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from analysis.charts.theme import GREY, MARGIN, PURPLE, SERIES, SYMBOLS, Trace, faint, figure, nothing_to_draw

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
    frame = frame.rename(columns={"level": "value"})
    groups = list(frame.groupby(_SCORER, sort=False))
    traces: list[Trace] = []
    for number, ((scorer, version, rubric), rows) in enumerate(groups):
        traces += _line(rows, axis, f"{scorer} {version}", number, f"rubric {rubric}")
    shown = _shown(frame, marks)
    if shown:
        traces.append(_feet(shown, axis))
    layout = _layout(frame, axis, title)
    if len(groups) > 1:
        layout |= {"showlegend": True, "margin": {**MARGIN, "t": 34}}
    lines = [_upright(mark) for mark in shown]
    return figure(traces=traces, **layout, **_expected(expected, lines))


def coverage_trend(frame: pd.DataFrame, title: str = "Key points heard") -> go.Figure:
    """Share of key points heard over sessions or weeks, and above it, dashed, with the candidate's own marks.

    Versions of the reader are separate lines. Rows without a share (too few points) are left out.
    """
    if frame.empty:
        return nothing_to_draw("No answer has been read yet.")
    frame = frame[frame["heard_share"].notna()]
    if frame.empty:
        return nothing_to_draw("Fewer than three key points at a time: too few for a share.")
    axis = _Axis("Key points, %", "%", factor=100, lowest=0.0, highest=100)
    frame = frame.assign(
        value=frame["heard_share"],
        low=frame["low"].fillna(frame["heard_share"]),
        high=frame["high"].fillna(frame["heard_share"]),
    )
    groups = list(frame.groupby(_SCORER, sort=False))
    traces: list[Trace] = []
    for number, ((_, version, _), rows) in enumerate(groups):
        several = f", reader {version}" if len(groups) > 1 else ""
        traces += _line(rows, axis, f"heard{several}", number, "")
        if (rows["own"] > 0).any():
            traces.append(_with_own_marks(rows, axis, f"with own marks{several}"))
    layout = _layout(frame, axis, title)
    if len(groups) > 1 or (frame["own"] > 0).any():
        layout |= {"showlegend": True, "margin": {**MARGIN, "t": 34}}
    return figure(traces=traces, **layout)


def _with_own_marks(rows: pd.DataFrame, axis: _Axis, name: str) -> Trace:
    """Told apart by colour, symbol and dash: it is the candidate's word, and nothing heard it."""
    shares = (rows["heard_share"] + rows["own_share"]) * axis.factor
    return {
        "x": rows["started_at"],
        "y": shares,
        "name": name,
        "mode": "lines+markers",
        "cliponaxis": False,
        "line": {"color": PURPLE, "width": 2, "dash": "dash"},
        "marker": {"size": 8, "symbol": "diamond-open", "color": PURPLE},
        "text": [
            f"{name}: {_number(share)} %<br>{int(own)} own mark{'' if own == 1 else 's'}"
            for share, own in zip(shares, rows["own"], strict=True)
        ],
        "hovertemplate": "%{x|%d %b %Y}<br>%{text}<extra></extra>",
    }


def delivery_trend(frame: pd.DataFrame, title: str = "") -> go.Figure:
    """One delivery signal over sessions: the median of a session's answers and their range."""
    return _measured_trend(frame, title, "No spoken answer was measured yet.")


def signal_trend(frame: pd.DataFrame, title: str = "") -> go.Figure:
    """One camera signal over sessions; points with little coverage are hollow, coverage is in the hover."""
    return _measured_trend(frame, title, "No answer on camera was measured yet.")


def _expected(expected: ExpectedLevel | None, others: list[dict[str, Any]]) -> dict[str, Any]:
    """The layout's lines across for the levels that a role looks for, with `others`."""
    if expected is None:
        return {"shapes": others}
    quiet = {"color": GREY, "width": 1.5, "dash": "dot"}
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": quiet, "layer": "between"}
    named = {"x": 1, "xref": "paper", "xanchor": "right", "y": expected.high, "yanchor": "bottom"}
    levels = [{**across, "y0": level, "y1": level} for level in sorted({expected.low, expected.high})]
    note = {**named, "showarrow": False, "text": expected.role, "font": {"size": 11}}
    return {"shapes": [*levels, *others], "annotations": [note]}


def _shown(frame: pd.DataFrame, marks: Sequence[Mark]) -> list[Mark]:
    """The marks between the first and the last point."""
    if not marks:
        return []
    first, last = frame["started_at"].min(), frame["started_at"].max()
    return [mark for mark in marks if first <= mark.when <= last or len(frame) == 1]


def _upright(mark: Mark) -> dict[str, Any]:
    line = {"color": GREY, "width": 1, "dash": "dash"}
    ends = {"x0": mark.when, "x1": mark.when, "yref": "y domain", "y0": 0, "y1": 1}
    return {"type": "line", "line": line, "layer": "below", **ends}


def _feet(shown: list[Mark], axis: _Axis) -> Trace:
    """A triangle at the foot of each upright line, with the text in its hover."""
    return {
        "x": [mark.when for mark in shown],
        "y": [axis.lowest] * len(shown),
        "mode": "markers",
        "marker": {"symbol": "triangle-up", "size": 10, "color": GREY},
        "customdata": [mark.text.replace("<", "‹") for mark in shown],
        "hovertemplate": "%{x|%d %b %Y}<br>%{customdata}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
    }


def _measured_trend(frame: pd.DataFrame, title: str, empty: str) -> go.Figure:
    if frame.empty:
        return nothing_to_draw(empty)
    axis = _axis_for(str(frame["unit"].iloc[0]), signed=bool((frame["low"] < 0).any()))
    layout = _layout(frame, axis, title or str(frame["name"].iloc[0]))
    return figure(traces=_line(frame, axis, title, 0, ""), **layout)


def _axis_for(unit: str, signed: bool) -> _Axis:
    lowest = None if signed else 0.0
    if unit == "share":
        return _Axis("Share, %", "%", factor=100, lowest=lowest, highest=None if signed else 100)
    return _Axis(_UNITS.get(unit, unit.capitalize()), unit, lowest=lowest)


def _line(rows: pd.DataFrame, axis: _Axis, name: str, number: int, remark: str) -> list[Trace]:
    """The points of one scorer or signal, their range, and with many the median that runs through them."""
    colour = SERIES[number % len(SERIES)]
    many = len(rows) > _MANY
    when, measured = rows["started_at"], rows[["value", "low", "high"]] * axis.factor
    drawn_through = measured.rolling(_WINDOW, center=True, min_periods=1).median() if many else measured
    traces: list[Trace] = []
    if len(rows) > 1:
        traces += _band(when, drawn_through["low"], drawn_through["high"], colour)
    if many:
        quiet = {"hoverinfo": "skip", "showlegend": False, "mode": "lines"}
        traces.append(
            {"x": when, "y": drawn_through["value"], "line": {"color": colour, "width": 3}, **quiet}
        )
    points: Trace = {
        "x": when,
        "y": measured["value"],
        "name": name,
        "mode": "markers" if many else "lines+markers",
        "cliponaxis": False,
        "line": {"color": colour, "width": 2},
        "marker": {
            "size": 5 if many else 8,
            "opacity": 0.7 if many else 1,
            "symbol": _symbols(rows, SYMBOLS[number % len(SYMBOLS)]),
            "color": colour,
        },
        "customdata": _hovers(rows, measured, axis, name, remark),
        "hovertemplate": "<b>%{x|%d %b %Y}</b><br>%{customdata}<extra></extra>",
    }
    if len(rows) == 1:
        points["error_y"] = _whisker(**measured)
    return [*traces, points]


def _whisker(value: pd.Series, low: pd.Series, high: pd.Series) -> dict[str, Any]:
    """The range of a single point, which has no band."""
    return {
        "type": "data",
        "visible": True,
        "symmetric": False,
        "array": high - value,
        "arrayminus": value - low,
    }


def _band(when: pd.Series, low: pd.Series, high: pd.Series, colour: str) -> list[Trace]:
    quiet = {"x": when, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    return [{"y": low, **quiet}, {"y": high, "fill": "tonexty", "fillcolor": faint(colour), **quiet}]


def _symbols(rows: pd.DataFrame, symbol: str) -> str | list[str]:
    if "coverage" not in rows:
        return symbol
    return [f"{symbol}-open" if share < _LITTLE_COVERAGE else symbol for share in rows["coverage"]]


def _hovers(rows: pd.DataFrame, measured: pd.DataFrame, axis: _Axis, name: str, remark: str) -> list[str]:
    shares = rows["coverage"] if "coverage" in rows else [None] * len(rows)
    columns = (*(measured[key] for key in ("value", "low", "high")), rows["n"], shares)
    return [_hover(row, axis, name, remark) for row in zip(*columns, strict=True)]


def _hover(row: tuple[float, float, float, int, float | None], axis: _Axis, name: str, remark: str) -> str:
    value, low, high, answers, coverage = row
    lines = [
        f"{name}: {_number(value)} {axis.unit}".strip(),
        f"range {_number(low)} to {_number(high)}",
        f"n = {_several(answers, 'answer')}",
    ]
    if coverage is not None:
        lines.append(f"measured in {coverage:.0%} of speaking time")
    return "<br>".join([*lines, remark] if remark else lines)


def _layout(frame: pd.DataFrame, axis: _Axis, title: str) -> dict[str, Any]:
    """Both axes and the sentence that stands in for the picture."""
    answers, sessions = int(frame["n"].sum()), _sessions(frame)
    period = "Session" if _by_session(frame) else "Week"
    first, last = frame["started_at"].min(), frame["started_at"].max()
    upright: dict[str, Any] = {"title": {"text": axis.title}}
    if axis.whole_steps:
        upright |= {"dtick": 1, "tick0": 1}
    if axis.lowest is not None and axis.highest is not None:
        upright |= {"range": [axis.lowest, axis.highest]}
    elif axis.lowest is not None:
        upright |= {"rangemode": "tozero"}
    counted = f"{period} · n = {_several(answers, 'answer')} in {_several(sessions, 'session')}"
    longest = frame.groupby(_SCORER).size().max() if "scorer" in frame else len(frame)
    if longest > _MANY:
        counted += f"<br>line and band: median of {_WINDOW} {period.lower()}s"
    dates = "%d %b" if (last - first).days < _MOST_DAYS_WITHOUT_YEAR else "%b %Y"
    along = {"title": {"text": counted}, "tickformat": dates}
    sentence = _sentence(frame, axis, title, answers, sessions)
    return {
        "xaxis": {**along, **_widened(frame)},
        "yaxis": upright,
        "meta": {"alt": sentence},
        "showlegend": False,
    }


def _by_session(frame: pd.DataFrame) -> bool:
    """Whether a row is a session; else it is a week, and `sessions` says how many are in it."""
    return bool(frame["session_id"].notna().all())


def _sessions(frame: pd.DataFrame) -> int:
    if _by_session(frame):
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
    values, when = frame["value"].to_numpy() * axis.factor, frame["started_at"]
    now = f"{_number(values[when.argmax()])} {axis.unit}".strip()
    if sessions == 1:
        return f"{title}: {now} in one session, {_several(answers, 'answer')}."
    was = f"{_number(values[when.argmin()])} {axis.unit}".strip()
    return f"{title}: from {was} to {now} over {sessions} sessions, {answers} answers."


def _several(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}"
