"""The acceptance tests 7 to 11 of the rubric, each from a failure seen in a peer product."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.answering import one_answer
from analysis.llm.chat_model import ChatModel
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.judge.clause_levels import UNVERIFIED
from data.domain import (
    Attempt,
    Elicitation,
    Interval,
    SignalFrame,
    Speech,
    Transcript,
    Word,
)
from tests.accepted_judge import a_judge, a_question, an_answer, level_of, levels
from tests.fake_endpoint import (
    FakeEndpoint,
    answer_text,
    forgetting,
    inflating,
    inventing,
    strong_answer,
)
from tests.stored import BEGAN

pytestmark = pytest.mark.slow


# 7 ---------------------------------------------------------------------------------------------


def test_7_no_camera_or_voice_field_can_reach_the_judge() -> None:
    answer = an_answer(strong_answer(3))
    timed = replace(answer, turns=tuple(replace(turn, start_seconds=3.0) for turn in answer.turns))
    sent = []
    for said in (answer, timed):
        endpoint = FakeEndpoint()
        chat_model = ChatModel("http://judge.test/v1", "key", "m", 1, transport=endpoint.transport)
        JudgeScorer(chat_model).score(said)
        sent.append([asked.body for asked in endpoint.asked])
    assert sent[0] == sent[1]


def test_7_a_camera_that_saw_the_opposite_or_nothing_changes_neither_what_is_sent_nor_a_score() -> None:
    timed = tuple(
        Word(word, place / 2, place / 2 + 0.4) for place, word in enumerate(strong_answer(3).split())
    )
    speech = Speech(Transcript(timed, "a script"), (Interval(0.0, 9.0),), (), 60.0)
    looking = tuple(SignalFrame(float(second), True, "camera", None, 1.0) for second in range(60))
    away = tuple(SignalFrame(float(second), False, "not_measurable", "no_face") for second in range(60))
    attempt = Attempt("a", "me", "s", "url", BEGAN, "camera", "recording", question_end_seconds=0.0)
    found = []
    for frames in (looking, away, ()):
        result = one_answer.measure_answer(attempt, a_question(), speech, frames)
        endpoint = FakeEndpoint()
        chat_model = ChatModel("http://judge.test/v1", "key", "m", 1, transport=endpoint.transport)
        scored = JudgeScorer(chat_model).score(one_answer.answer_of(result, a_question()))
        found.append((scored.scores, [asked.body for asked in endpoint.asked]))
    assert found[0] == found[1] == found[2]
    assert any(score.level for score in found[0][0])


# 8 ---------------------------------------------------------------------------------------------


def test_8_names_and_pronouns_do_not_reach_the_judge() -> None:
    story = "{0} owned the cache, {1} moved it, and {2} numbers were right. I asked {3} twice. "
    sent = []
    for names in (("Fatima", "she", "her", "her"), ("John", "he", "his", "him")):
        endpoint = FakeEndpoint()
        chat_model = ChatModel("http://judge.test/v1", "key", "m", 1, transport=endpoint.transport)
        text = story.format(*names) + answer_text("behavioral", 3)
        found = JudgeScorer(chat_model).score(an_answer(text))
        sent.append((levels(found), [asked.body for asked in endpoint.asked]))
    assert sent[0] == sent[1]
    assert "John" not in str(sent)


# 9 ---------------------------------------------------------------------------------------------

BUZZWORDS = (
    "Kafka, Redis, Cassandra, Kubernetes, sharding, replication, microservices, event sourcing, CQRS, "
    "load balancer, CDN, Elasticsearch, gRPC, service mesh, eventual consistency."
)


def test_9_a_list_of_buzzwords_stays_at_two_or_below_even_if_the_model_inflates() -> None:
    for behaviours in ((), (inflating,), (inventing,)):
        level = level_of(a_judge(*behaviours).score(an_answer(BUZZWORDS)), "C3")
        assert level is None or level <= 2


# 10 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("elicitation", "most"), [("volunteered", 4), ("prompted", 3), ("hinted", 2)])
def test_10_hinted_content_counts_for_two_at_most_and_four_needs_volunteered(
    elicitation: Elicitation, most: int
) -> None:
    found = a_judge().score(an_answer(strong_answer(), elicitation))
    expected = {name: most for name in ("C1", "C2", "C3", "C5", "C6")}
    assert {name: level_of(found, name) for name in expected} == expected


def test_10_failures_named_only_after_a_probe_are_level_two() -> None:
    assert level_of(a_judge().score(an_answer(answer_text("C4", 3), "prompted")), "C4") == 2


# 11 --------------------------------------------------------------------------------------------


def test_11_five_repeats_agree() -> None:
    answer = an_answer(strong_answer(3))
    runs = [levels(a_judge(forgetting, seed=seed).score(answer)) for seed in range(5)]
    exact = [len(set(column)) == 1 for column in zip(*runs, strict=True)]
    assert sum(exact) / len(exact) >= 0.8
    assert all(max(known_levels(c)) - min(known_levels(c)) < 2 for c in zip(*runs, strict=True))


def known_levels(column: tuple[float | None, ...]) -> list[float]:
    return [level for level in column if level is not None]


# the evidence check ----------------------------------------------------------------------------


def test_invented_quotes_leave_a_criterion_unscored() -> None:
    found = a_judge(inventing).score(an_answer(strong_answer()))
    assert {score.reason for score in found.scores} == {UNVERIFIED}
    assert all(score.evidence == () for score in found.scores)


def test_levels_without_quotes_are_not_levels() -> None:
    found = a_judge(inflating).score(an_answer(strong_answer()))
    assert {score.reason for score in found.scores} == {UNVERIFIED}
