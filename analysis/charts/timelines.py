"""One answer over time, on the recording's clock in seconds: gaze, posture, speech."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.charts.spans import add_spans, time_axis
from analysis.charts.theme import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SERIES,
    SKY,
    VERMILION,
    described,
    figure,
    nothing_to_draw,
)
from analysis.speech.delivery import pauses
from data.domain import Gaze, Interval, SignalFrame, Speech

_GAZE: dict[Gaze, tuple[str, str]] = {
    "camera": ("Camera", BLUE),
    "down": ("Screen or down", ORANGE),
    "sideways": ("Sideways", PURPLE),
    "away": ("Up, far or shut", VERMILION),
    "not_measurable": ("Not measurable", GREY),
}
_POSTURE: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "Degrees",
        {
            "yaw_degrees": "head turned",
            "pitch_degrees": "head up or down",
            "shoulder_tilt_degrees": "shoulder tilt",
        },
    ),
    ("Ratio", {"slouch": "slouch, shoulder widths", "lean": "lean, share of the baseline"}),
)


def gaze_timeline(frames: Sequence[SignalFrame]) -> go.Figure:
    """Where the eyes were, one row per direction, with each one's share of the analysed frames."""
    if not frames:
        return nothing_to_draw("The camera was off, so gaze was not measured.", height=200)
    counts = {gaze: sum(frame.gaze == gaze for frame in frames) for gaze in _GAZE}
    shares = {gaze: count / len(frames) for gaze, count in counts.items()}
    drawn = figure(height=230)
    drawn.update_layout(showlegend=False, barmode="overlay")
    for gaze, (label, colour) in reversed(_GAZE.items()):
        row = f"{label} {shares[gaze]:.0%}"
        spans = [span for kind, span in _gaze_spans(frames) if kind == gaze] or [Interval(0, 0)]
        add_spans(drawn, row, spans, colour, label)
    time_axis(drawn, _end(frames), f"n = {len(frames)} analysed frames")
    told = ", ".join(f"{_GAZE[gaze][0].lower()} {share:.0%}" for gaze, share in shares.items() if share)
    return described(drawn, f"Gaze over time, shares of {len(frames)} analysed frames: {told}.")


def posture_timeline(frames: Sequence[SignalFrame]) -> go.Figure:
    """Head, shoulders and lean over time; a gap is a stretch that could not be measured."""
    measured = [
        (title, {name: label for name, label in names.items() if _values(frames, name)})
        for title, names in _POSTURE
    ]
    shown = [(title, names) for title, names in measured if names]
    if not shown:
        return nothing_to_draw("Posture was not measured.", height=200)
    rows = make_subplots(rows=len(shown), shared_xaxes=True, vertical_spacing=0.08)
    drawn = figure(height=120 + 120 * len(shown))
    rows.update_layout(drawn.layout.to_plotly_json())
    colour = iter(SERIES)
    for row, (title, names) in enumerate(shown, start=1):
        for name, label in names.items():
            rows.add_scatter(
                x=[frame.seconds for frame in frames],
                y=[getattr(frame, name) for frame in frames],
                name=label,
                mode="lines",
                line={"color": next(colour), "width": 1.8, "dash": "dot" if title == "Ratio" else "solid"},
                hovertemplate=f"{label}: %{{y:.2f}}<extra></extra>",
                row=row,
                col=1,
            )
        rows.update_yaxes(title=title, row=row, col=1)
    rows.update_layout(hovermode="x unified", margin={"t": 34})
    time_axis(rows, _end(frames), f"n = {len(frames)} frames", row=len(shown))
    return described(rows, f"Posture over {_end(frames):.0f} seconds: {', '.join(_told(frames))}.")


def speech_timeline(speech: Speech) -> go.Figure:
    """When there was speech, pauses of a quarter second or more, and every um and uh."""
    if not speech.voiced:
        return nothing_to_draw("No speech was found.", height=200)
    silences = pauses(speech.voiced)
    fillers = speech.fillers
    drawn = figure(height=190)
    drawn.update_layout(showlegend=False, barmode="overlay")
    filler_row = "Fillers" if fillers is not None else "Fillers: not measured"
    _add_fillers(drawn, speech, filler_row)
    add_spans(drawn, "Pauses", silences or [Interval(0, 0)], GREY, "Pause")
    add_spans(drawn, "Speech", speech.voiced, GREEN, "Speech")
    end = max(speech.seconds, speech.voiced[-1].end_seconds)
    time_axis(drawn, end, f"{end:.0f} s recorded")
    spoken = sum(part.seconds for part in speech.voiced)
    told = f"{len(fillers)} fillers" if fillers is not None else "fillers not measured"
    return described(drawn, f"Speech over time: {spoken:.0f} s of speech, {len(silences)} pauses, {told}.")


def _add_fillers(drawn: go.Figure, speech: Speech, row: str) -> None:
    fillers = speech.fillers or ()
    starts: list[float | None] = [filler.start_seconds for filler in fillers]
    kinds = {"filled_pause": VERMILION, "verbal": SKY}
    drawn.add_scatter(
        x=starts or [None],
        y=[row] * max(1, len(fillers)),
        mode="markers",
        marker={
            "size": 11,
            "symbol": "line-ns",
            "line": {"width": 3, "color": [kinds[f.kind] for f in fillers]},
        },
        text=[filler.text for filler in fillers],
        hovertemplate="“%{text}” at %{x:.1f} s<extra></extra>",
    )


def _gaze_spans(frames: Sequence[SignalFrame]) -> list[tuple[Gaze, Interval]]:
    """Stretches of one direction. A frame stands until the next one, but for no more than two usual steps."""
    step = _step(frames)
    ends = [min(after.seconds, frame.seconds + 2 * step) for frame, after in pairwise(frames)]
    spans: list[tuple[Gaze, Interval]] = []
    for frame, end in zip(frames, [*ends, frames[-1].seconds + step], strict=True):
        start = frame.seconds
        if spans and spans[-1][0] == frame.gaze and spans[-1][1].end_seconds == start:
            start = spans.pop()[1].start_seconds
        spans.append((frame.gaze, Interval(start, end)))
    return spans


def _step(frames: Sequence[SignalFrame]) -> float:
    gaps = [after.seconds - before.seconds for before, after in pairwise(frames)]
    return median(gaps) if gaps else 1.0


def _end(frames: Sequence[SignalFrame]) -> float:
    return frames[-1].seconds + _step(frames)


def _values(frames: Sequence[SignalFrame], name: str) -> list[float]:
    return [value for frame in frames if (value := getattr(frame, name)) is not None]


def _told(frames: Sequence[SignalFrame]) -> Iterable[str]:
    for _, names in _POSTURE:
        for name, label in names.items():
            values = _values(frames, name)
            if values:
                yield f"{label} {min(values):.1f} to {max(values):.1f}"
