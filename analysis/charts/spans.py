"""Stretches of a recording as horizontal bars, and the time axis below them."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from data.domain import Interval
from data.domain.in_words import clock


def add_spans(drawn: go.Figure, row: str, spans: Sequence[Interval], colour: str, label: str) -> None:
    """One row of stretches; the label goes into the hover."""
    drawn.add_bar(
        y=[row] * len(spans),
        x=[span.seconds for span in spans],
        base=[span.start_seconds for span in spans],
        customdata=[[span.start_seconds, span.end_seconds] for span in spans],
        orientation="h",
        width=0.7,
        marker={"color": colour, "line": {"width": 0}},
        hovertemplate=label + " %{customdata[0]:.1f} to %{customdata[1]:.1f} s<extra></extra>",
    )


def time_axis(drawn: go.Figure, end_seconds: float, remark: str, row: int | None = None) -> None:
    """Minutes and seconds from 0 to the end, with at most ten ticks."""
    step = next((s for s in (5, 10, 15, 30, 60, 120, 300) if end_seconds / s <= 9), 600)
    ticks = list(range(0, int(end_seconds) + 1, step))
    drawn.update_xaxes(range=[0, end_seconds])
    place = {} if row is None else {"row": row, "col": 1}
    drawn.update_xaxes(
        tickvals=ticks,
        ticktext=[clock(tick) for tick in ticks],
        title=f"Time in the recording, min:s<br>{remark}",
        **place,
    )
