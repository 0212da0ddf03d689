"""Charts of a cohort: who stands where, how levels spread, what is missing, weeks and cohorts compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from analysis.charts.theme import BLUE, GREY, ORANGE, described, figure, nothing_to_draw, shown

if TYPE_CHECKING:
    import pandas as pd

_DARK, _LIGHT = "#000000", "#FFFFFF"
_LEVEL_COLOURS = ("#00204D", "#575C6D", "#A69D75", "#FFEA46")
"""Cividis at four places, level 1 to 4: dark to light for everybody."""
_FEWEST = 3
_WEEK_MS, _TICKS = 7 * 24 * 3600 * 1000, 5


def readiness(
    rows: pd.DataFrame, titles: Mapping[str, str], targets: Mapping[str, float] | None = None
) -> go.Figure:
    """Candidate by competency: the median of the last three; grey and in brackets below three answers.

    A level below the target of its criterion carries an arrow.
    """
    if rows.empty:
        return nothing_to_draw("No answer of this cohort has been scored yet.")
    people = list(dict.fromkeys(zip(rows["candidate_id"], map(shown, rows["name"]), strict=True)))
    criteria = [criterion for criterion in titles if criterion in set(rows["criterion"])]
    heads = {one: "<br>".join(wrap(titles[one], 18)) for one in criteria}
    cells = {(row["candidate_id"], row["criterion"]): row for row in rows.to_dict("records")}
    enough = [[_level(cells.get((who, one)), enough=True) for one in criteria] for who, _ in people]
    drawn = figure(height=130 + 30 * len(people))
    drawn.add_heatmap(
        x=[heads[one] for one in criteria],
        y=[name for _, name in people],
        z=enough,
        zmin=1,
        zmax=4,
        colorscale="Cividis",
        xgap=3,
        ygap=3,
        showscale=False,
        hoverinfo="skip",
    )
    for who, name in people:
        for one in criteria:
            _cell(drawn, heads[one], name, cells.get((who, one)), (targets or {}).get(one))
    drawn.update_yaxes(autorange="reversed", showgrid=False, dtick=1)
    title = f"Level, 1 to 4 · n = {len(people)} candidates"
    drawn.update_xaxes(side="top", showgrid=False, tickangle=0, title=title)
    counted = sum(value is not None for line in enough for value in line)
    told = f"{len(people)} candidates by {len(criteria)} competencies"
    return described(drawn, f"{told}; {counted} cells have three answers or more.")


def level_spread(levels: pd.DataFrame, titles: Mapping[str, str]) -> go.Figure:
    """How the scored answers of a cohort spread over the levels, one bar a criterion (`cohort_levels`)."""
    names = ["level1", "level2", "level3", "level4", "n"]
    summed = levels.groupby("criterion", as_index=False)[names].sum().to_dict("records")
    sums = {row["criterion"]: row for row in summed if row["n"]}
    criteria = [one for one in titles if one in sums]
    if not criteria:
        return nothing_to_draw("No answer of this cohort was scored in this time.")
    drawn = figure(height=110 + 48 * len(criteria))
    for level, colour in enumerate(_LEVEL_COLOURS, start=1):
        counts = [int(sums[one][f"level{level}"]) for one in criteria]
        shares = [count / int(sums[one]["n"]) for one, count in zip(criteria, counts, strict=True)]
        drawn.add_bar(
            y=[_counted(titles[one], int(sums[one]["n"])) for one in criteria],
            x=shares,
            orientation="h",
            name=f"Level {level}",
            marker={"color": colour, "line": {"color": GREY, "width": 1}},
            text=[f"{count}" if count else "" for count in counts],
            textfont={"color": _DARK if level > 2 else _LIGHT},
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            hovertemplate="%{y}: level " + str(level) + ", %{x:.0%}<extra></extra>",
        )
    fitting = {"minsize": 11, "mode": "hide"}  # no figure where a part is narrower than it
    drawn.update_layout(barmode="stack", legend={"traceorder": "normal"}, uniformtext=fitting, margin_r=24)
    drawn.update_xaxes(title="Share of scored answers", tickformat=".0%", range=[0, 1])
    drawn.update_yaxes(autorange="reversed")
    counted = sum(int(row["n"]) for row in sums.values())
    return described(drawn, f"How {counted} scored levels of {len(criteria)} criteria spread over 1 to 4.")


def heard_of_cohort(rows: pd.DataFrame, titles: Mapping[str, str]) -> go.Figure:
    """Share of key points heard by competency (`cohort_heard`), and beside it those marked by candidates."""
    known = {row["competency"]: row for row in rows.to_dict("records")}
    named = [one for one in titles if one in known]
    if not named:
        return nothing_to_draw("Nothing was heard yet in answers of five people or more.")
    drawn = figure(height=130 + 40 * len(named))
    labels = [_points(titles[one], known[one]) for one in named]
    for column, told, colour, pattern in (
        ("heard_share", "heard", BLUE, ""),
        ("own_share", "marked by the candidates", ORANGE, "/"),
    ):
        drawn.add_bar(
            y=labels,
            x=[known[one][column] for one in named],
            orientation="h",
            name=told.capitalize(),
            marker={"color": colour, "pattern": {"shape": pattern}},
            hovertemplate="%{y}: " + told + " %{x:.0%}<extra></extra>",
        )
    drawn.update_layout(barmode="stack", legend={"traceorder": "normal"}, margin_r=24)
    drawn.update_xaxes(title="Share of key points that can be told", tickformat=".0%", range=[0, 1])
    drawn.update_yaxes(autorange="reversed")
    shares = ", ".join(f"{titles[one]}: {known[one]['heard_share']:.0%}" for one in named)
    return described(drawn, f"Key points heard. {shares}.")


def _points(title: str, row: Mapping[Any, Any]) -> str:
    return f"{title}<br>n = {int(row['told'])} points of {int(row['candidates'])} people"


def means(labels: Sequence[object], rows: pd.DataFrame, axis: str, counted: str) -> go.Figure:
    """Means with their 95 % intervals, one point a label (`mean`, `low`, `high`); `counted` says n."""
    if rows.empty:
        return nothing_to_draw("Nothing to compare yet.")
    high = (rows["high"] - rows["mean"]).fillna(0.0)
    low = (rows["mean"] - rows["low"]).fillna(0.0)
    drawn = figure(height=300)
    drawn.add_scatter(
        x=["<br>".join(wrap(shown(label), 14)) for label in labels] if axis == "Cohort" else list(labels),
        y=rows["mean"],
        mode="markers",
        marker={"color": BLUE, "size": 9},
        error_y={"type": "data", "symmetric": False, "array": high, "arrayminus": low, "color": ORANGE},
        customdata=rows[["n"]],
        hovertemplate="%{x}: %{y:.2f}, n = %{customdata[0]}<extra></extra>",
    )
    drawn.update_yaxes(title="Mean level, 95 % interval", range=[0.9, 4.1], dtick=1)
    drawn.update_xaxes(title=f"{axis} · n = {counted}", tickangle=0)
    if axis == "Week":  # at their Mondays, in the order of day and month that the other charts have
        apart = _WEEK_MS * ceil(len(rows) / _TICKS)
        drawn.update_xaxes(tickformat="%d %b", tick0=labels[0], dtick=apart)
    return described(drawn, f"Mean levels of {len(rows)} {axis.lower()}s with intervals.")


def _counted(title: str, n: int) -> str:
    """A title with its n, in lines that do not part the n."""
    n_together = f"(n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n})"
    lines = wrap(title, 22)
    fits = len(lines[-1]) + 1 + len(n_together) <= 22
    return "<br>".join([*lines[:-1], f"{lines[-1]} {n_together}"] if fits else [*lines, n_together])


def _level(cell: Mapping[Any, Any] | None, *, enough: bool) -> float | None:
    if cell is None or (int(cell["n"]) >= _FEWEST) != enough:
        return None
    return float(cell["level"])


def _cell(drawn: go.Figure, x: str, y: str, cell: Mapping[Any, Any] | None, target: float | None) -> None:
    if cell is None:
        return
    level, few = float(cell["level"]), int(cell["n"]) < _FEWEST
    low, high = float(cell["low"]), float(cell["high"])
    if few:
        text, colour = f"({level:g})", GREY
    else:
        text = f"{level:g}" if low == high else f"{level:g} · {low:g}–{high:g}"
        text += " ↓" if target is not None and level < target else ""
        colour = _DARK if level >= 2.5 else _LIGHT
    drawn.add_annotation(x=x, y=y, text=text, showarrow=False, font={"color": colour, "size": 12})
