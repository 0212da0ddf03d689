"""The components and connections in a Mermaid text, so that a judge and a reader need no picture.

Flowcharts (`flowchart`, `graph`) and sequence diagrams are read, and drawn up to a size. Of other kinds only
the text is shown: a few letters of some ("space:1000000") keep a browser busy for minutes.
This is not Mermaid's own parser: what draws the picture decides whether the syntax is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.written.drawable import LINE_END

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
LONGEST = 20_000
"""Characters of a sketch that is read and drawn; an interview's worth is an eighth of it."""
MOST_COMPONENTS, MOST_ARROWS, MOST_GROUPS = 200, 400, 40
"""What draws it stops at 500 arrows; nobody reads as many."""
_LONGEST_LINE = 1_000
_LONGEST_LINK = re.compile(r"[-=.]{12}")
"""Each stroke of an arrow is a row of the picture."""
_FIRST_LINE = re.compile(r"(?:flowchart|graph)(?:\s+(?:TB|TD|BT|RL|LR))?|sequenceDiagram")
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
    line: int = 1
    """Where the diagram begins."""
    whole: bool = True
    """False when it is larger than is read, or of a kind that is not; then it is not drawn either."""
    unread: tuple[int, ...] = ()
    """Lines that could not be read and are not drawn."""


class _TooLargeError(Exception):
    """There are more components or arrows than are read."""


def read_diagram(text: str) -> Diagram:
    """Components and connections of a Mermaid text, in the order in which they appear. Never raises."""
    if len(text) > LONGEST:
        problem = f"This is longer than {LONGEST:,} characters: it is kept, but neither read nor drawn."
        return Diagram("", problem=problem, whole=False)
    lines = list(_lines(text))
    if not lines:
        return Diagram("", problem="There is nothing to draw yet.")
    kind = lines[0][1].split()[0].rstrip(";")
    if kind not in DIAGRAM_KINDS:
        return Diagram("", problem=_no_kind(lines[0]))
    if kind in (*_FLOW, "sequenceDiagram") and _FIRST_LINE.fullmatch(lines[0][1]) is None:
        problem = (
            f"Line {lines[0][0]} holds more than the kind of diagram and its direction, like “flowchart LR”."
        )
        return Diagram(kind, problem=f"{problem} It is not drawn.", line=lines[0][0], whole=False)
    return replace(_read(kind, lines[1:]), line=lines[0][0])


def _read(kind: str, lines: list[tuple[int, str]]) -> Diagram:
    if kind in _FLOW:
        return _Flow(kind).read(lines)
    if kind == "sequenceDiagram":
        return _sequence(lines)
    problem = (
        "Only flowcharts and sequence diagrams are drawn; the text of this one is kept and shown as it is."
    )
    return Diagram(kind, problem=problem, whole=False)


def _too_large(number: int) -> str:
    return (
        f"There are more than {MOST_COMPONENTS} components, {MOST_ARROWS} arrows or {MOST_GROUPS} groups: "
        f"nothing is read from line {number} on, and no picture drawn. Show the parts that matter."
    )


def _no_kind(line: tuple[int, str]) -> str:
    number, text = line
    return (
        f"Line {number} begins with “{text.split()[0][:40]}”. A diagram begins with its kind, for example "
        "“flowchart LR”, and then one arrow a line: “client --> api”."
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Numbered statements without comments, front matter and directives."""
    fenced, above = False, True
    for number, line in enumerate(LINE_END.split(text), start=1):
        bare = line.strip()
        if bare == "---" and (fenced or above):
            fenced, above = not fenced, False
        elif not fenced and bare and not bare.startswith("%%"):
            above = False
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
        self._groups_begun = 0
        self._unread: list[int] = []

    def read(self, lines: list[tuple[int, str]]) -> Diagram:
        for number, line in lines:
            try:
                if len(line) > _LONGEST_LINE or _LONGEST_LINK.search(line) or not self._line(line):
                    self._unread.append(number)
            except _TooLargeError:
                return self._found(_too_large(number), whole=False)
        return self._found(_unread(self._unread), whole=True)

    def _found(self, problem: str, *, whole: bool) -> Diagram:
        arrows = tuple(
            Connection(self._name(a), self._name(b), label, both) for a, b, label, both in self._arrows
        )
        components, unread = tuple(self._components.values()), tuple(dict.fromkeys(self._unread))
        return Diagram(self._kind, components, arrows, problem, whole=whole, unread=unread)

    def _name(self, node: str) -> str:
        return self._components[node].name

    def _line(self, line: str) -> bool:
        if line.startswith(_OTHER_LINES):
            return ";" not in line
        if line.startswith("subgraph"):
            self._groups_begun += 1
            if self._groups_begun > MOST_GROUPS:
                raise _TooLargeError
            found = _SHAPE.match(line.removeprefix("subgraph"))
            title = line.removeprefix("subgraph").strip()
            self._groups.append(_label(found["shape"]) if found and found["shape"] else title.strip('"'))
            return ";" not in line
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
            if len(self._arrows) + len(sources) * len(targets) > MOST_ARROWS:
                raise _TooLargeError
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
        if known is None and len(self._components) == MOST_COMPONENTS:
            raise _TooLargeError
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
    return f"Line {listed} could not be read as components and arrows, and is not drawn; the others were."


def _sequence(lines: list[tuple[int, str]]) -> Diagram:
    components: dict[str, Component] = {}
    arrows: list[tuple[str, str, str]] = []
    large, others = 0, 0
    unread = [number for number, line in lines if len(line) > _LONGEST_LINE]
    for number, line in _statements(lines):
        participant = _PARTICIPANT.match(line)
        message = None if participant else _MESSAGE.match(line)
        if len(components) + 2 > MOST_COMPONENTS or len(arrows) + others == MOST_ARROWS:
            large = number
            break
        if participant:
            name = (participant["name"] or participant["id"]).strip(' "')
            components[participant["id"]] = Component(participant["id"], name)
        elif message:
            source, target = message["a"].strip(), message["b"].strip()
            for end in (source, target):
                components.setdefault(end, Component(end, end))
            arrows.append((source, target, message["said"].strip()))
        else:
            others += 1
    named = tuple(Connection(components[a].name, components[b].name, said) for a, b, said in arrows)
    problem = _too_large(large) if large else _unread(unread)
    found = Diagram("sequenceDiagram", tuple(components.values()), named, problem, whole=not large)
    return replace(found, unread=tuple(unread))


def _statements(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """What draws a sequence ends a statement at a semicolon, also between quotes."""
    for number, line in lines:
        if len(line) <= _LONGEST_LINE:
            yield from ((number, part.strip()) for part in line.split(";") if part.strip())
