"""What is looked at again, and what comes of it; a careful judge answers from a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.scoring.judge import JudgeScorer
from analysis.scoring.judge.clause_levels import NOT_SCORABLE, UNVERIFIED
from data.domain import Answer, KeyPoint, Question, Turn
from data.rubrics import criterion
from tests.asked_judge import a_grader, a_judge, score_of
from tests.careful_judge import Careful, Seen, claim
from tests.fake_endpoint import Asked, Behaviour, FakeEndpoint, Said, malformed, only, says, status

POINTS = (
    KeyPoint("k1", "A reply that was lost leaves the outcome unknown.", "What do you know?", "C2"),
    KeyPoint("k2", "A repeated call needs an idempotency key.", "May you repeat it?", "C2"),
)
ASKED = "The call timed out. What now?"
QUESTION = Question("q", "distributed_systems", "mid", "Timeout", ASKED, "t", ("C2", "C4"), 4.0, POINTS)
KNOWN = "we do not know whether the stock was reserved"
KEY = "the caller sends the same idempotency key with every try"
SEEN = "the customer may see two reservations for a moment"
RETRY = "we retry three times with backoff and jitter"
NEVER = "a timeout means that the call never arrived"
TEXT = f"After the timeout {KNOWN}. So {KEY}, otherwise {SEEN}. Then {RETRY}. And {NEVER}."
ANSWER = Answer(QUESTION, (Turn(0, "interviewer", ASKED), Turn(1, "candidate", TEXT)))
TABLE: Seen = {
    "C2.2.a": ("said", (KNOWN,)),
    "C2.3.b": ("said", (KEY,)),
    "C2.3.c": ("said", (SEEN,)),
    "C4.2.a": ("said", (RETRY,)),
    "P1": ("said", (KNOWN,)),
    "P2": ("said", (KEY,)),
}
INVENTED: Seen = {**TABLE, "C2.3.b": ("said", ("the ledger is sharded by moon phase",))}
WITHOUT: Seen = {name: seen for name, seen in TABLE.items() if name != "C2.3.c"}
WRONG: Seen = {**TABLE, "P1": ("wrong", (NEVER,))}


def levels(judge: Careful, *more: Behaviour) -> dict[str, float | None]:
    return {score.criterion: score.level for score in a_judge(*more, judge).score(ANSWER).scores}


def test_what_is_clear_at_first_sight_is_not_asked_again() -> None:
    endpoint = FakeEndpoint(Careful([TABLE]))
    found = JudgeScorer(a_grader(endpoint)).score(ANSWER)
    assert (score_of(found, "C2").level, score_of(found, "C4").level) == (3, 2)
    assert [point.status for point in found.key_points] == ["covered", "covered"]
    assert [asked.kind for asked in endpoint.asked] == ["read", "claims", "next"]


def test_what_was_left_out_is_asked_again() -> None:
    judge = Careful([TABLE], left_out=("C4.4.d", "P1"))
    assert levels(judge)["C4"] == 2
    assert judge.asked_again == ["C4.4.d"]


def test_what_no_quote_shows_is_asked_again() -> None:
    judge = Careful([INVENTED, TABLE])
    assert levels(judge)["C2"] == 3
    assert judge.asked_again == ["C2.3.b"]


def test_what_no_quote_shows_at_the_second_look_either_leaves_one_criterion_unscored() -> None:
    found = a_judge(Careful([INVENTED])).score(ANSWER)
    assert (score_of(found, "C2").level, score_of(found, "C2").reason) == (None, UNVERIFIED)
    assert score_of(found, "C4").level == 2


@pytest.mark.parametrize(("third", "level"), [(TABLE, 3), (WITHOUT, 2)])
def test_a_third_look_decides_what_two_saw_differently(third: Seen, level: int) -> None:
    judge = Careful([WITHOUT, TABLE, third])
    assert levels(judge)["C2"] == level
    assert judge.asked_again == ["C2.3.c", "C2.3.c"]


def test_a_third_look_that_fails_leaves_the_lower_verdict() -> None:
    def third(asked: Asked) -> Said | None:
        return Said("bad", 404) if asked.seed == 3 else None

    found = a_judge(third, Careful([WITHOUT, TABLE])).score(ANSWER)
    score = score_of(found, "C2")
    assert (score.level, score.low, score.high) == (2, 2, 3)
    assert any("A second look did not finish" in note for note in found.notes)


def test_a_false_claim_that_both_passes_name_is_not_asked_again() -> None:
    judge = Careful([WRONG], [claim(NEVER)])
    found = a_judge(judge).score(ANSWER)
    assert judge.asked_again == []
    assert [one.quote for one in score_of(found, "C2").errors] == [NEVER]
    assert score_of(found, "C2").level == 2
    assert found.key_points[0].status == "contradicted"


def test_a_claim_that_one_pass_names_counts_when_the_second_look_says_the_same() -> None:
    judge = Careful([TABLE], [claim(NEVER)])
    assert levels(judge)["C2"] == 2
    assert judge.asked_again == ["W1"]


def test_a_claim_that_the_second_look_defends_is_dropped() -> None:
    found = a_judge(Careful([TABLE], [claim(NEVER)], defended=[NEVER])).score(ANSWER)
    assert (score_of(found, "C2").level, score_of(found, "C2").errors) == (3, ())


def test_a_point_read_as_wrong_twice_is_told_with_what_holds() -> None:
    judge = Careful([WRONG])
    found = a_judge(judge).score(ANSWER)
    assert judge.asked_again == ["P1"]
    [told] = score_of(found, "C2").errors
    assert (told.quote, told.fact) == (NEVER, "It holds the other way round.")
    assert score_of(found, "C2").level == 2


@pytest.mark.parametrize("failing", ["again", "third"])
def test_one_look_alone_accuses_nobody(failing: str) -> None:
    def fails(asked: Asked) -> Said | None:
        is_it = asked.kind == "again" if failing == "again" else asked.seed == 3
        return Said("bad", 404) if is_it else None

    found = a_judge(fails, Careful([WRONG, TABLE])).score(ANSWER)
    assert found.key_points[0].status == ("cannot_tell" if failing == "again" else "covered")
    assert (score_of(found, "C2").errors, score_of(found, "C2").level) == ((), 3)


def test_a_point_read_as_wrong_once_of_three_times_is_not_wrong() -> None:
    found = a_judge(Careful([WRONG, TABLE, TABLE])).score(ANSWER)
    assert found.key_points[0].status == "covered"
    assert (score_of(found, "C2").errors, score_of(found, "C2").level) == ((), 3)


def test_a_claim_counts_as_well_against_what_stands_on_its_words_alone() -> None:
    stands = {**TABLE, "C4.3.a": ("said", (RETRY,)), "C4.3.d": ("said", (KEY,))}
    assert levels(Careful([stands], [claim(NEVER)]))["C4"] == 3
    stands["C4.2.a"] = ("said", (NEVER,))
    assert levels(Careful([stands], [claim(NEVER)])) == {"C2": 2, "C4": 2, "communication": 1}


def test_a_second_look_that_fails_is_told_and_what_was_clear_stands() -> None:
    found = a_judge(only("again", status(404)), Careful([INVENTED], [claim(RETRY, "C4")])).score(ANSWER)
    reason = score_of(found, "C2").reason
    assert reason is not None and reason.startswith("Not scored: The")
    assert score_of(found, "C4").level == 2
    assert [one.quote for one in score_of(found, "C4").errors] == [RETRY]
    assert any("A second look did not finish" in note for note in found.notes)


def test_one_odd_entry_costs_itself_and_is_asked_again() -> None:
    judge = Careful([TABLE])

    def odd(asked: Asked) -> Said | None:
        said = judge(asked)
        if said is None or asked.kind != "read" or not isinstance(said.content, dict):
            return said
        found = [one for one in said.content["found"] if one["id"] != "C2.3.c"]
        other = {"id": "C9.1.z", "verdict": "said", "quotes": []}
        return Said({**said.content, "found": [*found, {"id": "C2.3.c", "verdict": "absolutely"}, other, 7]})

    found = a_judge(odd).score(ANSWER)
    assert judge.asked_again == ["C2.3.c"]
    assert score_of(found, "C2").level == 3


def test_an_item_named_twice_counts_once_and_what_was_found_before_what_was_not() -> None:
    judge = Careful([TABLE])

    def twice(asked: Asked) -> Said | None:
        said = judge(asked)
        if said is None or asked.kind != "read" or not isinstance(said.content, dict):
            return said
        content, again = said.content, {"id": "C2.3.c", "verdict": "wrong", "quotes": [SEEN]}
        absent = [*content["not_said"], "C2.3.b"]
        return Said({**content, "found": [*content["found"], again], "not_said": absent})

    assert score_of(a_judge(twice).score(ANSWER), "C2").level == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "behaviour", [malformed, status(400), says({"score": 9}), says("I would rather not.")]
)
def test_criteria_whose_common_question_fails_are_asked_alone(behaviour: Behaviour) -> None:
    def together(asked: Asked) -> Said | None:
        return behaviour(asked) if asked.kind == "read" and len(asked.criteria) > 1 else None

    endpoint = FakeEndpoint(together, Careful([TABLE]))
    found = JudgeScorer(a_grader(endpoint)).score(ANSWER)
    assert {score.criterion: score.level for score in found.scores} == {"C2": 3, "C4": 2, "communication": 1}
    alone = [one.criteria for one in endpoint.asked if one.kind == "read" and len(one.criteria) == 1]
    assert sorted(name for one in alone for name in one) == ["C2", "C4", "communication"]
    assert [point.status for point in found.key_points] == ["covered", "covered"]


def test_a_transcript_that_no_question_can_read_is_not_scorable() -> None:
    unread = says({"readable": False, "found": [], "not_said": [], "claims": []})
    found = a_judge(only("read", unread), Careful([TABLE])).score(ANSWER)
    assert {score.reason for score in found.scores} == {NOT_SCORABLE}


def test_a_claim_of_a_criterion_that_is_not_judged_is_kept_with_the_first() -> None:
    found = a_judge(Careful([TABLE], [claim(NEVER, "C9")])).score(ANSWER)
    assert [one.quote for one in score_of(found, "C2").errors] == [NEVER]


def test_the_same_words_claimed_twice_are_one_claim() -> None:
    twice = [claim(NEVER), claim("means that the call never arrived")]
    assert len(score_of(a_judge(Careful([TABLE], twice)).score(ANSWER), "C2").errors) == 1


def test_a_claim_that_does_not_say_what_holds_is_none() -> None:
    silent = {**claim(NEVER), "fact": "", "why": ""}
    found = a_judge(Careful([TABLE], [silent])).score(ANSWER)
    assert (score_of(found, "C2").errors, score_of(found, "C2").level) == ((), 3)


def test_judging_one_criterion_again_shows_its_own_claims() -> None:
    judge = a_judge(Careful([TABLE], [claim(NEVER), claim(RETRY, "C4")]))
    second = judge.rejudge(ANSWER, criterion("C4"), "I said that we retry.")
    assert [one.quote for one in second.errors] == [RETRY]


def test_a_question_without_key_points_is_judged_by_its_clauses() -> None:
    bare = replace(ANSWER, question=replace(QUESTION, key_points=()))
    found = a_judge(Careful([TABLE])).score(bare)
    assert (found.key_points, score_of(found, "C2").level) == ((), 3)
