"""Files of questions by strangers: text stays text, Excel's habits are read, every mistake has its line."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.domain import Question, QuestionSet, RehearseError
from data.own_questions import open_set
from data.own_questions import read_file as read_in_worker
from data.questions import load_questions
from data.questions import parse_questions as read_file

BUGS = Path(__file__).parent.parent / "bugs"
GOOD = """- id: cache-a
  category: data_infrastructure
  level: mid
  topic: caching
  title: The cache
  question: What happens?
  competencies: [C3]
  minutes: 4
  tags: [x]
"""
CSV = "id,category,level,topic,title,question,competencies,minutes,tags\n"
CSV_ROW = "cache-a,data_infrastructure,mid,caching,The cache,What happens?,C3,4,x\n"


def read(name: str) -> tuple[Question, ...]:
    return read_file((BUGS / name).read_bytes(), name)


def refused(text: str | bytes, name: str = "mine.yaml") -> str:
    with pytest.raises(RehearseError) as caught:
        read_file(text if isinstance(text, bytes) else text.encode(), name)
    return str(caught.value)


def test_a_date_that_does_not_exist_is_the_text_it_is() -> None:
    (question,) = read("bad_date.yaml")
    assert question.topic == "2024-02-30"


def test_words_and_numbers_of_yaml_are_the_text_that_stands_there() -> None:
    (question,) = read("norway_octal.yaml")
    assert (question.id, question.topic, question.title) == ("010", "no", "Yes")
    assert (question.text, question.tags) == ("On", ("off",))


@pytest.mark.parametrize("word", ["null", "~", "1e3", "0x1F", "1_000", "2001-01-01 25:61", "=", "<<", ".inf"])
def test_no_word_of_yaml_is_more_than_a_word(word: str) -> None:
    (question,) = read_file(GOOD.replace("topic: caching", f"topic: {word}").encode(), "mine.yaml")
    assert question.topic == word


def test_a_field_given_twice_is_named_with_both_lines() -> None:
    message = refused((BUGS / "key_twice.yaml").read_bytes())
    assert "line 10, item 1, field title: is given twice, before in line 5" in message


def test_anchors_and_aliases_are_refused_with_their_lines_and_never_followed() -> None:
    message = refused((BUGS / "alias_bomb_498_bytes.yaml").read_bytes())
    assert "line 1: anchors and aliases (& and *) are not read" in message
    assert "mine.yaml has" in message and "more.\n" in message


@pytest.mark.parametrize("text", [GOOD.replace("topic: caching", "<<: {topic: caching}"), "&a []", "*a"])
def test_merge_keys_anchors_and_aliases_are_no_questions(text: str) -> None:
    assert "line" in refused(text) or "must be a list" in refused(text)


@pytest.mark.parametrize("tag", ["!!python/name:os.system", "!!binary", "!mine", "!!int"])
def test_tags_are_refused_with_their_line(tag: str) -> None:
    text = GOOD.replace("topic: caching", f"topic: {tag} 'caching'")
    assert "line 4: tags (!) are not read" in refused(text)


@pytest.mark.parametrize("deep", ["[" * 3000, "{a: " * 3000, "- " * 3000 + "x", "- [[[[[x]]]]]"])
def test_a_list_in_a_list_in_a_list_is_refused_with_its_line(deep: str) -> None:
    assert "is nested too deep in line 1" in refused(deep)


@pytest.mark.slow
def test_more_values_than_any_set_has_are_refused_before_they_are_held() -> None:
    assert "holds too much in line 1" in refused("[" + "x," * 200_000 + "x]")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("level: mid", "level: guru"), "line 3, item 1, field level: 'guru' is not one of junior"),
        (("topic: caching", "theme: caching"), "line 4, item 1, field theme: is not one of id,"),
        (("title: The cache", "title: [a, b]"), "line 5, item 1, field title: must be text"),
        (("tags: [x]", "tags: [{a: b}]"), "line 9, item 1, field tags: must be a list of texts"),
        (("tags: [x]", "tags: {a: b}"), "line 9, item 1, field tags: must be a list of texts"),
        (("  minutes: 4\n", ""), "line 1, item 1, field minutes: is empty"),
        (("tags: [x]", "tags: [x]\n- words"), "line 10, item 2: is not a question"),
        (("tags: [x]", "tags: [x]\n---\n- b"), "has a second part in line 10"),
        (("tags: [x]", "tags: [x]\n  ? [a]\n  : b"), "line 10, item 1, field : is not one of"),
        (("tags: [x]", "tags: [x"), "is not well-formed YAML in line 10"),
        (("tags: [x]", "tags: \x07"), "holds a sign near line"),
    ],
)
def test_a_mistake_of_yaml_has_its_line(change: tuple[str, str], expected: str) -> None:
    assert expected in refused(GOOD.replace(*change))


def test_what_stands_beside_the_list_of_questions_is_named() -> None:
    message = refused("colour: red\nquestions:\n" + GOOD)
    assert "line 1: 'colour' stands beside the list of questions" in message


def test_an_item_of_a_list_may_hold_the_sign_that_divides_cells_of_a_csv() -> None:
    text = GOOD + '  key_points: ["C3: Says a | b."]\n  probes: ["Why?"]\n'
    (question,) = read_file(text.encode(), "mine.yaml")
    assert [point.text for point in question.key_points] == ["Says a | b."]


def test_twenty_mistakes_are_listed_and_the_rest_counted() -> None:
    message = refused("".join(GOOD.replace("mid", "guru").replace("cache-a", f"c-{n}") for n in range(60)))
    assert message.startswith("mine.yaml has 60 mistakes:")
    assert message.count("\n- line ") == 20
    assert "- and 40 more." in message


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("What happens?", "x" * 20_001), "has 20,001 characters, at most 20,000 are read"),
        (("[x]", "[" + "x," * 51 + "]"), "has 51 items, at most 50 are read"),
        (("cache-a", "a" * 81), "at most 80 signs"),
    ],
)
def test_a_cell_has_a_limit_that_is_said_without_repeating_it(change: tuple[str, str], expected: str) -> None:
    message = refused(GOOD.replace(*change))
    assert expected in message
    assert len(message) < 500


@pytest.mark.parametrize("name", ["mine.csv", "mine.yaml"])
def test_a_set_has_at_most_a_thousand_questions(name: str) -> None:
    rows = [CSV_ROW.replace("cache-a", f"c-{n}") for n in range(1001)]
    items = [GOOD.replace("cache-a", f"c-{n}") for n in range(1001)]
    text = CSV + "".join(rows) if name.endswith("csv") else "".join(items)
    assert "a set has at most 1,000 questions; the rest was not read" in refused(text, name)


def test_a_file_of_many_megabytes_is_refused_unread() -> None:
    assert "is larger than 2 MB" in refused(b"x" * 2_000_001, "mine.csv")


def test_an_id_that_another_set_has_is_named_with_its_line() -> None:
    with pytest.raises(RehearseError, match="line 1, item 1, field id: 'cache-a' is already used"):
        read_file(GOOD.encode(), "mine.yaml", taken=frozenset({"cache-a"}))


@pytest.mark.parametrize("name", ["sep_line.csv", "trailing_columns.csv", "blank_first_line.csv"])
def test_a_csv_is_read_as_excel_writes_it(name: str) -> None:
    (question,) = read(name)
    assert (question.id, question.minutes, question.tags) == ("cache-a", 4.0, ("x",))


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffsep=;\r\n" + (CSV + CSV_ROW).replace(",", ";"),
        '"sep=\t"\n' + (CSV + CSV_ROW).replace(",", "\t"),
        "SEP=|\n" + (CSV + CSV_ROW).replace(",", "|"),
        ";;;;;;;;;;\n" + (CSV + CSV_ROW).replace(",", ";").replace("\n", ";;\n"),
        ",,,\n \n" + CSV + CSV_ROW + ",,,,,,,,\n",
    ],
)
def test_other_ways_of_excel_are_read_as_well(text: str) -> None:
    assert [one.id for one in read_file(text.encode(), "mine.csv")] == ["cache-a"]


def test_content_under_no_name_is_a_mistake_with_its_row() -> None:
    text = CSV.replace("\n", ",,\n") + CSV_ROW.replace("\n", ",,stray\n")
    assert "row 2: 11 cells where the header has 9" in refused(text, "mine.csv")


def test_a_row_that_is_not_its_line_has_both() -> None:
    text = CSV + CSV_ROW.replace("What happens?", '"What\nhappens?"') + CSV_ROW.replace("mid", "guru")
    assert "row 3 (line 4), column level" in refused(text, "mine.csv")
    below_separator = "sep=,\n" + CSV + CSV_ROW.replace("mid", "guru")
    assert "row 2 (line 3), column level" in refused(below_separator, "mine.csv")


def test_excels_plain_csv_is_named_and_the_way_out_said() -> None:
    raw = (CSV + CSV_ROW.replace("The cache", "Der für alle")).encode("cp1252")
    message = refused(raw, "mine.csv")
    assert "is not UTF-8 text (line 2); as Windows-1252" in message and "für" in message
    assert "Save it as 'CSV UTF-8'" in message


@pytest.mark.slow
def test_the_worker_hands_back_what_was_read() -> None:
    task = '  starter: "def f(): ..."\n  tests: "## Zero\\nassert f() == 0"\n'
    points = '  key_points: ["C3: Says so."]\n  probes: ["Why?"]\n'
    text = GOOD.replace("data_infrastructure", "coding") + points + task
    assert read_in_worker(text.encode(), "mine.yaml") == read_file(text.encode(), "mine.yaml")
    with pytest.raises(RehearseError, match="line 1, item 1, field id: 'cache-a' is already used"):
        read_in_worker(text.encode(), "mine.yaml", frozenset({"cache-a"}))


@pytest.mark.slow
def test_a_kept_set_that_cannot_be_read_leaves_the_others() -> None:
    now = datetime(2026, 11, 29, tzinfo=UTC)
    contents = ((BUGS / "alias_bomb_498_bytes.yaml").read_text(), "[" * 3000, GOOD)
    kept = [QuestionSet(str(n), "me", f"set {n}", "yaml", now, text) for n, text in enumerate(contents)]
    opened = [open_set(one, ()) for one in kept]
    assert [len(one.questions) for one in opened] == [0, 0, 1]
    assert "anchors" in opened[0].problem and "nested too deep" in opened[1].problem


def test_the_bank_itself_may_be_yaml(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD)
    assert [one.id for one in load_questions(file, None)] == ["cache-a"]


YAML_SIGNS = st.text(alphabet="-:[]{}&*!|>'\"#%@`,? \n\tab0~<=", max_size=120)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(YAML_SIGNS | st.text(max_size=120) | st.binary(max_size=120).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_questions_or_one_plain_error(text: str) -> None:
    for name in ("mine.yaml", "mine.csv"):
        with pytest.raises(RehearseError):
            read_file(text.encode(), name)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(GOOD.splitlines()),
    st.text(alphabet=string.printable, max_size=30),
    st.sampled_from([GOOD, GOOD * 2]),
)
def test_a_damaged_set_is_questions_or_one_plain_error(line: str, damage: str, whole: str) -> None:
    try:
        found = read_file(whole.replace(line, line[: len(damage)] + damage, 1).encode(), "mine.yaml")
    except RehearseError as error:
        assert len(error.message) < 10_000
    else:
        assert all(isinstance(one.title, str) for one in found)
