"""What was written, as turns that a judge reads and whose words can be quoted like spoken ones."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.written.mermaid import Diagram, read_diagram
from data.domain import AttemptResult, Turn


def with_written(result: AttemptResult) -> tuple[Turn, ...]:
    """The dialogue, then the code and the sketch. Pure; these turns are never stored."""
    return (*result.turns, *_written(result))


def component_list(diagram: Diagram) -> str:
    """The boxes and arrows of a sketch in lines of text."""
    lines = [f"Components: {', '.join(_described(diagram))}."] if diagram.components else []
    return "\n".join(lines + [connection.sentence for connection in diagram.connections])


def _written(result: AttemptResult) -> Iterator[Turn]:
    place = max((turn.index for turn in result.turns), default=-1) + 1
    if result.code is not None and result.code.text.strip():
        yield Turn(place, "candidate", result.code.text, kind="code")
        place += 1
    if result.sketch is not None:
        listed = component_list(read_diagram(result.sketch.text))
        yield Turn(place, "candidate", f"{result.sketch.text.strip()}\n\n{listed}".strip(), kind="sketch")


def _described(diagram: Diagram) -> list[str]:
    return [
        f"{component.name} (in {component.group})" if component.group else component.name
        for component in diagram.components
    ]
