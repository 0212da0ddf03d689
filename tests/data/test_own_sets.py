"""A candidate's own sets: kept, found again, erased; mistakes named by their place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from data.access import Viewer
from data.domain import KeptInterview, QuestionSet, RehearseError
from data.own_questions import open_set, read_file
from data.store import Session
from pages.widgets.study import own_sets
from tests.engines import Engine
from tests.stored import attempt, shipped_questions

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, tzinfo=UTC)
YAML = """
- id: cache-at-noon
  category: data_infrastructure
  level: mid
  topic: caching
  title: The cache that expired at noon
  question: What happens when a popular key expires?
  competencies: [C3, C4]
  minutes: 4
  tags: [startup]
  key_points: ["C4: Says that all callers reach the database at once."]
  probes: ["What happens next?"]
"""


def kept_set(owner: str = "me", content: str = YAML, kind: str = "yaml") -> QuestionSet:
    return QuestionSet(f"{owner}-set", owner, "mine", kind, NOW, content)  # type: ignore[arg-type]


def test_a_yaml_set_is_read_by_the_rules_of_the_csv() -> None:
    (question,) = read_file(YAML.encode(), "mine.yaml")
    assert question.competencies == ("C3", "C4")
    assert question.key_points[0].competency == "C4"
    assert question.key_points[0].probe == "What happens next?"


def test_a_yaml_set_may_hold_a_coding_question_with_its_tests() -> None:
    coding = YAML.replace("data_infrastructure", "coding").replace("[C3, C4]", "[coding, C4]")
    task = "  starter: |\n    def f(): ...\n  tests: |\n    ## edge: Zero\n    assert f() == 0\n"
    (question,) = read_file((coding + task).encode(), "mine.yaml")
    assert question.task is not None
    assert [(check.name, check.edge) for check in question.task.checks] == [("Zero", True)]
    with pytest.raises(RehearseError, match="item 1, field tests: line 1: the test 'Zero' cannot fail"):
        read_file((coding + task.replace("assert f() == 0", "f()")).encode(), "mine.yaml")


def test_the_example_file_can_be_loaded_as_it_is() -> None:
    first, second = read_file(own_sets.example().encode(), "my-questions.csv")
    assert len(first.key_points) == 2
    assert second.task is not None and len(second.task.checks) == 2


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("level: mid", "level: guru"), "item 1, field level"),
        (("minutes: 4", "minutes: 90"), "item 1, field minutes"),
        (("topic: caching", "theme: caching"), "item 1, field theme"),
        (("- id", "- id: ["), "line"),
    ],
)
def test_a_mistake_in_yaml_is_named_by_item_and_field(change: tuple[str, str], place: str) -> None:
    with pytest.raises(RehearseError, match=place):
        read_file(YAML.replace(*change).encode(), "mine.yaml")


@pytest.mark.parametrize("raw", [b"", b"just words", b"a: 1", b"\xff\xfe", b"[]"])
def test_a_file_that_is_no_list_of_questions_says_so(raw: bytes) -> None:
    with pytest.raises(RehearseError, match=r"mine\.yaml"):
        read_file(raw, "mine.yaml")


def test_an_id_of_the_bank_is_refused_with_its_line() -> None:
    taken = frozenset({"cache-at-noon"})
    with pytest.raises(RehearseError, match="line 2, item 1, field id: 'cache-at-noon' is already used"):
        read_file(YAML.encode(), "mine.yaml", taken)


def test_sets_are_kept_for_their_owner_only_and_can_be_removed(session: Session) -> None:
    session.sets.save(kept_set())
    (found,) = session.sets.of("me")
    assert open_set(found, ()).questions[0].id == "cache-at-noon"
    with pytest.raises(RehearseError):
        session.seen_by(Viewer("you")).sets.of("me")
    session.sets.remove("me", found.id)
    assert session.sets.of("me") == ()


def test_a_picked_set_takes_what_the_bank_still_has() -> None:
    bank = shipped_questions()
    picked = kept_set(content=f"{bank[3].id}\ngone\n{bank[1].id}", kind="picked")
    assert [one.id for one in open_set(picked, bank).questions] == [bank[3].id, bank[1].id]


def test_a_set_that_cannot_be_read_any_more_says_why() -> None:
    opened = open_set(kept_set(content="- id: x"), ())
    assert opened.questions == () and "item 1" in opened.problem


def test_an_interview_is_kept_found_and_seen_by_its_owner_only(session: Session) -> None:
    session.interviews.save(KeptInterview("i", "me", NOW, False, "{}"))
    session.interviews.save(KeptInterview("i", "me", NOW, True, "{1}"))
    assert session.interviews.of("me") == (KeptInterview("i", "me", NOW, True, "{1}"),)
    assert session.interviews.find("other") is None
    assert session.seen_by(Viewer("you")).interviews.find("i") is None


def test_erasing_takes_the_words_of_an_open_interview_and_of_sets(
    session: Session, engine: Engine, address: str
) -> None:
    answer = attempt(status="recording", candidate="me")
    session.answers.start(answer)
    secret = "a-very-special-phrase"
    session.interviews.save(KeptInterview(answer.session_id, "me", NOW, False, secret))
    session.answers.erase(answer.id)
    assert session.interviews.of("me") == ()
    assert not engine.holds(address, secret)
    session.sets.save(kept_set(content=secret))
    session.everything.erase("me")
    assert session.sets.of("me") == ()
    assert not engine.holds(address, secret)
