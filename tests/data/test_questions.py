"""The loader: what it accepts, and that it names row and column, or file and field, of every mistake."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.domain import CodeCheck, CodeTask, Fact, Observation, Question, RehearseError, Twist
from data.questions import load_questions, parse_questions, question_by_id

HEADER = "id,category,level,topic,title,question,competencies,minutes,tags"
LONG_HEADER = f"{HEADER},key_points,probes,outline,reading"
ROW = "shop-cart,system_design,mid,storage,Cart,Design a cart.,C1;C4,7,java;startup"
BANK_FILE = """
key_points:
  - text: Asks how many carts are open at a time.
    competency: C1
    probe: What would you ask first?
outline: |
  Requirements first.
  Then the rest.
reading: ["Dynamo, SOSP 2007"]
facts: ["A million carts a day."]
"""


def read(text: str, bank: Path | None = None) -> tuple[Question, ...]:
    return parse_questions(text.encode(), "mine.csv", bank)


def mistakes(text: str, bank: Path | None = None) -> str:
    with pytest.raises(RehearseError) as caught:
        read(text, bank)
    return str(caught.value)


def with_cell(column: str, cell: str, header: str = HEADER) -> str:
    cells = ROW.split(",") + [""] * (header.count(",") - HEADER.count(","))
    cells[header.split(",").index(column)] = f'"{cell}"' if "," in cell else cell
    return f"{header}\n{','.join(cells)}\n"


@pytest.mark.slow
def test_the_shipped_list_loads_with_the_long_fields_of_its_bank_files() -> None:
    question = question_by_id(load_questions(), "url-shortener")
    assert question.category == "system_design"
    assert len(question.key_points) == 9
    assert question.key_points[0].id == "url-shortener-k1"
    assert question.outline and question.reading and question.facts


def test_a_row_becomes_a_question() -> None:
    (question,) = read(f"{HEADER}\n{ROW}\n")
    assert question == Question(
        id="shop-cart",
        category="system_design",
        level="mid",
        title="Cart",
        text="Design a cart.",
        topic="storage",
        competencies=("C1", "C4"),
        minutes=7.0,
        tags=("java", "startup"),
    )


def test_a_users_own_csv_alone_carries_key_points_probes_outline_and_reading() -> None:
    long = 'Asks for load. | C4: Survives a crash.,What first? | What breaks?,"One.\nTwo.",DDIA ch. 5 | Raft'
    (question,) = read(f"{LONG_HEADER}\n{ROW},{long}\n")
    assert [(point.text, point.probe, point.competency) for point in question.key_points] == [
        ("Asks for load.", "What first?", "C1"),
        ("Survives a crash.", "What breaks?", "C4"),
    ]
    assert question.outline == "One.\nTwo."
    assert question.reading == ("DDIA ch. 5", "Raft")


def test_columns_may_come_in_any_order_and_case_and_blank_rows_are_skipped() -> None:
    columns = HEADER.split(",")
    cells = ROW.split(",")
    text = ",".join(column.upper() for column in reversed(columns)) + "\n\n,,,,,,,,\n"
    (question,) = read(text + ",".join(reversed(cells)) + "\n")
    assert question.id == "shop-cart"


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    raw = b"\xef\xbb\xbf" + f"{HEADER}\r\n{ROW}\r\n".encode()
    assert parse_questions(raw, "mine.csv")[0].id == "shop-cart"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_what_excel_writes_where_the_comma_is_the_decimal_sign_is_accepted(delimiter: str) -> None:
    cells = [f'"{cell}"' for cell in ROW.replace(",7,", ",7.5,").split(",")]
    text = HEADER.replace(",", delimiter) + "\n" + delimiter.join(cells).replace("7.5", "7,5") + "\n"
    (question,) = read(text)
    assert question.minutes == 7.5
    assert question.competencies == ("C1", "C4")


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("category", "design", "row 2, column category: 'design' is not one of experience, coding,"),
        ("level", "guru", "row 2, column level: 'guru' is not one of junior, mid, senior, staff"),
        ("competencies", "C1;C9", "row 2, column competencies: 'C9' is not one of C1,"),
        ("minutes", "soon", "row 2, column minutes: 'soon' is not a number"),
        ("minutes", "0.2", "row 2, column minutes: 0.2 is outside 0.5 to 15"),
        ("minutes", "16", "row 2, column minutes: 16 is outside 0.5 to 15"),
        ("minutes", "nan", "row 2, column minutes: nan is outside 0.5 to 15"),
        ("id", "Shop Cart", "row 2, column id: 'Shop Cart' may only have small letters"),
        ("id", "../secret", "row 2, column id: '../secret' may only have small letters"),
        ("question", "", "row 2, column question: is empty"),
        ("title", "  ", "row 2, column title: is empty"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(column: str, cell: str, expected: str) -> None:
    assert expected in mistakes(with_cell(column, cell))


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("key_points", "One. | Two.", "row 2, column probes: 0 probes for 2 key points"),
        ("probes", "Why?", "row 2, column probes: 1 probes for 0 key points"),
    ],
)
def test_key_points_and_probes_must_match_in_number(column: str, cell: str, expected: str) -> None:
    assert expected in mistakes(with_cell(column, cell, LONG_HEADER))


def test_a_key_point_may_only_feed_a_competency_of_its_row() -> None:
    text = f"{LONG_HEADER}\n{ROW},C6: Alerts on lag.,How do you know?,,\n"
    assert "column key_points: item 1 feeds C6, which is not among the row's competencies" in mistakes(text)


def test_all_mistakes_are_reported_at_once() -> None:
    text = mistakes(f"{HEADER}\n{ROW}\n{ROW}\na,coding,guru,t,t,q,C1,x,\nb,coding\n")
    assert "mine.csv has 4 mistakes" in text
    assert "row 3, column id: 'shop-cart' is already used in row 2" in text
    assert "row 4, column level" in text and "row 4, column minutes" in text
    assert "row 5: 2 cells where the header has 9" in text


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (HEADER.replace(",level", ""), "missing columns: 'level'"),
        (f"{HEADER},colour", "unknown columns: 'colour'"),
        (f"{HEADER},id", "columns given twice: 'id'"),
        ("no question list at all", "missing columns: 'id', 'category'"),
    ],
)
def test_a_wrong_header_names_its_columns(header: str, expected: str) -> None:
    text = mistakes(f"{header}\n{ROW}\n")
    assert "row 1" in text and expected in text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "mine.csv is empty"),
        (b" \n\n", "mine.csv is empty"),
        (HEADER.encode(), "no question below it"),
        ("id\nModel f\u00fcr\n".encode("latin-1"), "is not UTF-8 text (line 2)"),
        (HEADER.encode("utf-16"), "is not UTF-8 text"),
        (b"id\0,category\n", "is not a CSV: it has binary content"),
        (f'{HEADER}\n"shop"cart,b\n'.encode(), "not a well-formed CSV: near line 2"),
        (f'{HEADER}\n"shop-cart,b\n'.encode(), "not a well-formed CSV"),
    ],
)
def test_a_file_that_is_no_csv_in_utf_8_says_so(raw: bytes, expected: str) -> None:
    with pytest.raises(RehearseError) as caught:
        parse_questions(raw, "mine.csv")
    assert expected in str(caught.value)
    assert str(caught.value).endswith((".", "again."))


def test_a_missing_file_and_a_folder_are_reported_plainly(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(RehearseError, match="cannot be read"):
            load_questions(path)


@pytest.fixture
def bank(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def write(content: str | bytes) -> Path:
        raw = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "shop-cart.yaml").write_bytes(raw)
        return tmp_path

    return write


def test_a_bank_file_gives_the_long_fields(bank: Callable[[str | bytes], Path]) -> None:
    (question,) = read(f"{HEADER}\n{ROW}\n", bank(BANK_FILE))
    assert [(point.id, point.competency) for point in question.key_points] == [("shop-cart-k1", "C1")]
    assert question.outline == "Requirements first.\nThen the rest."
    assert question.reading == ("Dynamo, SOSP 2007",)
    assert question.facts == (Fact("other", "A million carts a day."),)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (BANK_FILE.replace("competency: C1", "competency: C2"), "item 1, competency: 'C2' is not among"),
        (BANK_FILE.replace("probe: What would you ask first?", ""), "item 1, probe: must be text"),
        (BANK_FILE.replace("text: Asks", "words: Asks"), "item 1, words: is not one of text,"),
        (BANK_FILE.replace("facts:", "fact:"), "field fact: is not one of key_points,"),
        (
            BANK_FILE.replace('["A million carts a day."]', "5"),
            "line 10, field facts: must be a list",
        ),
        (BANK_FILE.replace('["A million carts a day."]', "[1, ok]"), "field facts, item 1: must be text"),
        ("key_points: nothing", "field key_points: must be a list"),
        ("key_points: [Asks]", "field key_points, item 1: must have text, competency, probe"),
        ("outline: [1]\nkey_points: []", "field outline: must be text"),
        ("[1, 2]", "shop-cart.yaml must have the fields"),
        ("", "shop-cart.yaml must have the fields"),
        ("a: [1", "not well-formed YAML: line"),
        ("a: !!python/object:os.system {}", "not well-formed YAML"),
        ("a: \x07", "not well-formed YAML"),
        (b"outline: f\xfcr", "shop-cart.yaml is not UTF-8 text"),
    ],
)
def test_a_wrong_bank_file_is_named_with_its_field(
    content: str | bytes, expected: str, bank: Callable[[str | bytes], Path]
) -> None:
    text = mistakes(f"{HEADER}\n{ROW}\n", bank(content))
    assert "shop-cart.yaml" in text and expected in text


RICH = """
key_points:
  - text: Asks how many carts are open at a time.
    competency: C1
    kind: do
    probe: What would you ask first?
    hints: [Which figure is missing?, Think of a busy evening., Ask how many carts are open.]
misconceptions:
  - wrong: A cart is small, so how many there are does not matter.
    near_right: A cart is small, but how many there are still matters.
    right: Memory is size times number.
    source: Xu, System Design Interview, chapter 2
    challenge: What do they take together?
    contradicts: 1
  - {wrong: Carts never expire., right: They do., challenge: What of last year's carts?}
twist: {kind: ten_times, text: Ten times as many carts by spring.}
facts:
  - A million carts a day.
  - about: peak
    text: Forty a second at the busiest minute.
observations:
  - {ask: slow query log, shows: One query takes two seconds.}
expected:
  staff: Says what would change the decision.
  junior: Names the store.
follow_ups: [And with guests?]
examples:
  mid: |
    First I would ask how many
    carts there are.
apart: [shop-checkout]
"""


def test_a_bank_file_gives_what_an_interviewer_needs(bank: Callable[[str | bytes], Path]) -> None:
    (question,) = read(f"{HEADER}\n{ROW}\n", bank(RICH))
    (point,) = question.key_points
    assert point.kind == "do" and point.hints[2] == "Ask how many carts are open."
    first, second = question.misconceptions
    assert (first.contradicts, first.source) == (1, "Xu, System Design Interview, chapter 2")
    assert (second.near_right, second.source, second.contradicts) == ("", "", None)
    assert question.twist == Twist("ten_times", "Ten times as many carts by spring.")
    assert [(fact.about, fact.text) for fact in question.facts] == [
        ("other", "A million carts a day."),
        ("peak", "Forty a second at the busiest minute."),
    ]
    assert question.observations == (Observation("slow query log", "One query takes two seconds."),)
    assert list(question.expected) == ["junior", "staff"]
    assert question.follow_ups == ("And with guests?",)
    assert question.examples == {"mid": "First I would ask how many carts there are."}
    assert question.apart == ("shop-checkout",)
    assert hash(question) and pickle.loads(pickle.dumps(question)) == question


@pytest.mark.parametrize(
    ("there", "instead", "expected"),
    [
        ("kind: do", "kind: ask", "line 5, field key_points, item 1, kind: 'ask' is not one of say, do"),
        ("Which figure is missing?, ", "", "line 7, field key_points, item 1, hints: has 2 items; it needs"),
        (
            "contradicts: 1",
            "contradicts: 2",
            "line 14, field misconceptions, item 1, contradicts: 2 is not",
        ),
        ("contradicts: 1", "contradicts: one", "item 1, contradicts: must be a whole number"),
        (
            "right: They do., ",
            "",
            "line 15, field misconceptions, item 2, right: must be text and is missing",
        ),
        ("ten_times", "more", "line 16, field twist, kind: 'more' is not one of ten_times, region_lost"),
        ("twist: {", "twist: [{", "not well-formed YAML: line"),
        ("about: peak", "about: top", "line 19, field facts, item 2, about: 'top' is not one of users,"),
        ("shows: One", "says: One", "line 22, field observations, item 1, says: is not one of ask, shows"),
        ("staff: Says", "chief: Says", "line 24, field expected, chief: is not one of junior, mid, senior"),
        ("[And with guests?]", "[And: guests]", "line 26, field follow_ups, item 1: must be text (quote it"),
        ("examples:\n", "twist: no\nexamples:\n", "line 27, field twist: is given twice, before in line 16"),
    ],
)
def test_a_mistake_in_a_new_field_is_named_with_file_line_and_field(
    there: str, instead: str, expected: str, bank: Callable[[str | bytes], Path]
) -> None:
    assert there in RICH
    text = mistakes(f"{HEADER}\n{ROW}\n", bank(RICH.replace(there, instead)))
    assert "shop-cart.yaml" in text and expected in text


def test_a_long_field_may_not_be_given_twice(bank: Callable[[str | bytes], Path]) -> None:
    text = mistakes(with_cell("outline", "Here too.", LONG_HEADER), bank(BANK_FILE))
    assert "row 2, column outline: is also given in shop-cart.yaml" in text


def test_an_unknown_id_is_refused_with_a_remedy() -> None:
    with pytest.raises(RehearseError) as caught:
        question_by_id((), "shop-cart")
    assert "'shop-cart'" in caught.value.message and caught.value.remedy


@given(st.binary(max_size=400))
def test_any_bytes_give_questions_or_one_plain_error(raw: bytes) -> None:
    with pytest.raises(RehearseError):
        parse_questions(raw, "mine.csv")


def test_damaged_copies_of_the_list_give_questions_or_one_plain_error() -> None:
    chance = random.Random(7)
    outcomes = set()
    for _ in range(300):
        raw = bytearray(f"{HEADER}\n{ROW}\n".encode())
        for _ in range(chance.randint(1, 3)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            outcomes.add(type(parse_questions(bytes(raw), "mine.csv")).__name__)
        except RehearseError as error:
            outcomes.add(type(error).__name__)
    assert outcomes == {"tuple", "RehearseError"}


CODE_HEADER = f"{HEADER},starter,tests"
CODE_ROW = "adder,coding,junior,sums,Adder,Add two numbers.,coding,3,python"
STARTER = "def add(a, b):\n    pass"
TESTS = "one = 1\n## Adds\nassert add(one, 1) == 2\n\n## edge: Zero\nassert add(0, 0) == 0\n"


def code_row(starter: str = STARTER, tests: str = TESTS, row: str = CODE_ROW) -> str:
    cells = (cell.replace('"', '""') for cell in (starter, tests))
    return f"{CODE_HEADER}\n{row}," + ",".join(f'"{cell}"' for cell in cells) + "\n"


def test_a_csv_carries_the_starter_and_the_tests_of_a_coding_question() -> None:
    (question,) = read(code_row())
    assert question.task == CodeTask(
        "def add(a, b):\n    pass\n",
        (
            CodeCheck("Adds", "assert add(one, 1) == 2\n"),
            CodeCheck("Zero", "assert add(0, 0) == 0\n", edge=True),
        ),
        "one = 1\n",
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (code_row(starter=""), "row 2, column starter: is missing"),
        (code_row(tests=""), "row 2, column tests: are missing"),
        (code_row(starter="def add(a b):\n    pass"), "row 2, column starter: line 1: not Python"),
        (
            code_row(tests="## Adds\nassert add(1, 1) == 2\n## B\n\nassert ("),
            "row 2, column tests: line 5: not",
        ),
        (code_row(tests="## Adds\nadd(1, 1)\n"), "column tests: line 1: the test 'Adds' cannot fail"),
        (code_row(tests="## A\nassert add\n## A\nassert 1\n"), "column tests: two tests are called 'A'"),
        (code_row(tests="assert add(1, 1) == 2"), "row 2, column tests: have no heading"),
        (
            code_row(row=ROW),
            "row 2, column starter: is for questions of the categories coding and ai_coding only",
        ),
    ],
)
def test_a_mistake_in_code_is_named_with_row_column_and_line(text: str, complaint: str) -> None:
    assert complaint in mistakes(text)


def test_a_mistake_in_the_tests_of_a_bank_file_is_named_with_file_field_and_line(tmp_path: Path) -> None:
    (tmp_path / "adder.yaml").write_text(
        "key_points: []\nstarter: |\n  def add(a, b): ...\ntests: |\n  ## Adds\n  add(1)\n"
    )
    complaint = mistakes(f"{HEADER}\n{CODE_ROW}\n", tmp_path)
    assert "adder.yaml, line 4, field tests: line 1: the test 'Adds' cannot fail" in complaint
