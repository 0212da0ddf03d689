"""The Review page: rating comes first, then everything with its reasons; two attempts; what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from data.domain import AttemptResult, CheckResult, Code
from data.settings import PROJECT_ROOT
from data.store import Session
from pages.widgets import examined
from pages.widgets.review import player
from tests.drawn_text import as_read
from tests.stored import result, score

PAGE = str(PROJECT_ROOT / "pages" / "review.py")


@pytest.fixture
def session(my_store: Session) -> Session:
    return my_store


def _run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def _open(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30)
    for name, value in query.items():
        page.query_params[name] = value
    return _run(page)


def _words(page: AppTest) -> str:
    parts = (page.markdown, page.caption, page.info, page.error, page.subheader)
    return " ".join(element.value for group in parts for element in group)


def _click(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    return _run(page)


def _kept(session: Session, *answers: AttemptResult) -> None:
    session.answers.save_many(answers)
    for answer in answers:
        session.memory.remember("me", f"self-rating-skipped:{answer.attempt.id}", "yes")


@pytest.mark.slow
def test_levels_quotes_and_advice_are_hidden_until_one_has_rated_or_skipped(session: Session) -> None:
    session.answers.save(result())
    page = _open()
    assert "First: how would you rate it?" in _words(page)
    for hidden in ("You named the guarantee.", "of 4", "the leader refuses writes", "✓ said"):
        assert hidden not in _words(page), hidden
    page = _click(page, "Skip and show them")
    assert "First: how would you rate it?" not in _words(page)
    assert "You named the guarantee." in _words(page)


@pytest.mark.slow
def test_levels_of_a_retired_scorer_say_that_they_are_and_that_they_count_nowhere(session: Session) -> None:
    _kept(session, result(1, score(3.0, scorer="offline")))
    told = _words(_open())
    assert "A retired scorer, which went by rules, gave these levels: " in told
    assert "its levels count nowhere" in told
    assert "of 4 · retired scorer" in told
    assert examined.named("offline") == "offline (retired scorer)"
    assert examined.named("judge") == "judge"


@pytest.mark.slow
def test_an_own_rating_is_kept_and_shown_beside_the_level(session: Session) -> None:
    session.answers.save(result())
    page = _open()
    assert [group.label for group in page.button_group] == ["Your answer as a whole"]
    page.button_group(key=f"own-{result().attempt.id}").set_value(4)
    page = _click(_run(page), "Show the levels")
    assert session.answers.self_rating(result().attempt.id) == {"answer": 4.0}
    assert "You rated this answer 4 of 4; the middle of its levels is 3." in _words(page)


@pytest.mark.slow
def test_own_ratings_of_before_stand_beside_their_levels(session: Session) -> None:
    session.answers.save(result())
    session.answers.rate(result().attempt.id, {"C2": 4.0})
    assert "You said 4" in _words(_open())


@pytest.mark.slow
def test_scoring_an_answer_asks_for_the_own_rating_before_what_was_heard(session: Session) -> None:
    session.answers.save(replace(result(), assessment=None, advice=None))
    page = _open()
    _click(page, "Score this answer")
    assert "First: how would you rate it?" in _words(page)
    assert not {"What to do with it", "Key points"} & {tab.label for tab in page.tabs}
    _click(page, "Skip and show it")
    assert {"What to do with it", "Key points"} <= {tab.label for tab in page.tabs}


@pytest.mark.slow
def test_a_wrong_claim_is_shown_with_what_holds_and_the_next_levels_one_thing(
    session: Session,
) -> None:
    _kept(session, result(1, score(2.0)))
    said = _words(_open())
    for part in (
        "Does not hold: “the leader refuses”",
        "What holds: It serves reads.",
        "For the next level: y",
        "The rubric asks there: RPO",
    ):
        assert part in said, part


@pytest.mark.slow
def test_what_was_not_scored_says_why_and_has_no_level(session: Session) -> None:
    _kept(session, result(1, score(None, "C4")))
    said = _words(_open())
    assert "Unscored: The answer did not touch this." in said
    assert "●" not in said


@pytest.mark.slow
def test_a_recording_that_is_gone_is_said_and_the_words_stay(session: Session) -> None:
    _kept(session, result())
    page = _open()
    assert "The recording is not there any more" in _words(page)
    assert not [button for button in page.button if button.label.startswith("▶")]


@pytest.mark.slow
def test_the_address_chooses_the_answer(session: Session) -> None:
    _kept(session, result(1), result(2, score(1.0), days=1))
    assert _open().selectbox[0].value == result(2).attempt.id
    assert _open(attempt=result(1).attempt.id).selectbox[0].value == result(1).attempt.id


def test_two_attempts_stand_side_by_side_and_scorers_are_not_compared(session: Session) -> None:
    _kept(
        session,
        result(1, score(2.0)),
        result(2, score(3.0, scorer="judge"), days=1, text="the cache is warm"),
    )
    page = _open(attempt=result(2).attempt.id, compare=result(1).attempt.id)
    said = _words(page)
    assert [one.value for one in page.subheader][:2] == ["Before", "After"]
    assert "the two are not comparable" in said
    assert "Ranges that overlap are no difference" in said


@pytest.mark.slow
def test_attempts_are_compared_only_after_both_were_rated(session: Session) -> None:
    _kept(session, result(1))
    session.answers.save(result(2, days=1))
    said = _words(_open(attempt=result(2).attempt.id, compare=result(1).attempt.id))
    assert "Rate both attempts first" in said
    assert said.count("(pages/review.py)") == 1  # the way to the one that was not rated
    assert "of 4" not in said


def test_an_answer_whose_question_is_gone_is_shown_as_it_was_kept(session: Session) -> None:
    code = Code("Python", "class Cache: ...", (CheckResult("Keeps", "passed"),))
    gone = replace(result(), attempt=replace(result().attempt, question_id="gone"), code=code)
    session.answers.save(gone)
    page = _open()
    said = _words(page)
    assert as_read(result().turns[0].text) in as_read(said)
    assert "This question is in no set of yours any more" in said
    assert "You named the guarantee." in said and "✓ said" in said
    assert not page.error
    assert not [button for button in page.button if button.label in ("Score again", "Score this answer")]


def test_an_unscored_answer_without_its_question_can_be_read_too(session: Session) -> None:
    taken = replace(result().attempt, question_id="gone", status="captured")
    session.answers.save(replace(result(), attempt=taken, assessment=None, advice=None))
    page = _open()
    assert "This answer was not scored." in _words(page) and not page.error


@pytest.mark.parametrize(
    ("text", "seconds"), [("83", 83.0), ("83.5", 83.5), ("1:23", 83.0), ("-1", None), ("x", None), ("", None)]
)
def test_a_place_in_an_address_is_seconds_or_minutes_and_seconds(text: str, seconds: float | None) -> None:
    assert player.seconds_of(text) == seconds


@pytest.mark.slow
def test_the_place_in_an_address_is_read_once(session: Session) -> None:
    _kept(session, result())
    page = _open(attempt=result().attempt.id, t="1:23")
    assert "t" not in page.query_params
    assert page.session_state["player_seek"]["seconds"] == 83.0
    asked = page.session_state["player_seek"]["id"]
    assert _run(page).session_state["player_seek"]["id"] == asked
