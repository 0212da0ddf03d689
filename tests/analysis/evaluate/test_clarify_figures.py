from __future__ import annotations

from typing import Any

from analysis.evaluate.interviewer_clarify import _row as row_of
from analysis.evaluate.interviewer_clarify import figures, judge, measured
from analysis.interview.facts.reply import Reply
from data.domain import Fact, Question

SEATS = Question(
    "seats",
    "system_design",
    "mid",
    "Seats",
    "Design seats.",
    "seats",
    ("C1",),
    15,
    facts=(Fact("users", "Twenty thousand students use it."), Fact("latency", "Confirmed in two seconds.")),
)
FIRST, SECOND = (Reply("answer_fact", fact.text, (at,)) for at, fact in enumerate(SEATS.facts))
USERS = {"question_id": "seats", "said": "How many students?", "wants": "scale", "fact": SEATS.facts[0].text}


def judged(reply: Reply | None, **row: Any) -> tuple[bool, bool]:
    one = judge(row_of({**USERS, **row}), SEATS, lambda said, question: reply)
    return one.useful, one.wrong_fact


def test_a_reply_is_of_use_when_it_states_the_marked_fact() -> None:
    assert judged(FIRST) == (True, False)
    assert judged(SECOND) == (False, True)
    assert judged(Reply("hand_back", "You decide.")) == (False, False)


def test_without_a_marked_fact_the_move_must_fit() -> None:
    assert judged(Reply("hand_back", "You decide."), fact="") == (True, False)
    assert judged(FIRST, fact="") == (True, False)
    assert judged(SECOND, fact="") == (False, True)
    assert judged(None, fact="") == (False, False)


def test_a_sum_is_judged_by_its_premise() -> None:
    confirmed, sent_back = Reply("confirm", "Yes."), Reply("correct_number", "Once more.")
    assert judged(confirmed, wants="confirm", premise="right") == (True, False)
    assert judged(confirmed, wants="confirm", premise="wrong") == (False, False)
    assert judged(sent_back, wants="confirm", premise="wrong") == (True, False)


def test_where_no_premise_is_given_a_sum_must_only_be_looked_at() -> None:
    assert judged(Reply("confirm", "Yes."), wants="confirm") == (True, False)
    assert judged(Reply("hand_back", "You decide."), wants="confirm") == (False, False)


def test_a_wish_that_the_loop_grants_needs_no_reply() -> None:
    assert judged(None, wants="move_on", said="Can we take the next one?", fact="") == (True, False)
    assert judged(None, wants="hint", said="The cache holds the list.", fact="") == (False, False)


def test_what_only_sounds_like_a_question_must_get_no_reply() -> None:
    rows = [judge(row_of({**USERS, "wants": "none"}), SEATS, lambda said, question: None)]
    rows += [judge(row_of({**USERS, "wants": "none"}), SEATS, lambda said, question: FIRST)]
    assert figures(rows)["answered_rhetorical"] == 0.5
    assert figures(rows)["useful"] == 0.5


def test_the_shipped_rules_are_measured_on_the_questions_given() -> None:
    found, lines = measured([USERS], [SEATS])
    assert found["n"] == 1 and set(found["by_wants"]) == {"scale"} and len(lines) == 1
