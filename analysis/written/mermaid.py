"""The components and connections in a Mermaid text, so that a judge and a reader need no picture.

Flowcharts (`flowchart`, `graph`) and sequence diagrams are read; of other kinds only the text is shown.
This is not Mermaid's own parser: what draws the picture decides whether the syntax is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIAGRAM_KINDS = (
    "flowchart", "graph", "sequenceDiagram", "classDiagram", "stateDiagram", "stateDiagram-v2", "erDiagram",
    "C4Context", "C4Container", "architecture-beta", "block-beta", "mindmap", "timeline",
)  # fmt: skip
"""First words that Mermaid knows and that can hold a design."""
_FLOW = ("flowchart", "graph")
_OTHER_LINES = (
    "classDef",
    "class ",
    "style ",
    "linkStyle",
    "click ",
    "direction ",
    "%%",
    "accTitle",
    "accDescr",
)
_ID = r"\w[\w.]*(?:-\w[\w.]*)*"
_SHAPE = re.compile(
    rf"\s*(?P<id>{_ID})\s*"
    r"(?P<shape>\(\(\(.*?\)\)\)|\(\(.*?\)\)|\(\[.*?\]\)|\[\[.*?\]\]|\[\(.*?\)\]|\{\{.*?\}\}|\[[/\\].*?[/\\]\]"
    r"|\[\"[^\"]*\"\]|\[[^\]]*\]|\(\"[^\"]*\"\)|\([^)]*\)|\{[^}]*\}|>[^\]]*\])?(?::::\w+|:::\w+)?\s*"
)
_LINK = re.compile(
    r"(?P<start><|[ox](?=[-=]))?(?:--\s+(?P<said>[^-|>]+?)\s+--+|==\s+(?P<thick>[^=|>]+?)\s+==+"
    r"|-\.\s+(?P<dotted>[^.|>]+?)\s+\.-+|-{2,}|={2,}|-\.+-)(?P<end>>|[ox](?=\s))?\s*(?:\|(?P<label>[^|]*)\|)?"
)
_PARTICIPANT = re.compile(r"(?:create\s+)?(?:participant|actor)\s+(?P<id>\S+?)(?:\s+as\s+(?P<name>.+))?$")
_MESSAGE = re.compile(r"(?P<a>[^-+:<]+?)\s*<{0,2}--?(?:>>|>|x|\))[+-]?\s*(?P<b>[^:+-]+?)\s*:\s*(?P<said>.*)$")
_NAME_TRIM = "[](){}<>/\\\"' "


@dataclass(frozen=True, slots=True)
class Component:
    """One box of the sketch and what is written in it."""

    id: str
    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """One arrow, by the names of the boxes at its ends."""

    source: str
    target: str
    label: str = ""
    both_ways: bool = False

    @property
    def sentence(self) -> str:
        """As a line to read: "API -> Cache: look up"."""
        arrow = "<->" if self.both_ways else "->"
        return f"{self.source} {arrow} {self.target}" + (f": {self.label}" if self.label else "")


@dataclass(frozen=True, slots=True)
class Diagram:
    """What could be read. `problem` is a plain sentence when something could not; the rest still counts."""

    kind: str
    components: tuple[Component, ...] = ()
    connections: tuple[Connection, ...] = ()
    problem: str = ""


def read_diagram(text: str) -> Diagram:
    """Components and connections of a Mermaid text, in the order in which they appear. Never raises."""
    lines = list(_lines(text))
    if not lines:
        return Diagram("", problem="There is nothing to draw yet.")
    kind = lines[0][1].split()[0].rstrip(";")
    if kind not in DIAGRAM_KINDS:
        return Diagram("", problem=_no_kind(lines[0]))
    if kind in _FLOW:
        return _Flow(kind).read(lines[1:])
    if kind == "sequenceDiagram":
        return _sequence(lines[1:])
    return Diagram(kind, problem="The components of this kind of diagram are not listed; its text is kept.")


def _no_kind(line: tuple[int, str]) -> str:
    number, text = line
    return (
        f"Line {number} begins with “{text.split()[0]}”. A diagram begins with its kind, for example "
        "“flowchart LR”, and then one arrow a line: “client --> api”."
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Numbered statements without comments, front matter and directives."""
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if bare == "---" and (fenced or number == 1):
            fenced = not fenced
        elif not fenced and bare and not bare.startswith("%%"):
            for part in bare.split(";") if '"' not in bare else [bare]:
                if part.strip():
                    yield number, part.strip()


class _Flow:
    """Reads a flowchart line by line."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._components: dict[str, Component] = {}
        self._arrows: list[tuple[str, str, str, bool]] = []
        self._groups: list[str] = []
        self._unread: list[int] = []

    def read(self, lines: list[tuple[int, str]]) -> Diagram:
        for number, line in lines:
            if not self._line(line):
                self._unread.append(number)
        return Diagram(
            self._kind,
            tuple(self._components.values()),
            tuple(
                Connection(self._name(a), self._name(b), label, both) for a, b, label, both in self._arrows
            ),
            _unread(self._unread),
        )

    def _name(self, node: str) -> str:
        return self._components[node].name

    def _line(self, line: str) -> bool:
        if line.startswith(_OTHER_LINES):
            return True
        if line.startswith("subgraph"):
            found = _SHAPE.match(line.removeprefix("subgraph"))
            title = line.removeprefix("subgraph").strip()
            self._groups.append(_label(found["shape"]) if found and found["shape"] else title.strip('"'))
            return True
        if line == "end":
            if self._groups:
                self._groups.pop()
            return True
        return self._chain(line)

    def _chain(self, line: str) -> bool:
        """One statement: "a --> b & c -->|label| d"."""
        at, sources = self._nodes(line, 0)
        if not sources:
            return False
        while at < len(line):
            link = _LINK.match(line, at)
            if link is None:
                return False
            at, targets = self._nodes(line, link.end())
            if not targets:
                return False
            label = next((link[n] for n in ("label", "said", "thick", "dotted") if link[n]), "").strip(' "')
            both = link["start"] == "<" and link["end"] == ">"
            self._arrows += [(a, b, label, both) for a in sources for b in targets]
            sources = targets
        return True

    def _nodes(self, line: str, at: int) -> tuple[int, list[str]]:
        found: list[str] = []
        while (node := _SHAPE.match(line, at)) is not None:
            self._add(node["id"], node["shape"])
            found.append(node["id"])
            at = node.end()
            if line[at : at + 1] != "&":
                break
            at += 1
        return at, found

    def _add(self, node: str, shape: str | None) -> None:
        known = self._components.get(node)
        group = self._groups[-1] if self._groups else (known.group if known else "")
        if known is None or shape:
            name = _label(shape) if shape else node
            self._components[node] = Component(node, name or node, known.group if known else group)


def _label(shape: str) -> str:
    inner = re.sub(r"<br\s*/?>", " ", shape.strip(_NAME_TRIM))
    return " ".join(inner.split())


def _unread(numbers: list[int]) -> str:
    if not numbers:
        return ""
    listed = ", ".join(str(number) for number in numbers[:5])
    return f"Line {listed} could not be read as components and arrows; the others were."


def _sequence(lines: list[tuple[int, str]]) -> Diagram:
    components: dict[str, Component] = {}
    arrows: list[tuple[str, str, str]] = []
    for _, line in lines:
        participant = _PARTICIPANT.match(line)
        message = None if participant else _MESSAGE.match(line)
        if participant:
            name = (participant["name"] or participant["id"]).strip(' "')
            components[participant["id"]] = Component(participant["id"], name)
        elif message:
            for end in ("a", "b"):
                components.setdefault(
                    message[end].strip(), Component(message[end].strip(), message[end].strip())
                )
            arrows.append((message["a"].strip(), message["b"].strip(), message["said"].strip()))
    named = tuple(Connection(components[a].name, components[b].name, said) for a, b, said in arrows)
    return Diagram("sequenceDiagram", tuple(components.values()), named)
