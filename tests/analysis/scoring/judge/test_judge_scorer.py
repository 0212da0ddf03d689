from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.scoring.judge import JudgeScorer
from analysis.scoring.judge.clause_levels import UNSURE
from analysis.scoring.judge.configured_judge import judge_from_settings
from data.domain import Flag, RehearseError
from data.rubrics import criterion
from data.settings import load_settings
from tests.asked_judge import QUESTION, a_grader, a_judge, an_answer, score_of
from tests.fake_endpoint import (
    Asked,
    Behaviour,
    FakeEndpoint,
    Said,
    answer_text,
    criterion_reply,
    honest,
    keyword,
    only,
    says,
    status,
    strong_answer,
    wavering,
)

pytestmark = pytest.mark.slow


# runs ------------------------------------------------------------------------------------------


def test_a_level_is_the_median_of_three_runs_with_their_range() -> None:
    score = score_of(a_judge(wavering(3, 2, 3)).score(an_answer(strong_answer(3))), "C4")
    assert (score.level, score.low, score.high) == (3, 2, 3)


def test_runs_two_levels_apart_are_left_to_a_human() -> None:
    score = score_of(a_judge(wavering(4, 2, 3)).score(an_answer(strong_answer())), "C4")
    assert (score.level, score.reason, score.low, score.high) == (None, UNSURE, 2, 4)


def test_one_failing_run_of_three_is_outvoted() -> None:
    def once(asked: Asked) -> Said | None:
        return Said("bad", 404) if asked.seed == 2 and asked.criterion == "C4" else None

    assert score_of(a_judge(once).score(an_answer(strong_answer(3))), "C4").level == 3


def test_two_failing_runs_leave_a_criterion_unscored() -> None:
    def twice(asked: Asked) -> Said | None:
        return Said("bad", 404) if asked.seed > 1 and asked.criterion == "C4" else None

    assert score_of(a_judge(twice).score(an_answer(strong_answer(3))), "C4").level is None


def test_a_score_says_what_it_depends_on() -> None:
    score = a_judge().score(an_answer(strong_answer(3))).scores[0]
    assert score.scorer == "judge"
    assert score.rubric_version
    for part in ("model=m", "prompts=", "temperature=0", "seed=1", "runs=3"):
        assert part in score.scorer_version


# what caps a level -----------------------------------------------------------------------------


def an_error(load_bearing: bool, quote: str) -> Behaviour:
    error = {
        "quote": quote,
        "turn": 1,
        "why": "Raft needs a majority.",
        "criterion": "C2",
        "load_bearing": load_bearing,
    }
    return only("errors", says({"errors": [error]}))


@pytest.mark.parametrize(("load_bearing", "level"), [(True, 2), (False, 4)])
def test_a_load_bearing_error_holds_its_criterion_at_two(load_bearing: bool, level: int) -> None:
    text = f"Raft works with any single node alive. {strong_answer()}"
    found = a_judge(an_error(load_bearing, "Raft works with any single node alive")).score(an_answer(text))
    assert score_of(found, "C2").level == level
    assert [claim.sentence for claim in score_of(found, "C2").errors] == [
        "“Raft works with any single node alive”: Raft needs a majority."
    ]
    assert score_of(found, "C3").level == 4


def test_an_error_nobody_said_holds_nothing() -> None:
    found = a_judge(an_error(True, "the leader is elected by coin toss")).score(an_answer(strong_answer()))
    assert (score_of(found, "C2").level, score_of(found, "C2").errors) == (4, ())


def test_a_failing_look_for_mistakes_is_said_and_levels_stand() -> None:
    found = a_judge(only("errors", status(404))).score(an_answer(strong_answer()))
    assert score_of(found, "C2").level == 4
    assert any("look for mistakes" in note for note in found.notes)


FLAG = Flag("cap_as_checkbox", "CAP is named without a consequence.")


def unconfirmed(asked: Asked) -> Said | None:
    return Said({**honest(asked), "flag_confirmed": False}) if asked.criterion == "C2" else None


def test_a_confirmed_flag_holds_its_criterion_down_and_is_kept() -> None:
    found = a_judge(flags=(FLAG,)).score(an_answer(strong_answer()))
    assert (score_of(found, "C2").level, found.flags) == (2, (FLAG,))
    assert score_of(found, "C1").level == 4


def test_a_flag_that_the_judge_does_not_confirm_is_dropped() -> None:
    found = a_judge(unconfirmed, flags=(FLAG,)).score(an_answer(strong_answer()))
    assert (score_of(found, "C2").level, found.flags) == (4, ())


# not asked -------------------------------------------------------------------------------------

STORY = replace(QUESTION, category="behavioral", competencies=("C6",), key_points=())


def not_invited(asked: Asked) -> Said | None:
    if asked.criterion != "C6":
        return None
    return Said(criterion_reply(criterion("C6"), lambda clause: [], "not_invited"))


def test_what_nobody_asked_for_is_not_level_one() -> None:
    score = score_of(a_judge(not_invited).score(an_answer(answer_text("behavioral", 3), STORY)), "C6")
    assert score.level is None
    assert score.reason is not None and score.reason.startswith("Not asked")


def test_what_the_question_asks_for_and_the_answer_lacks_is_level_one() -> None:
    asked = replace(QUESTION, category="operations", competencies=("C6",))
    score = score_of(a_judge(not_invited).score(an_answer(answer_text("C3", 3), asked)), "C6")
    assert score.level == 1
    assert score.evidence == ()


def test_i_dont_know_is_level_one_only_where_the_question_asks() -> None:
    found = a_judge().score(an_answer("I don't know.", STORY))
    assert {s.criterion: s.level for s in found.scores} == {"C6": None, "behavioral": 1, "communication": 1}


# words about the answer ------------------------------------------------------------------------


def test_sentences_about_the_person_are_not_shown() -> None:
    def personal(asked: Asked) -> Said | None:
        said = "You are a confident, impressive engineer. Name the alert condition."
        return Said({**honest(asked), "fix": said, "missing_for_next": "You seem nervous."})

    score = score_of(a_judge(only("C6", personal)).score(an_answer(answer_text("C6", 2))), "C6")
    assert score.fix == "Name the alert condition."
    assert score.missing_for_next == "States an SLI or SLO for this system."


def test_the_top_level_has_nothing_missing_and_nothing_to_fix() -> None:
    score = score_of(a_judge().score(an_answer(strong_answer())), "C6")
    assert (score.level, score.missing_for_next, score.fix) == (4, "", "")


def test_the_capacity_checker_reports_to_the_capacity_criterion_only() -> None:
    endpoint = FakeEndpoint()
    said = "The link is 10 Gbps, that's 10 gigabytes per second. " + answer_text("C5", 2)
    JudgeScorer(a_grader(endpoint), find_flags=lambda answer: ()).score(an_answer(said))
    told = {asked.criterion for asked in endpoint.asked if "A checker recomputed" in str(asked.body)}
    assert told == {"C5"}
    assert "off by a factor of 8" in str([asked.body for asked in endpoint.asked])


# key points ------------------------------------------------------------------------------------


def test_key_points_carry_a_verified_quote_or_are_missed() -> None:
    found = a_judge().score(an_answer("If the database failure hits, it names replicas and retries."))
    assert [result.status for result in found.key_points] == ["covered", "missed"]
    evidence = found.key_points[0].evidence
    assert evidence is not None and evidence.quote.startswith("If the database")


def test_a_covered_point_without_its_quote_cannot_be_told() -> None:
    point = {"key_point": "p1", "status": "covered", "quote": "we shard by moon phase", "turn": 1}
    found = a_judge(only("coverage", says({"points": [point]}))).score(an_answer(strong_answer()))
    assert [result.status for result in found.key_points] == ["cannot_tell", "cannot_tell"]


# "this is wrong" -------------------------------------------------------------------------------


def test_a_rejudgement_is_a_second_score_with_its_own_version() -> None:
    endpoint = FakeEndpoint()
    judge = JudgeScorer(a_grader(endpoint), find_flags=lambda answer: ())
    answer = an_answer(answer_text("C4", 3))
    before = score_of(judge.score(answer), "C4")
    asked = len(endpoint.asked)
    after = judge.rejudge(answer, criterion("C4"), "I did name two failures.")
    assert after.scorer_version != before.scorer_version
    assert after.scorer_version.startswith(before.scorer_version)
    assert after.level == before.level == 3
    sent = endpoint.asked[-1].body["messages"]
    assert any("I did name two failures." in message["content"] for message in sent[1:])
    assert "I did name two failures." not in sent[0]["content"]
    assert len(endpoint.asked) == asked + 3 + 1


def test_a_reason_is_no_evidence() -> None:
    judge = a_judge()
    after = judge.rejudge(an_answer(answer_text("C4", 2)), criterion("C4"), answer_text("C4", 4))
    assert after.level == 2


# simulated candidates --------------------------------------------------------------------------

RAMBLING = (
    "Well there is this thing about systems, and I was once at a conference where we talked about a lot, "
    "and the coffee was nice, and in a way everything is connected with everything else over the years. "
)


@pytest.mark.parametrize("behaviours", [(), (keyword,)])
@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("", 0),
        ("qwrt zxcv bnmp lkjh gfds qwer tyui", 0),
        ("I would use a cache. " * 60, 2),
        (RAMBLING * 12, 2),
        ("Design a URL shortener. " * 3, 1),
    ],
)
def test_a_weak_candidate_gets_no_level_to_be_proud_of(
    behaviours: tuple[Behaviour, ...], text: str, most: int
) -> None:
    found = a_judge(*behaviours).score(an_answer(text))
    assert all((score.level or 0) <= most for score in found.scores)


def test_a_strong_candidate_gets_the_levels() -> None:
    assert {score.level for score in a_judge().score(an_answer(strong_answer())).scores} == {4}


def test_a_very_long_answer_is_cut_and_that_is_said() -> None:
    letters = "abcdefghijklmnopqrstuvwxyzabcd"  # names without figures: arithmetic is not what is tried here
    many = " ".join(
        f"The replica in zone {one}{two} holds a copy of the data." for one in letters for two in letters
    )
    found = a_judge().score(an_answer(many))
    assert any("longer than the judge is shown" in note for note in found.notes)


# settings --------------------------------------------------------------------------------------


def test_the_settings_make_a_judge(tmp_path: Path) -> None:
    endpoint = FakeEndpoint()
    given = {"LLM_BASE_URL": "http://judge.test/v1", "LLM_MODEL": "small", "LLM_PRICE_IN": "1"}
    settings = load_settings(given, tmp_path / "none.toml")
    judge = judge_from_settings(settings, tmp_path / "cache", endpoint.transport)
    assert "model=small" in judge.version
    assert {score.level for score in judge.score(an_answer(strong_answer(2))).scores} == {2}
    assert list((tmp_path / "cache").iterdir())


def test_without_settings_there_is_no_judge(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="score offline"):
        judge_from_settings(load_settings({}, tmp_path / "none.toml"), tmp_path)
