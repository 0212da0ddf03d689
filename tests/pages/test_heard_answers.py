"""An answer that only the reader has read: heard or not found, own marks, and no level on any page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from data.domain import Assessment, AttemptResult
from data.settings import PROJECT_ROOT
from data.store import Session
from pages.widgets import resources
from tests.drawn_text import as_read
from tests.stored import QUOTE, heard, result, score

pytestmark = pytest.mark.slow

ATTEMPT = heard().attempt.id


@pytest.fixture
def session(my_store: Session) -> Session:
    my_store.answers.save(heard())
    my_store.memory.remember("me", f"self-rating-skipped:{ATTEMPT}", "yes")
    return my_store


def _open(name: str = "review", **query: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{name}.py"), default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def _words(page: AppTest) -> str:
    parts = (page.markdown, page.caption, page.info, page.error, page.warning, page.subheader)
    tables = " ".join(table.value.to_csv() for table in page.table)
    return as_read(" ".join(element.value for group in parts for element in group) + tables)


def _press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def test_review_says_what_was_heard_and_what_was_not_found_and_gives_no_level(session: Session) -> None:
    page = _open()
    told = _words(page)
    assert "2 of 4 key points heard" in told
    assert "2 of 3 · 67%" in told and "0 of 1 · too few for a share" in told
    assert "**✓ heard** · Names the partition." in told
    assert "**– not found in these words** · Says what breaks." in told
    assert "**? cannot tell** · Says what heals." in told
    assert "Settings connects one" in told
    for accused in ("of 4**", "not heard", "level 1", "not scored", "missed"):
        assert accused not in told, accused
    tabs = {tab.label for tab in page.tabs}
    assert {"What to do with it", "Key points", "Numbers"} <= tabs and "Levels and why" not in tabs


def test_before_the_reveal_an_answer_without_levels_promises_none(session: Session) -> None:
    session.answers.save(heard(2))
    page = _open(attempt=heard(2).attempt.id)
    assert "First: how would you rate it?" in _words(page)
    assert "What was heard comes next." in _words(page)
    assert {"Show what was heard", "Skip and show it"} <= {button.label for button in page.button}


def test_a_point_that_was_not_found_is_marked_with_words_of_the_answer_and_taken_back(
    session: Session,
) -> None:
    page = _open()
    assert page.button(key="own-mark-h4").disabled
    page.selectbox(key=f"own-words-{ATTEMPT}-h4").set_value(0).run()
    page = _press(page, "own-mark-h4")
    assert [(one.point, one.quote) for one in session.answers.own_marks(ATTEMPT)] == [
        ("h4", "the leader refuses writes")
    ]
    told = _words(_open())
    assert "Own mark" in told and "2 of 4 key points heard, 1 more marked by the candidate" in told
    _press(_open(), "take-back-h4")
    assert session.answers.own_marks(ATTEMPT) == ()


def test_only_points_that_were_not_found_can_be_marked(session: Session) -> None:
    offered = {button.key for button in _open().button if str(button.key).startswith("own-mark")}
    assert offered == {"own-mark-h3", "own-mark-h4"}


def judged() -> AttemptResult:
    """The same answer with levels: of the first point half was said, of the third nothing."""
    read = heard().assessment
    assert read
    found = tuple(
        replace(one, status="partly" if one.key_point.id == "h1" else one.status) for one in read.key_points
    )
    return replace(result(), assessment=Assessment((score(2.0), score(None, "C4")), found))


def test_what_was_heard_own_marks_and_levels_stand_side_by_side(session: Session) -> None:
    session.answers.mark_own(ATTEMPT, "h4", QUOTE)
    session.answers.save(judged())
    page = _open()
    (table,) = [one.value for one in page.table if "Level" in one.value.columns]
    assert list(table.columns) == ["Competency", "Level", "Heard", "Own mark"]
    assert table["Heard"].tolist() == ["2 of 3", "0 of 1"]
    assert table["Own mark"].tolist() == ["–", "1"]
    told = _words(page)
    assert "Judge: ◐ half said · Reader: ✓ heard" in told
    assert "Judge: – not said · Reader: – not found in these words" in told
    assert not [group for group in page.button_group if group.label == "Levels by"]


def test_levels_stay_in_sight_when_the_answer_is_read_once_more(session: Session) -> None:
    session.answers.save(judged())
    session.answers.save(heard(version="2"))
    told = _words(_open())
    assert "Judge: ◐ half said" in told and "of 4" in told


def test_a_point_that_a_judge_found_is_not_marked_by_hand(session: Session) -> None:
    found = judged().assessment
    assert found
    points = tuple(
        replace(one, status="covered" if one.key_point.id == "h3" else one.status) for one in found.key_points
    )
    session.answers.save(replace(judged(), assessment=replace(found, key_points=points)))
    offered = {button.key for button in _open().button if str(button.key).startswith("own-mark")}
    assert offered == {"own-mark-h4"}


def test_whoever_sees_the_answer_sees_own_marks_and_cannot_make_any(session: Session) -> None:
    session.answers.mark_own(ATTEMPT, "h4", QUOTE)
    page = _open("answer", attempt=ATTEMPT)
    assert "2 of 4 key points heard, 1 more marked" in _words(page)
    assert "Own mark" in _words(page)
    assert not [button for button in page.button if str(button.key).startswith(("own-mark", "take-back"))]


def test_an_instructor_gives_a_level_or_a_comment_where_only_the_reader_read(session: Session) -> None:
    page = _open("answer", attempt=ATTEMPT)
    about = next(one for one in page.selectbox if one.label == "About")
    assert about.options[0] == "The answer as a whole"
    page.text_area[0].set_value("Say who decides.")
    next(one for one in page.button if one.label == "Keep").click().run()
    assert not page.exception
    (kept,) = session.disagreements.overrides(ATTEMPT)
    assert (kept.machine.criterion, kept.machine.level, kept.machine.scorer) == ("answer", None, "reader")
    for seen in (_open("answer", attempt=ATTEMPT), _open()):
        told = _words(seen)
        assert "The answer as a whole: level 2" in told and "Say who decides." in told
    assert not [one for one in _open().selectbox if one.label == "About"]


def test_two_attempts_that_were_only_read_stand_side_by_side_without_levels(session: Session) -> None:
    session.answers.save(heard(2, days=1))
    session.memory.remember("me", f"self-rating-skipped:{heard(2).attempt.id}", "yes")
    page = _open(attempt=heard(2).attempt.id, compare=ATTEMPT)
    told = _words(page)
    assert "Before: 2 of 4 key points heard" in told and "After: 2 of 4 key points heard" in told
    assert "not found in these words,not found in these words" in told
    assert "Levels" not in [one.value for one in page.subheader]
    assert "not comparable" not in told


def test_an_attempt_that_was_read_is_not_compared_with_one_that_was_judged(session: Session) -> None:
    session.answers.save(result(2, days=1))
    session.memory.remember("me", f"self-rating-skipped:{result(2).attempt.id}", "yes")
    told = _words(_open(attempt=result(2).attempt.id, compare=ATTEMPT))
    assert "Not the same scorer or version read both" in told


def test_an_answer_whose_question_is_gone_still_shows_what_was_heard(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "questions", lambda: ())
    session.answers.mark_own(ATTEMPT, "h4", QUOTE)
    told = _words(_open())
    assert "in no set of yours any more" in told
    assert "2 of 4 key points heard, 1 more marked" in told and "Own mark" in told
    assert "of 4**" not in told
