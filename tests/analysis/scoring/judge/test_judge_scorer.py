from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.scoring.advice import MEND_FIRST
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.judge.configured_judge import judge_from_settings
from data.domain import KeyPoint, RehearseError
from data.rubrics import criterion
from data.settings import load_settings
from tests.asked_judge import QUESTION, a_grader, a_judge, an_answer, score_of
from tests.careful_judge import Careful, claim
from tests.fake_endpoint import (
    Behaviour,
    FakeEndpoint,
    answer_text,
    keyword,
    only,
    says,
    status,
    strong_answer,
)

pytestmark = pytest.mark.slow


def test_a_score_says_what_it_depends_on() -> None:
    score = a_judge().score(an_answer(strong_answer(3))).scores[0]
    assert score.scorer == "judge"
    for part in (
        "model=m",
        "prompts=",
        f"rubric={score.rubric_version}",
        "reading=",
        "temperature=0",
        "seed=1",
    ):
        assert part in score.scorer_version


# what caps a level -----------------------------------------------------------------------------


FIRST_OF_C6 = criterion("C6").anchors[2].clauses[0].text
WRONG = "Raft works with any single node alive"


@pytest.mark.parametrize(("decides", "level"), [(True, 2), (False, 4)])
def test_a_false_claim_that_decides_something_holds_its_criterion_at_two(decides: bool, level: int) -> None:
    text = f"{WRONG}. {strong_answer()}"
    told = only("claims", says({"claims": [claim(WRONG, decides=decides)]}))
    found = a_judge(told).score(an_answer(text))
    score = score_of(found, "C2")
    assert score.level == level
    assert [one.sentence for one in score.errors] == [
        f"“{WRONG}”: Raft needs a majority. A minority would split the data."
    ]
    assert score.fix == (MEND_FIRST if decides else "")
    assert score_of(found, "C3").level == 4


def test_a_false_claim_nobody_made_holds_nothing() -> None:
    told = only("claims", says({"claims": [claim("the leader is elected by coin toss")]}))
    score = score_of(a_judge(told).score(an_answer(strong_answer())), "C2")
    assert (score.level, score.errors) == (4, ())


def test_a_failing_look_for_false_claims_is_said_and_levels_stand() -> None:
    found = a_judge(only("claims", status(404))).score(an_answer(strong_answer()))
    assert score_of(found, "C2").level == 4
    assert any("look for false claims" in note for note in found.notes)


# not asked -------------------------------------------------------------------------------------

STORY = replace(QUESTION, category="behavioral", competencies=("C6",), key_points=())


def test_what_nobody_asked_for_is_not_level_one() -> None:
    score = score_of(a_judge().score(an_answer(answer_text("behavioral", 3), STORY)), "C6")
    assert score.level is None
    assert score.reason is not None and score.reason.startswith("Not asked")


def test_what_the_question_asks_for_and_the_answer_lacks_is_level_one() -> None:
    asked = replace(QUESTION, category="operations", competencies=("C6",))
    score = score_of(a_judge().score(an_answer(answer_text("C3", 3), asked)), "C6")
    assert score.level == 1
    assert score.evidence == ()
    assert score.missing_for_next == criterion("C6").anchors[1].clauses[0].text


def test_i_dont_know_is_level_one_only_where_the_question_asks() -> None:
    found = a_judge().score(an_answer("I don't know.", STORY))
    assert {s.criterion: s.level for s in found.scores} == {"C6": None, "behavioral": 1, "communication": 1}


# words about the answer ------------------------------------------------------------------------


def next_step(do: str) -> Behaviour:
    return only("next", says({"next": [{"criterion": "C6", "do": do}]}))


def test_sentences_about_the_person_are_not_shown() -> None:
    said = "You are a confident, impressive engineer. Name the alert condition."
    score = score_of(a_judge(next_step(said)).score(an_answer(answer_text("C6", 2))), "C6")
    assert score.fix == "Name the alert condition."
    assert score.missing_for_next == FIRST_OF_C6


def test_a_step_that_gives_a_key_point_away_is_left_out() -> None:
    said = "Say that it estimates storage with retention, so that it is complete."
    point = KeyPoint("p9", "It estimates storage with retention, so nothing is lost.", "How much?", "C5")
    asked = replace(QUESTION, key_points=(point,))
    score = score_of(a_judge(next_step(said)).score(an_answer(answer_text("C6", 2), asked)), "C6")
    assert (score.fix, score.missing_for_next) == ("", FIRST_OF_C6)


def test_without_the_next_step_levels_stand_and_the_rubric_says_what_is_missing() -> None:
    score = score_of(a_judge(only("next", status(404))).score(an_answer(answer_text("C6", 2))), "C6")
    assert (score.level, score.fix) == (2, "")
    assert score.missing_for_next == FIRST_OF_C6


def test_the_top_level_has_nothing_missing_and_nothing_to_fix() -> None:
    score = score_of(a_judge().score(an_answer(strong_answer())), "C6")
    assert (score.level, score.missing_for_next, score.fix) == (4, "", "")


def test_no_sum_of_a_machine_is_told_to_the_judge() -> None:
    endpoint = FakeEndpoint()
    said = "The link is 10 Gbps, that's 10 gigabytes per second. " + answer_text("C5", 2)
    JudgeScorer(a_grader(endpoint)).score(an_answer(said))
    assert "factor of 8" not in str([asked.body for asked in endpoint.asked])


# key points ------------------------------------------------------------------------------------


def test_key_points_carry_a_verified_quote_or_are_missed() -> None:
    found = a_judge().score(an_answer("If the database failure hits, it names replicas and retries."))
    assert [result.status for result in found.key_points] == ["covered", "missed"]
    evidence = found.key_points[0].evidence
    assert evidence is not None and evidence.quote.startswith("If the database")


def test_a_point_made_in_two_places_shows_both_quotes() -> None:
    said = "First the replicas take over. Much later I said that every client retries with jitter."
    table = {"P1": ("said", ("the replicas take over", "every client retries with jitter"))}
    found = a_judge(Careful([table])).score(an_answer(said))
    assert [quote.quote for quote in found.key_points[0].quotes] == list(table["P1"][1])


def test_a_quote_with_words_left_out_by_dots_is_read_as_two() -> None:
    said = "First the replicas take over. Much later I said that every client retries with jitter."
    table = {"P1": ("said", ("the replicas take over ... every client retries with jitter",))}
    found = a_judge(Careful([table])).score(an_answer(said))
    assert [quote.quote for quote in found.key_points[0].quotes] == [
        "the replicas take over",
        "every client retries with jitter",
    ]


def test_a_point_without_its_quote_cannot_be_told() -> None:
    table = {"P1": ("said", ("we shard by moon phase",))}
    found = a_judge(Careful([table])).score(an_answer(strong_answer()))
    assert [result.status for result in found.key_points] == ["cannot_tell", "missed"]


# "this is wrong" -------------------------------------------------------------------------------


def test_a_rejudgement_is_a_second_score_with_its_own_version() -> None:
    endpoint = FakeEndpoint()
    judge = JudgeScorer(a_grader(endpoint))
    answer = an_answer(answer_text("C4", 3))
    before = score_of(judge.score(answer), "C4")
    asked = len(endpoint.asked)
    after = judge.rejudge(answer, criterion("C4"), "I did name two failures.")
    assert after.scorer_version != before.scorer_version
    assert after.scorer_version.startswith(before.scorer_version)
    assert after.level == before.level == 3
    sent = endpoint.asked[asked].body["messages"]
    assert any("I did name two failures." in message["content"] for message in sent[1:])
    assert "I did name two failures." not in sent[0]["content"]
    assert [one.kind for one in endpoint.asked[asked:]] == ["read", "claims", "next"]


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
