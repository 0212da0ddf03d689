"""One look for every figure: transparent ground, Okabe-Ito colours, text colours left to the page's theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from data.domain import COMPETENCIES

BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
VERMILION, PURPLE, SKY = "#D55E00", "#CC79A7", "#56B4E9"
GREY = "#8C8C8C"
SERIES = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY)
"""Okabe & Ito's palette (jfly.uni-koeln.de/color) without black and yellow, to read on white and on black."""

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")
_CLEAR = "rgba(0,0,0,0)"
MARGIN = {"l": 8, "r": 12, "t": 10, "b": 8}
_AXIS = {"automargin": True, "zeroline": False}
_LAYOUT = {
    "paper_bgcolor": _CLEAR,
    "plot_bgcolor": _CLEAR,
    "margin": MARGIN,
    "hoverlabel": {"align": "left"},
    "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom"},
    "dragmode": False,
}

Trace = dict[str, Any]
"""One line or set of points, as Plotly names its properties."""


def figure(height: int = 260, *, traces: Sequence[Trace] = (), **layout: Any) -> go.Figure:
    """A figure in the common look; `height` in pixels. `layout` adds to the look, also to its axes.

    Lines and layout given here are checked by Plotly once; each one added later costs a millisecond or more.
    """
    axes = {axis: {**_AXIS, **layout.pop(axis, {})} for axis in ("xaxis", "yaxis")}
    drawn = [{"type": "scatter", **trace} for trace in traces]
    return go.Figure({"data": drawn, "layout": {**_LAYOUT, "height": height, **axes, **layout}})


def nothing_to_draw(sentence: str, height: int = 260) -> go.Figure:
    """A figure that says why it is empty."""
    empty = figure(height)
    empty.update_xaxes(visible=False)
    empty.update_yaxes(visible=False)
    empty.add_annotation(text=sentence, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False)
    return described(empty, sentence)


def described(drawn: go.Figure, sentence: str) -> go.Figure:
    """Attach the sentence that stands in for the picture."""
    drawn.update_layout(meta={"alt": sentence})
    return drawn


def describe(drawn: go.Figure) -> str:
    """The sentence that stands in for a figure of this package."""
    return str((drawn.layout.meta or {}).get("alt", "Chart"))


def shown(data: object) -> str:
    """Data as a text of a figure: Plotly reads links and other markup in all of them."""
    return str(data).replace("<", "‹")


def faint(colour: str, opacity: float = 0.28) -> str:
    """A colour of the palette as a see-through fill; blue turns to sky blue, which also shows on black."""
    colour = SKY if colour == BLUE else colour
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def criterion_colour(criterion: str) -> str:
    """The same colour for a criterion wherever it is drawn; the ones beside the six are grey."""
    return SERIES[COMPETENCIES.index(criterion)] if criterion in COMPETENCIES else GREY
