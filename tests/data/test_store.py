"""Saving, loading and side-by-side scores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from data.access import Viewer
from data.domain import (
    WHOLE_ANSWER,
    Assessment,
    Delivery,
    Evidence,
    KeyPoint,
    KeyPointResult,
    RehearseError,
    SignalFrame,
    WrongClaim,
)
from data.store import Database, Session
from data.store.from_rows import wrong_claims
from data.store.thinning import thin
from data.synthetic.samples import SampleAnswers
from tests.stored import attempt, question, result, score


def test_a_saved_answer_comes_back_equal(session: Session) -> None:
    saved = result()
    session.answers.save(saved)
    assert session.answers.load(saved.attempt.id) == saved


@pytest.mark.slow
def test_a_point_made_in_two_places_comes_back_with_both_quotes(session: Session) -> None:
    saved = result()
    assert saved.assessment is not None
    first, *others = saved.assessment.key_points
    twice = replace(first, also=(Evidence("a replica may lag", 3, "prompted"),))
    saved = replace(saved, assessment=replace(saved.assessment, key_points=(twice, *others)))
    session.answers.save(saved)
    loaded = session.answers.load(saved.attempt.id)
    assert loaded is not None and loaded.assessment is not None
    assert loaded.assessment.key_points[0].quotes == twice.quotes


def test_a_wrong_claim_kept_as_one_sentence_is_read_as_its_reason() -> None:
    assert wrong_claims(["It is 580.", {"quote": "a thousand", "fact": "It is 580.", "why": ""}]) == (
        WrongClaim("", "", "It is 580."),
        WrongClaim("a thousand", "It is 580."),
    )


def test_an_answer_with_nothing_measured_comes_back_equal(session: Session) -> None:
    bare = replace(result(), speech=None, delivery=None, frames=(), summaries=(), events=(), assessment=None)
    session.answers.save(replace(bare, advice=None, notes=(), turns=()))
    assert session.answers.load(bare.attempt.id) == replace(bare, advice=None, notes=(), turns=())


def test_what_was_not_measured_stays_none_and_zero_stays_zero(session: Session) -> None:
    measured = replace(result(), delivery=Delivery(filled_pauses_per_minute=0.0, reason="Too short."))
    session.answers.save(measured)
    loaded = session.answers.load(measured.attempt.id)
    assert loaded is not None and loaded.delivery is not None
    assert loaded.delivery.filled_pauses_per_minute == 0.0
    assert loaded.delivery.verbal_fillers_per_minute is None
    assert loaded.delivery.reason == "Too short."


@pytest.mark.slow
def test_saving_again_replaces_the_earlier_answer(session: Session) -> None:
    session.answers.save(result())
    session.answers.save(result())
    assert len(session.answers.of("me")) == 1
    assert len(session.answers.assessments(result().attempt.id)) == 1
    assert session.query("delivery_trend", candidate_id="me")["n"].max() == 1


@pytest.mark.slow
def test_scores_of_two_scorers_are_kept_side_by_side_newest_first(session: Session) -> None:
    session.answers.save(result(1, score(2.0, scorer="plain")))
    session.answers.save(result(1, score(3.0, scorer="judge")))
    session.answers.save(result(1, score(4.0, scorer="plain", version="2")))
    kept = [(a.scores[0].scorer, a.scores[0].level) for a in session.answers.assessments(result().attempt.id)]
    assert kept == [("plain", 4.0), ("judge", 3.0), ("plain", 2.0)]


def test_scoring_again_with_the_same_version_replaces_that_score_only(session: Session) -> None:
    session.answers.save(result(1, score(2.0, scorer="plain")))
    session.answers.save(result(1, score(3.0, scorer="judge")))
    session.answers.save(result(1, score(1.0, scorer="plain")))
    kept = {a.scores[0].scorer: a.scores[0].level for a in session.answers.assessments(result().attempt.id)}
    assert kept == {"plain": 1.0, "judge": 3.0}


@pytest.mark.slow
def test_what_a_reader_without_levels_said_is_kept_under_its_name_once_and_beside_a_judge(
    session: Session,
) -> None:
    saved = result()
    assert saved.assessment is not None
    read = replace(
        saved.assessment,
        scores=(),
        scorer="reader",
        scorer_version="1",
        rubric_version="r1",
        notes=("First.",),
    )
    session.answers.save(replace(saved, assessment=read))
    session.answers.save(result(1, score(3.0, scorer="judge")))
    again = replace(read, notes=("Again.",))
    session.answers.save(replace(saved, assessment=again))
    session.answers.save(replace(saved, assessment=replace(again, scorer_version="2")))
    kept = session.answers.assessments(saved.attempt.id)
    assert [(one.scorer, one.scorer_version, one.notes) for one in kept if not one.scores] == [
        ("reader", "2", ("Again.",)),
        ("reader", "1", ("Again.",)),
    ]
    assert [one.scores[0].scorer for one in kept if one.scores] == ["judge"]
    assert again in kept


def test_corrected_words_drop_every_score_of_the_old_words(session: Session) -> None:
    session.answers.save(result(1, score(2.0, scorer="judge")))
    session.answers.save(replace(result(1, text="something else entirely"), assessment=None))
    assert session.answers.assessments(result().attempt.id) == ()


def test_saving_the_same_words_without_a_score_keeps_the_scores(session: Session) -> None:
    session.answers.save(result())
    session.answers.save(replace(result(), assessment=None))
    assert len(session.answers.assessments(result().attempt.id)) == 1


@pytest.mark.slow
def test_content_scores_are_the_same_with_every_camera_row_gone(session: Session) -> None:
    session.answers.save(result())
    before = session.query("competency_trend", candidate_id="me")
    session.answers.save(replace(result(), frames=(), summaries=(), events=()))
    assert session.query("competency_trend", candidate_id="me").equals(before)


def test_an_attempt_that_was_begun_is_unfinished_until_it_is_scored(session: Session) -> None:
    session.answers.start(attempt(status="recording"))
    assert [found.id for found in session.answers.unfinished("me")] == [attempt().id]
    session.answers.save(result())
    assert session.answers.unfinished("me") == ()


def test_attempts_come_newest_first_and_know_that_they_are_utc(session: Session) -> None:
    for number in (1, 2, 3):
        session.answers.save(result(number, days=number))
    found = session.answers.of("me")
    assert [one.session_id for one in found] == ["me-session-3", "me-session-2", "me-session-1"]
    assert found[0] == attempt(3, days=3)


def test_an_unknown_attempt_is_none(session: Session) -> None:
    assert session.answers.load("nobody") is None
    assert session.answers.assessments("nobody") == ()


def test_a_remembered_value_lasts_until_it_is_overwritten_or_forgotten(session: Session) -> None:
    session.memory.remember("me", "draft", "first")
    session.memory.remember("me", "draft", "it's second")
    session.memory.remember("you", "draft", "other")
    assert session.memory.recall("me", "draft") == "it's second"
    session.memory.forget("me", "draft")
    assert session.memory.recall("me", "draft") is None
    assert session.memory.recall("you", "draft") == "other"


@pytest.mark.slow
def test_a_self_rating_is_kept_beside_the_score(session: Session) -> None:
    session.answers.save(result())
    session.answers.rate(result().attempt.id, {"C2": 4.0})
    session.answers.rate(result().attempt.id, {"C2": 2.0})
    assert session.answers.self_rating(result().attempt.id) == {"C2": 2.0}
    rows = session.query("self_rating", candidate_id="me")
    assert rows[["self_level", "level"]].to_numpy().tolist() == [[2.0, 3.0]]


def test_a_rating_of_the_whole_answer_stands_against_the_middle_of_its_levels(session: Session) -> None:
    levels = (score(2.0), score(4.0, "C4"), score(1.0, "communication"), score(None, "C5"))
    session.answers.save(result(1, *levels))
    session.answers.rate(result().attempt.id, {WHOLE_ANSWER: 4.0})
    rows = session.query("self_rating", candidate_id="me")
    assert rows[["criterion", "self_level", "level", "low", "high"]].to_numpy().tolist() == [
        ["answer", 4.0, 3.0, 2.0, 3.5]
    ]


def test_a_point_of_the_bank_with_hints_and_an_action_is_kept(session: Session) -> None:
    point = KeyPoint(
        "k1", "Asks for the peak.", "What peak?", "C1", "do", ("Which hour?", "Peaks.", "Ten times.")
    )
    read = Assessment((), (KeyPointResult(point, "missed"),), scorer="reader", scorer_version="1")
    session.answers.save(replace(result(), assessment=read))
    loaded = session.answers.load(result().attempt.id)
    assert loaded and loaded.assessment
    assert [one.key_point.text for one in loaded.assessment.key_points] == ["Asks for the peak."]


def test_a_self_rating_needs_its_attempt(session: Session) -> None:
    with pytest.raises(RehearseError, match="not there"):
        session.answers.rate("nobody", {"C2": 1.0})


def test_a_candidate_reads_only_what_is_their_own(session: Session) -> None:
    session.answers.save(result(candidate="anna"))
    session.answers.rate(result(candidate="anna").attempt.id, {"C2": 2.0})
    anna, boris = session.seen_by(Viewer("anna")), session.seen_by(Viewer("boris"))
    assert anna.answers.load(result(candidate="anna").attempt.id) is not None
    for read in (
        lambda: boris.answers.load(result(candidate="anna").attempt.id),
        lambda: boris.answers.assessments(result(candidate="anna").attempt.id),
        lambda: boris.answers.self_rating(result(candidate="anna").attempt.id),
        lambda: boris.answers.of("anna"),
        lambda: boris.answers.unfinished("anna"),
        lambda: boris.memory.recall("anna", "draft"),
        lambda: boris.query("competency_trend", candidate_id="anna"),
        lambda: boris.everything.export("anna", Path("unused")),
        lambda: boris.answers.erase(result(candidate="anna").attempt.id),
        lambda: boris.everything.erase("anna"),
    ):
        with pytest.raises(RehearseError, match="You may not"):
            read()


@pytest.mark.slow
def test_levels_are_kept_only_beside_the_words_they_were_given_for(session: Session) -> None:
    session.answers.save(result())
    judged = replace(result(), assessment=Assessment((score(),), (), (), ()))
    assert session.answers.save_judged(judged)
    other = replace(judged, turns=(replace(judged.turns[0], text="Other words."), *judged.turns[1:]))
    with pytest.raises(RehearseError, match="corrected meanwhile"):
        session.answers.save_judged(other)
    session.answers.erase(judged.attempt.id)
    assert not session.answers.save_judged(judged)


@pytest.mark.slow
def test_many_threads_can_read_and_write_at_once(session: Session) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: session.answers.save(result(number)), range(24)))
    assert len(session.answers.of("me")) == 24


@pytest.mark.slow
def test_threads_never_see_each_others_rows(session: Session) -> None:
    session.answers.save_many(
        [result(number, candidate=name) for name in ("anna", "boris") for number in (1, 2)]
    )

    def look(name: str) -> set[str]:
        session.memory.remember(name, "seen", name)
        return {found.candidate_id for found in session.answers.of(name)} | {
            str(session.memory.recall(name, "seen"))
        }

    names = ["anna", "boris"] * 40
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(look, names)) == [{name} for name in names]


def test_the_same_address_gives_the_same_database(session: Session, address: str) -> None:
    assert Database.open(address) is session.database


def test_a_store_in_memory_is_shared_by_threads() -> None:
    opened = Database.open("duckdb:///:memory:").session()
    opened.answers.save(result())
    with ThreadPoolExecutor(2) as pool:
        assert [len(found) for found in pool.map(opened.answers.of, ["me", "me"])] == [1, 1]
    opened.database.close()


@pytest.mark.slow
def test_the_sample_is_loaded_and_removed_without_touching_real_rows(session: Session) -> None:
    session.answers.save(result())
    assert SampleAnswers(session.database, session.viewer).load([question(1), question(2)]) > 20
    assert SampleAnswers(session.database, session.viewer).load([question(1)]) > 20
    assert SampleAnswers(session.database, session.viewer).is_there()
    assert all(one.synthetic for one in session.answers.of("sample"))
    assert len(session.answers.of("me")) == 1
    assert "synthetic" not in set(session.query("competency_trend", candidate_id="me")["scorer"])
    SampleAnswers(session.database, session.viewer).remove()
    assert not SampleAnswers(session.database, session.viewer).is_there()
    assert session.answers.load(result().attempt.id) == result()


def test_frames_are_thinned_to_one_a_second() -> None:
    frames = [
        SignalFrame(0.0, True, "camera", yaw_degrees=1.0),
        SignalFrame(0.2, True, "down", yaw_degrees=None),
        SignalFrame(0.4, True, "down", yaw_degrees=5.0),
        SignalFrame(1.0, False, "not_measurable", "no_face"),
    ]
    first, second = thin(frames)
    assert (first.gaze, first.yaw_degrees, first.seconds) == ("down", 3.0, 0.0)
    assert second == frames[3]


def test_thinning_twice_changes_nothing() -> None:
    frames = [SignalFrame(step / 5, step % 3 > 0, "camera", slouch=step / 100) for step in range(50)]
    once = thin(frames)
    assert len(once) == 10
    assert thin(once) == once


@pytest.mark.slow
def test_an_export_holds_every_table_of_one_candidate_as_csv_and_parquet(
    session: Session, tmp_path: Path
) -> None:
    import pandas as pd

    session.answers.save_many([result(candidate="anna"), result(candidate="boris")])
    written = session.everything.export("anna", tmp_path / "out")
    assert {path.suffix for path in written} == {".csv", ".parquet"}
    for path in written:
        frame = pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path)
        assert set(frame["candidate_id"]) <= {"anna"}
    assert len(pd.read_csv(tmp_path / "out" / "attempts.csv")) == 1
    assert len(pd.read_parquet(tmp_path / "out" / "evidence.parquet")) == 3
    assert "return a + b" in pd.read_csv(tmp_path / "out" / "codes.csv")["text"][0]
    assert set(pd.read_csv(tmp_path / "out" / "code_checks.csv")["ran_in"]) == {"candidate's browser"}
    assert "client --> api" in pd.read_csv(tmp_path / "out" / "sketches.csv")["text"][0]


def test_an_export_to_a_file_says_that_it_cannot(session: Session, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(RehearseError, match="cannot be opened"):
        session.everything.export("me", tmp_path / "taken")
