"""What of a stranger's sketch reaches the program that draws it: nothing that fetches or follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.written.drawable import drawable, plain_alt
from analysis.written.mermaid import read_diagram


def drawn(text: str) -> str:
    return drawable(text, read_diagram(text).line).text


@pytest.mark.parametrize(
    "text",
    [
        "---\nconfig:\n  themeCSS: '* { color: red }'\n---\nflowchart LR\na --> b",
        "\n---\ntitle: x\n---\nflowchart LR\na --> b",
        '%%{init: {"themeCSS": "x"}}%%\nflowchart LR\na --> b',
        "flowchart LR\n%% a comment\na --> b",
        'flowchart LR\na --> c %%{init: {"themeCSS": "x"}}%%\na --> b',
        "flowchart LR\r\n%%{\r\na --> b",
    ],
)
def test_front_matter_directives_and_comments_are_not_drawn(text: str) -> None:
    assert drawn(text) in ("flowchart LR\na --> b", "flowchart LR\n\na --> b")


@pytest.mark.parametrize(
    "line",
    [
        'a@{ img: "https://x.example/p.png", w: 60 }',
        'a@{ icon: "logos:aws" }',
        'a@{ label: "}", img: "https://x.example/p.png" }',
        "a@{ label: '}', img: x }",
        "a@{ shape: cyl, label: Links }",
        'a@{\n  img: "https://x.example/p.png"\n}',
        "classDef red fill:url(https://x.example/p.png)",
        "style a fill:u\\72l(https://x.example/p.png)",
        "style a fill:URL (https://x.example/p.png)",
        "style a fill:u/**/rl(x)",
        "style a fill:&#117;rl(x)",
        "style a fill:#117;rl(x)",
        "style a fill:ur\u200bl(x)",
        "a --> b; style a fill:url(x)",
        "@import 'https://x.example/s.css'",
        "@\\69mport 'https://x.example/s.css'",
        'a["`![x](https://x.example/p.png)`"]',
        'a["<img src=https://x.example/p.png>"]',
        'a["<IMG\nsrc=x>"]',
        'a["< a href=https://x.example>Sign in</a>"]',
        'a["<svg/onload=x>"]',
        'click a "https://x.example"',
        "click a href javascript:alert(1)",
        'a --> b; click a "https://x.example"',
        "links Api: {}",
        "link Api: Docs @ https://x.example",
        'UpdateElementStyle(a, $bgColor="url(x)")',
        'Person(a, "A", $sprite="img:https://x.example/p.png")',
    ],
)
def test_a_line_that_fetches_or_follows_something_is_left_out_and_named(line: str) -> None:
    text = f"flowchart LR\na --> b\n{line}\nc --> d"
    found = drawable(text, 1)
    lines = set(found.text.split("\n"))
    assert {"flowchart LR", "a --> b", "c --> d"} <= lines
    assert lines - {"flowchart LR", "a --> b", "c --> d"} <= {'src=x>"]'}
    assert found.left_out[0] == 3
    assert "Line 3" in found.sentence


@pytest.mark.parametrize(
    "line",
    [
        "a{{Queue}} --x b>Flag]",
        "a[One<br/>two] -->|p99 < 10 ms| b",
        "a <--> b",
        "links[(Links)] --> image(Images)",
        "classDef store fill:#eee",
        'a["GET https://x.example"] --> b',
        "[\\Database\\]",
        "source --> style1",
    ],
)
def test_what_a_design_needs_is_drawn(line: str) -> None:
    found = drawable(f"flowchart LR\n{line}", 1)
    assert found.text == f"flowchart LR\n{line}" and found.sentence == ""


def test_the_name_for_those_who_cannot_see_it_stays_a_comment() -> None:
    assert plain_alt('Sketch with %%{init: {"x": 1}}%% and\nAPI') == 'Sketch with init: "x": 1 and API'


@given(st.text(alphabet="urlURL(@import%{}!-: \\\n7206c", max_size=80))
def test_no_spelling_gets_through(noise: str) -> None:
    text = f"flowchart LR\n{noise}\nend"
    found = drawn(text).lower()
    assert not any(sign in found for sign in ("url(", "@import", "%%", "!["))
