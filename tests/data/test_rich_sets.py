"""A set of one's own may say all that the bank's files say: nested in YAML, in short notations in a table."""

from __future__ import annotations

import csv
import io

import pytest

from data.domain import Fact, Observation, Question, RehearseError, Twist
from data.own_questions import read_file
from data.questions import parse_questions
from pages.widgets.study.own_sets import example

PLAIN = {
    "id": "cache-a",
    "category": "data_infrastructure",
    "level": "mid",
    "topic": "caching",
    "title": "The cache",
    "question": "What happens?",
    "competencies": "C3",
    "minutes": "4",
    "tags": "x",
    "key_points": "All callers miss. | One loads.",
    "probes": "Who comes? | And then?",
}
RICH = {
    "kinds": "say | do",
    "hints": "Who? / How many? / All of them. | Must all? / One. / One loads, others wait.",
    "facts": "peak: Two thousand a second. | Nobody sleeps.",
    "misconceptions": "It never expires. => It does. => When? => It expires. => Xu",
    "twist": "ten_times: Ten times as many.",
    "observations": "slow query log: One takes 2 s: the report.",
    "expected": "mid: Names it. | senior: Tests it.",
    "follow_ups": "And then? | Why?",
    "examples": "mid: First: I would look.",
    "apart": "cache-b",
    "code": "for one in many:\n    load(one)",
    "language": "go",
}
YAML = """- id: cache-a
  category: data_infrastructure
  level: mid
  topic: caching
  title: The cache
  question: What happens?
  competencies: [C3]
  minutes: 4
  tags: [x]
  key_points:
    - text: All callers miss.
      competency: C3
      probe: Who comes?
      hints: [Who?, How many?, All of them.]
    - text: One loads.
      competency: C3
      kind: do
      probe: And then?
      hints:
        - Must all?
        - One.
        - One loads, others wait.
  misconceptions:
    - {wrong: It never expires., right: It does., challenge: When?, near_right: It expires., source: Xu}
  twist: {kind: ten_times, text: Ten times as many.}
  facts:
    - {about: peak, text: Two thousand a second.}
    - Nobody sleeps.
  observations: [{ask: slow query log, shows: "One takes 2 s: the report."}]
  expected: {mid: Names it., senior: Tests it.}
  follow_ups: [And then?, Why?]
  examples: {mid: "First: I would look."}
  apart: [cache-b]
  language: go
  code: |
    for one in many:
        load(one)
"""


def table(**changed: str) -> bytes:
    row = {**PLAIN, **RICH, **changed}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row))
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue().encode()


def refused(raw: bytes, name: str) -> str:
    with pytest.raises(RehearseError) as caught:
        parse_questions(raw, name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("raw", "name"),
    [(table(), "mine.csv"), (YAML.encode(), "mine.yaml"), (f"questions:\n{YAML}".encode(), "mine.yaml")],
)
def test_a_set_of_ones_own_gives_what_an_interviewer_needs(raw: bytes, name: str) -> None:
    (one,) = parse_questions(raw, name)
    assert [(point.text, point.kind, point.hints[2]) for point in one.key_points] == [
        ("All callers miss.", "say", "All of them."),
        ("One loads.", "do", "One loads, others wait."),
    ]
    assert one.facts == (Fact("peak", "Two thousand a second."), Fact("other", "Nobody sleeps."))
    (wrong,) = one.misconceptions
    assert (wrong.wrong, wrong.right, wrong.challenge) == ("It never expires.", "It does.", "When?")
    assert (wrong.near_right, wrong.source) == ("It expires.", "Xu")
    assert one.twist == Twist("ten_times", "Ten times as many.")
    assert one.observations == (Observation("slow query log", "One takes 2 s: the report."),)
    assert one.expected == {"mid": "Names it.", "senior": "Tests it."}
    assert (one.follow_ups, one.apart, one.language) == (("And then?", "Why?"), ("cache-b",), "go")
    assert one.examples == {"mid": "First: I would look."}
    assert one.code == "for one in many:\n    load(one)"


@pytest.mark.slow
def test_the_limited_worker_hands_all_of_it_back() -> None:
    assert read_file(table(), "mine.csv") == parse_questions(table(), "mine.csv")


def test_the_example_file_has_rich_fields_and_no_mistakes() -> None:
    first, second = parse_questions(example().encode(), "my-questions.csv")
    assert first.misconceptions and first.facts[0].about == "peak" and first.key_points[0].hints
    assert second.task is not None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"hints": "a / b / c"}, "row 2, column hints: 1 items for 2 key points"),
        ({"hints": "a / b | c / d / e"}, "row 2, column hints: each key point needs three"),
        ({"kinds": "say | think"}, "row 2, column kinds: 'think' is not one of say, do"),
        ({"twist": "more: Ten."}, "row 2, column twist, kind: 'more' is not one of ten_times"),
        ({"misconceptions": "Wrong."}, "column misconceptions, item 1, right: must be text and is missing"),
        ({"expected": "boss: All."}, "row 2, column expected, boss: is not one of junior"),
        ({"language": "cobol"}, "row 2, column language: 'cobol' is not one of python"),
        ({"follow_ups": "a | " * 60}, "row 2, column follow_ups: a list has 60 items, at most 50"),
    ],
)
def test_a_mistake_in_a_table_has_its_row_and_column(changed: dict[str, str], expected: str) -> None:
    assert expected in refused(table(**changed), "mine.csv")


@pytest.mark.parametrize(
    ("there", "instead", "expected"),
    [
        ("kind: do", "kind: try", "line 17, item 1, field key_points, item 2, kind: 'try' is not one of"),
        ("        - One.\n", "", "item 1, field key_points, item 2, hints: has 2 items"),
        ("right: It does., ", "", "line 24, item 1, field misconceptions, item 1, right: must be text"),
        ("about: peak", "about: top", "line 27, item 1, field facts, item 1, about: 'top' is not one of"),
        ("twist: {", "twist: &a {", "anchors and aliases"),
        ("Nobody sleeps.", "x" * 20_001, "line 28, item 1, field facts: a text has 20,001 characters"),
        ("  apart:", "  hints: [a]\n  apart:", "field hints: is not one of id,"),
    ],
)
def test_a_mistake_in_yaml_has_its_own_line(there: str, instead: str, expected: str) -> None:
    assert there in YAML
    assert expected in refused(YAML.replace(there, instead).encode(), "mine.yaml")


def test_signs_that_do_not_show_are_taken_out_of_all_of_it() -> None:
    (one,) = parse_questions(table(facts="peak: Two\u200b thousand."), "mine.csv")
    assert one.facts == (Fact("peak", "Two thousand."),)


def test_a_set_without_any_of_it_is_read_as_before() -> None:
    plain = {column: "" for column in RICH}
    (one,) = parse_questions(table(**plain), "mine.csv")
    assert one == Question(
        "cache-a", "data_infrastructure", "mid", "The cache", "What happens?", "caching", ("C3",), 4.0,
        one.key_points, tags=("x",),
    )  # fmt: skip
