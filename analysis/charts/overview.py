"""Where things stand: levels of one answer, coverage of the bank, time practised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from analysis.charts.theme import BLUE, GREY, ORANGE, described, figure, nothing_to_draw
from data.domain import CATEGORIES, CATEGORY_TITLES, LEVELS, Score

if TYPE_CHECKING:
    import pandas as pd

_DARK_TEXT, _LIGHT_TEXT = "#000000", "#FFFFFF"
_CIVIDIS_TURNS_LIGHT = 0.5
"""From here on Cividis is light enough for dark text."""


def level_bars(scores: Sequence[Score], titles: Mapping[str, str] | None = None) -> go.Figure:
    """One bar per criterion with its range; an unscored one has no bar and says so."""
    if not scores:
        return nothing_to_draw("This answer has not been scored.")
    names = [(titles or {}).get(score.criterion, score.criterion) for score in scores]
    levels = [score.level for score in scores]
    drawn = figure(height=60 + 38 * len(scores))
    drawn.add_bar(
        y=names,
        x=levels,
        orientation="h",
        marker={"color": BLUE},
        width=0.55,
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [_above(score) for score in scores],
            "arrayminus": [_below(score) for score in scores],
            "color": ORANGE,
            "thickness": 2,
        },
        customdata=[_range(score) for score in scores],
        hovertemplate="%{y}: %{customdata}<extra></extra>",
    )
    for name, score in zip(names, scores, strict=True):
        if score.level is None:
            drawn.add_annotation(y=name, x=0.1, text="not scored", showarrow=False, xanchor="left")
    scored = sum(level is not None for level in levels)
    drawn.update_layout(showlegend=False)
    drawn.update_xaxes(title=f"Level, 1 to 4 · n = {scored} of {len(scores)} scored", range=[0, 4.2], dtick=1)
    drawn.update_yaxes(autorange="reversed")
    told = ", ".join(f"{name} {_range(score)}" for name, score in zip(names, scores, strict=True))
    return described(drawn, f"Levels: {told}.")


def coverage_heatmap(frame: pd.DataFrame) -> go.Figure:
    """Questions answered of those in the bank, category by level (`bank_coverage`)."""
    if frame.empty:
        return nothing_to_draw("The question bank is empty.")
    cells = {(row["category"], row["level"]): row for row in frame.to_dict("records")}
    categories = [name for name in CATEGORIES if any(key[0] == name for key in cells)]
    shares = [[_share(cells.get((category, level))) for level in LEVELS] for category in categories]
    drawn = figure(height=70 + 34 * len(categories))
    drawn.add_heatmap(
        x=[level.capitalize() for level in LEVELS],
        y=[CATEGORY_TITLES[category] for category in categories],
        z=shares,
        zmin=0,
        zmax=1,
        colorscale="Cividis",
        xgap=3,
        ygap=3,
        showscale=False,
        hovertemplate="%{y}, %{x}: %{z:.0%} answered<extra></extra>",
    )
    for category in categories:
        for level in LEVELS:
            _label(drawn, category, level, cells.get((category, level)))
    answered, asked = int(frame["answered"].sum()), int(frame["questions"].sum())
    drawn.update_yaxes(autorange="reversed", showgrid=False)
    drawn.update_xaxes(title=f"Role · n = {asked} questions", showgrid=False, tickangle=0)
    return described(drawn, f"{answered} of {asked} questions in the bank answered at least once.")


def calibration(frame: pd.DataFrame) -> go.Figure:
    """Own ratings against levels (`self_rating`): a bubble per pair, its size and number the answers."""
    if frame.empty:
        return nothing_to_draw("Nothing rated yet. Rate an answer on Review before its levels are shown.")
    pairs = Counter(zip(frame["self_level"].tolist(), frame["level"].round().tolist(), strict=True))
    drawn = figure(height=320)
    drawn.update_layout(showlegend=False)
    drawn.add_scatter(
        x=[1, 4], y=[1, 4], mode="lines", line={"color": GREY, "dash": "dot", "width": 1}, hoverinfo="skip"
    )
    counts = list(pairs.values())
    drawn.add_scatter(
        x=[own for own, _ in pairs],
        y=[level for _, level in pairs],
        mode="markers+text",
        text=counts,
        textfont={"color": _LIGHT_TEXT},
        marker={"color": BLUE, "size": [18 + 30 * (count / max(counts)) ** 0.5 for count in counts]},
        hovertemplate="You said %{x}, level %{y}: %{text} times<extra></extra>",
    )
    drawn.update_xaxes(title=f"Your rating · n = {len(frame)}", range=[0.5, 4.5], dtick=1)
    drawn.update_yaxes(title="Level, rounded", range=[0.5, 4.5], dtick=1)
    same = sum(count for (own, level), count in pairs.items() if own == level)
    return described(drawn, f"{len(frame)} own ratings; {same} equal the level given.")


def practice_time(frame: pd.DataFrame) -> go.Figure:
    """Minutes recorded per week (`time_practised`)."""
    if frame.empty:
        return nothing_to_draw("Nothing practised yet.")
    minutes = frame["seconds"] / 60
    drawn = figure(height=200)
    drawn.add_bar(
        x=frame["week"],
        y=minutes,
        marker={"color": BLUE},
        width=5 * 24 * 3600 * 1000,
        customdata=frame[["answers", "sessions"]],
        hovertemplate="Week of %{x|%d %b %Y}<br>%{y:.0f} min, %{customdata[0]} answers in "
        "%{customdata[1]} sessions<extra></extra>",
    )
    answers = int(frame["answers"].sum())
    drawn.update_xaxes(title=f"Week · n = {answers} answers", tickformat="%d %b")
    drawn.update_yaxes(title="Minutes", rangemode="tozero")
    return described(
        drawn, f"{minutes.sum():.0f} minutes practised in {len(frame)} weeks, {answers} answers."
    )


def _label(drawn: go.Figure, category: str, level: str, cell: Mapping[Any, Any] | None) -> None:
    if cell is None:
        return
    light = (_share(cell) or 0) >= _CIVIDIS_TURNS_LIGHT
    drawn.add_annotation(
        x=level.capitalize(),
        y=CATEGORY_TITLES[category],
        text=f"{int(cell['answered'])}/{int(cell['questions'])}",
        showarrow=False,
        font={"color": _DARK_TEXT if light else _LIGHT_TEXT},
    )


def _share(cell: Mapping[Any, Any] | None) -> float | None:
    return None if cell is None else float(cell["answered"]) / float(cell["questions"])


def _above(score: Score) -> float:
    return 0.0 if score.level is None or score.high is None else score.high - score.level


def _below(score: Score) -> float:
    return 0.0 if score.level is None or score.low is None else score.level - score.low


def _range(score: Score) -> str:
    if score.level is None:
        return "not scored"
    low, high = score.low, score.high
    return (
        f"{score.level:.1f}"
        if low is None or high is None
        else f"{score.level:.1f} ({low:.1f} to {high:.1f})"
    )
