"""Where in an answer its parts and its quotes are: the steps of the design template, quotes by criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from analysis.charts.spans import add_spans, time_axis
from analysis.charts.theme import GREY, SKY, criterion_colour, described, figure, nothing_to_draw
from analysis.reading.design_steps import STEPS, StepTime, find_steps
from analysis.reading.quotes import evidence_at, span_at
from analysis.reviewing.transcript_lines import Quoted, quotes
from data.domain import Assessment, Interval, Turn

STEP_TITLES = {
    "requirements": "1 Requirements",
    "estimate": "2 Estimate",
    "architecture": "3 Architecture",
    "deep_dive": "4 Deep dive",
    "failures": "5 Failures",
    "operations": "6 Operations",
}
_ROW, _HOVER_CHARACTERS = 27, 70


def evidence_timeline(
    turns: Sequence[Turn],
    assessment: Assessment | None,
    titles: Mapping[str, str],
    *,
    steps: bool,
    end_seconds: float = 0.0,
) -> go.Figure:
    """Steps of the template (when `steps`) and the quotes of each criterion, on the recording's clock."""
    placed = [one for one in quotes(assessment) if one.evidence.start_seconds is not None]
    parts = step_spans(turns) if steps else {}
    ends = [end_seconds, *(turn.end_seconds or 0.0 for turn in turns)]
    if not (placed or parts) or not max(ends):
        return nothing_to_draw("No quote of this answer has a place in a recording.", height=120)
    criteria = [name for name in titles if any(one.criterion == name for one in placed)]
    drawn = figure(height=70 + _ROW * (len(criteria) + (len(STEPS) if parts else 0)))
    drawn.update_layout(showlegend=False, barmode="overlay")
    for name in reversed(criteria):
        _add_quotes(drawn, titles[name], [one for one in placed if one.criterion == name])
    for step in reversed(STEPS if parts else ()):
        spans = parts.get(step) or [Interval(0, 0)]
        add_spans(drawn, STEP_TITLES[step], spans, SKY if parts.get(step) else GREY, STEP_TITLES[step])
    time_axis(drawn, max(ends), f"n = {len(placed)} quotes")
    drawn.update_yaxes(tickfont={"size": 12})
    told = ", ".join(f"{titles[n]} {sum(one.criterion == n for one in placed)}" for n in criteria)
    heard = ", ".join(STEP_TITLES[step] for step in STEPS if parts.get(step))
    return described(
        drawn,
        f"Quotes over time by criterion: {told or 'none'}." + (f" Steps heard: {heard}." if heard else ""),
    )


def step_spans(turns: Sequence[Turn]) -> dict[str, list[Interval]]:
    """When each step of the template was talked about; empty when the words have no times."""
    by_index = {turn.index: turn for turn in turns}
    found: dict[str, list[Interval]] = {}
    for span in find_steps(turns):
        turn = by_index[span.turn]
        said = evidence_at(turn, span_at(turn, span.start, span.end))
        if said.start_seconds is not None and said.end_seconds is not None:
            found.setdefault(span.step, []).append(Interval(said.start_seconds, said.end_seconds))
    return found


def step_shares(times: Sequence[StepTime]) -> go.Figure:
    """How much of the words each step of the template got; a step without any says so."""
    if not any(time.share for time in times):
        return nothing_to_draw("Nothing was said.", height=120)
    drawn = figure(height=70 + _ROW * len(times))
    drawn.add_bar(
        y=[STEP_TITLES[time.step] for time in times],
        x=[time.share * 100 for time in times],
        orientation="h",
        marker={"color": SKY},
        text=[_amount(time) for time in times],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    drawn.update_yaxes(autorange="reversed")
    drawn.update_xaxes(title="Share of your words, %", range=[0, max(time.share for time in times) * 125])
    told = ", ".join(f"{STEP_TITLES[time.step]} {time.share:.0%}" for time in times)
    return described(drawn, f"Share of words by step: {told}.")


def _amount(time: StepTime) -> str:
    if not time.share:
        return "not heard"
    return f"{time.share:.0%}" + (f", {time.seconds:.0f} s" if time.seconds is not None else "")


def _add_quotes(drawn: go.Figure, row: str, quoted: Sequence[Quoted]) -> None:
    starts = [one.evidence.start_seconds or 0.0 for one in quoted]
    ends = [one.evidence.end_seconds or start + 1 for one, start in zip(quoted, starts, strict=True)]
    drawn.add_bar(
        y=[row] * len(quoted),
        x=[max(1.0, end - start) for start, end in zip(starts, ends, strict=True)],
        base=starts,
        orientation="h",
        width=0.7,
        marker={"color": criterion_colour(quoted[0].criterion), "line": {"width": 0}},
        text=[_short(one.evidence.quote) for one in quoted],
        textposition="none",
        customdata=[one.evidence.elicitation for one in quoted],
        hovertemplate="“%{text}”<br>%{customdata}<extra></extra>",
    )


def _short(quote: str) -> str:
    plain = quote.replace("<", "‹").replace(">", "›")
    return plain if len(plain) <= _HOVER_CHARACTERS else f"{plain[:_HOVER_CHARACTERS]}…"
