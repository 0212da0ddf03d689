"""Components and arrows are read from the text, whatever of Mermaid's many spellings was used."""

from __future__ import annotations

import pytest

from analysis.written.as_turns import component_list
from analysis.written.drawable import drawable
from analysis.written.mermaid import DIAGRAM_KINDS, MOST_ARROWS, MOST_COMPONENTS, read_diagram

SHORTENER = """flowchart LR
    client[Client] -->|POST /links| api(API)
    api --> cache[("Redis cache")]
    api -- "on a miss" --> db[(Links)]
    subgraph region[EU region]
        db <--> replica[Read replica]
    end
    %% a comment
    classDef store fill:#eee
    client & browser --> cdn:::store
"""


def arrows(text: str) -> list[str]:
    return [connection.sentence for connection in read_diagram(text).connections]


def test_a_flowchart_gives_its_boxes_with_names_and_groups() -> None:
    found = read_diagram(SHORTENER)
    assert found.problem == ""
    assert [component.name for component in found.components] == [
        "Client", "API", "Redis cache", "Links", "Read replica", "browser", "cdn",
    ]  # fmt: skip
    assert {component.name: component.group for component in found.components}["Read replica"] == "EU region"


def test_a_flowchart_gives_its_arrows_with_labels() -> None:
    assert arrows(SHORTENER) == [
        "Client -> API: POST /links",
        "API -> Redis cache",
        "API -> Links: on a miss",
        "Links <-> Read replica",
        "Client -> cdn",
        "browser -> cdn",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a-->b", "a -> b"),
        ("a-.->b", "a -> b"),
        ("a -. later .-> b", "a -> b: later"),
        ("a ==> b", "a -> b"),
        ("a == bulk ==> b", "a -> b: bulk"),
        ("a --- b", "a -> b"),
        ("a ---->|x| b;", "a -> b: x"),
        ("order-service --> billing.v2", "order-service -> billing.v2"),
        ("a{{Queue}} --x b>Flag]", "Queue -> Flag"),
        ('a["Load (balancer); two"] --> b', "Load (balancer); two -> b"),
        ("a[One<br/>two] --> b", "One two -> b"),
    ],
)
def test_every_spelling_of_an_arrow_is_read(line: str, expected: str) -> None:
    assert arrows(f"graph TD\n{line}") == [expected]


def test_a_chain_is_several_arrows() -> None:
    assert arrows("flowchart TD\na --> b --> c") == ["a -> b", "b -> c"]


def test_a_sequence_diagram_is_read_too() -> None:
    text = "sequenceDiagram\n  participant A as Api\n  A->>+Db: read\n  Db-->>-A: row\n  Note over A: hm"
    assert arrows(text) == ["Api -> Db: read", "Db -> Api: row"]


def test_an_empty_text_and_an_unknown_kind_say_what_to_do() -> None:
    assert read_diagram(" \n").problem == "There is nothing to draw yet."
    problem = read_diagram("client -> api").problem
    assert "Line 1" in problem and "flowchart LR" in problem


def test_a_line_that_cannot_be_read_is_named_and_the_rest_still_counts() -> None:
    found = read_diagram("flowchart LR\na --> b\n=> what\nb --> c")
    assert found.problem.startswith("Line 3 ")
    assert len(found.connections) == 2


@pytest.mark.parametrize("kind", sorted({*DIAGRAM_KINDS} - {"flowchart", "graph", "sequenceDiagram"}))
def test_other_kinds_keep_their_text_and_are_neither_listed_nor_drawn(kind: str) -> None:
    found = read_diagram(f"{kind}\ncolumns 1\nspace:1000000\na")
    assert found.components == () and not found.whole and "text of this one is kept" in found.problem


@pytest.mark.parametrize(
    "line",
    ["space:1000000", "a " + "-" * 900 + "> b", "a[x] " + "=" * 40 + "> b",
     'style a x;subgraph b;subgraph "c"', 'a["x"];subgraph b',
     " & ".join(f"n{i}" for i in range(190)) + " --> z" * 40],
)  # fmt: skip
def test_a_line_that_is_not_read_is_not_drawn(line: str) -> None:
    text = f"flowchart LR\nclient --> api\n{line}\napi --> db"
    found = read_diagram(text)
    assert found.unread == (3,)
    drawn = drawable(text, found.line, found.unread)
    assert drawn.text == "flowchart LR\nclient --> api\napi --> db"


@pytest.mark.parametrize("first", ['flowchart LR;subgraph "a";subgraph b', "flowchart LR a --> b", "graph x"])
def test_the_first_line_holds_only_the_kind_and_the_direction(first: str) -> None:
    assert not read_diagram(f"{first}\nc --> d").whole or read_diagram(f"{first}\nc --> d").unread


def test_the_list_reads_as_text() -> None:
    listed = component_list(read_diagram(SHORTENER))
    assert "Read replica (in EU region)" in listed.splitlines()[0]
    assert "Links <-> Read replica" in listed


def test_many_boxes_on_both_sides_of_an_arrow_do_not_become_their_product() -> None:
    many = " & ".join(f"n{number}" for number in range(60))
    found = read_diagram(f"flowchart LR\na --> b\n{many} --> {many}\nc --> d")
    assert not found.whole
    assert [one.sentence for one in found.connections] == ["a -> b"]
    assert "nothing is read from line 3 on" in found.problem


@pytest.mark.parametrize(
    "text",
    [
        "flowchart LR\n" + "\n".join(f"n{number} --> n{number + 1}" for number in range(300)),
        "flowchart LR\n" + "\n".join("a --> b" for _ in range(401)),
        "sequenceDiagram\n" + "\n".join(f"P{number}->>P{number + 1}: x" for number in range(300)),
        "sequenceDiagram\n" + "\n".join("A->>B: x" for _ in range(401)),
        "sequenceDiagram\n" + "\n".join('A->>B: "x";A->>B: y' for _ in range(201)),
        "sequenceDiagram\n" + "\n".join("loop x" for _ in range(401)),
        "flowchart LR\n" + "\n".join(f"subgraph s{number}\nend" for number in range(41)),
        "flowchart LR\n" + "\n".join(f"subgraph s{number}" for number in range(41)),
    ],
)
def test_a_sketch_has_a_size_and_what_is_larger_is_not_drawn(text: str) -> None:
    found = read_diagram(text)
    assert not found.whole and "no picture drawn" in found.problem
    assert len(found.components) <= MOST_COMPONENTS and len(found.connections) <= MOST_ARROWS


def test_a_very_long_text_is_kept_but_not_read() -> None:
    found = read_diagram("flowchart LR\n" + "a --> b\n" * 4000)
    assert not found.whole and "longer than 20,000 characters" in found.problem


def test_a_very_long_line_is_named_and_the_others_are_read() -> None:
    found = read_diagram("flowchart LR\na --> b\n" + "a " * 2000 + "\nc --> d")
    assert [one.sentence for one in found.connections] == ["a -> b", "c -> d"]
    assert "Line 3" in found.problem
