from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.interview.facts.answer_facts import reply_to
from analysis.interview.facts.assumptions import VALUES, Assumption, assume
from analysis.interview.facts.put_to_us import without_reason
from analysis.interview.facts.reply_lines import ALLOWED, CORRECTED, HAND_BACK, MOMENT, NO_VERDICT
from analysis.interview.facts.which_facts import facts_for
from data.domain import Fact, Question
from data.questions import load_questions
from data.settings import load_settings

LIBRARY = Question(
    "library",
    "system_design",
    "mid",
    "Reading room seats",
    "Design a service where students reserve seats in a reading room.",
    "seats",
    ("C1",),
    15,
    facts=(
        Fact("users", "Twenty thousand students use it."),
        Fact("latency", "A reservation must be confirmed within two seconds."),
        Fact("retention", "Reservations are kept for one semester."),
        Fact("out_of_scope", "Lending books is done by another system."),
    ),
)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("How many students will use it?", "Twenty thousand students"),
        ("and how fast do they need the confirmation", "within two seconds"),
        ("Do I have to care about lending books as well?", "by another system"),
        ("how long do we keep the reservations", "one semester"),
    ],
)
def test_a_fact_is_told_to_whoever_asks_for_it_in_any_form(asked: str, told: str) -> None:
    reply = reply_to(asked, LIBRARY)
    assert reply and reply.move == "answer_fact" and told in reply.text


def test_an_answer_in_seconds_is_not_taken_for_a_rate_per_second() -> None:
    question = replace(
        LIBRARY,
        facts=(
            Fact("peak", "At nine in the morning about fifty reservations arrive per second."),
            Fact("latency", "A reservation must be confirmed within two seconds."),
        ),
    )
    rate, time = "How many reservations per second at the busiest time?", "How many seconds may it take?"
    assert facts_for(rate, question)[:1] == (0,)
    assert facts_for(time, question)[:1] == (1,)


def test_two_questions_in_one_breath_get_both_facts() -> None:
    reply = reply_to("how many students are there and how long do we keep the reservations?", LIBRARY)
    assert reply and set(reply.facts) == {0, 2}


@pytest.mark.parametrize(
    "said",
    [
        "What happens if the database dies? Well, the replica takes over after ten seconds.",
        "I would put a queue between the two and let the workers pull from it.",
        "Is that a problem, no, because every reservation has an id.",
        "what happens when two students take the same seat well the first row wins and the other one waits",
        "so where do i keep the reservations i keep them in one table because it's small",
        "who tells the student nobody tells him he sees it the next time he looks",
        "do i need a cache here i don't think so the library has one building",
    ],
)
def test_what_is_asked_of_nobody_gets_no_reply(said: str) -> None:
    assert reply_to(said, LIBRARY) is None


def test_without_a_fact_a_plain_value_is_assumed_and_said_as_such() -> None:
    reply = reply_to("What is the peak compared to an ordinary hour?", LIBRARY)
    assert reply and reply.move == "assume" and reply.assumed == Assumption("peak", VALUES["peak"])
    assert "assume" in reply.text and VALUES["peak"] in reply.text


def test_an_assumption_stays_the_same_for_the_round() -> None:
    before = (Assumption("peak", "the peak is about ten times the average"),)
    reply = reply_to("What is the peak compared to an ordinary hour?", LIBRARY, before)
    assert reply and "ten times" in reply.text and reply.assumed is None


def test_nothing_is_assumed_beside_a_fact_on_the_same_subject() -> None:
    assert assume("retention", LIBRARY, ()) == (None, False)
    assert assume("other", LIBRARY, ()) == (None, False)


def test_what_is_handed_back_or_assumed_is_one_short_line_that_asks_nothing() -> None:
    texts = [
        *HAND_BACK.values(),
        *(f"Nothing is given there. Let us assume that {one}." for one in VALUES.values()),
    ]
    assert max(len(text.split()) for text in texts) <= 30
    assert not any("?" in text for text in texts)


def test_a_sum_is_confirmed_or_sent_back_without_its_result() -> None:
    right = reply_to("ten million a day is about a hundred and fifteen a second, right?", LIBRARY)
    wrong = reply_to("so ten million a day is about twelve thousand a second, right?", LIBRARY)
    assert right and right.move == "confirm"
    assert wrong and wrong.text == CORRECTED


def test_the_time_left_is_told_and_a_moment_is_given() -> None:
    left = reply_to("how much time do I have left?", LIBRARY, seconds_left=290)
    moment = reply_to("can I take a moment to think?", LIBRARY, seconds_left=290)
    assert left and "About 5 minutes" in left.text
    assert moment and moment.text == MOMENT


@pytest.mark.parametrize(
    "said", ["How am I doing?", "Is this going in the right direction?", "did I do well"]
)
def test_whoever_asks_how_they_do_is_told_neither_the_time_nor_a_verdict(said: str) -> None:
    reply = reply_to(said, LIBRARY, seconds_left=290)
    assert reply and reply.text == NO_VERDICT


def test_what_was_understood_is_confirmed_or_corrected_with_the_number() -> None:
    right = reply_to("So I understood twenty thousand students, is that right?", LIBRARY)
    wrong = reply_to("So I understood two thousand students, is that right?", LIBRARY)
    assert right and right.move == "confirm" and "Twenty thousand" in right.text
    assert wrong and wrong.move == "correct_number" and "Twenty thousand" in wrong.text


@pytest.mark.slow
def test_what_was_asked_before_in_other_words_finds_its_fact() -> None:
    """The bank's facts are asked for in words that are not in them."""
    bank = {one.id: one for one in load_questions(load_settings({}).questions_path)}
    reply = reply_to("what happens if two people have equal points", bank["game-leaderboard"])
    assert reply and "ties go to whoever was first" in reply.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("wallet-balance", "Top-ups are pending until the bank confirms."),
        ("rate-limiter", "Rules are pushed and versioned, live within a minute."),
        ("file-sync", "I would watch how long a change needs to reach a second device."),
        ("matching-engine", "The rule book drives this: same rules for all."),
    ],
)
def test_a_sentence_of_an_answer_gets_no_fact_however_near_it_is(of: str, said: str) -> None:
    bank = {one.id: one for one in load_questions(load_settings({}).questions_path)}
    assert reply_to(said, bank[of]) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("course-signup", "until when may a member cancel, a day before?"),
        ("nearby-places", "how many results do we show on one page, ten or twenty?"),
        ("trending-topics", "are two spellings of one topic counted together?"),
    ],
)
def test_what_no_fact_answers_is_handed_back_however_near_one_is(of: str, said: str) -> None:
    bank = {one.id: one for one in load_questions(load_settings({}).questions_path)}
    reply = reply_to(said, bank[of])
    assert reply and reply.move in ("hand_back", "assume")


def test_a_question_at_the_end_is_heard_where_no_stops_are_written() -> None:
    said = (
        "okay so i would begin with one table for the seats and one for students how many students are there"
    )
    reply = reply_to(said, LIBRARY)
    assert reply and reply.facts == (0,)


def test_while_somebody_speaks_only_a_plain_question_is_answered() -> None:
    assert reply_to("So what happens when the cache dies?", LIBRARY, finished=False) is None
    assert reply_to("How many students will use it?", LIBRARY, finished=False) is not None


@pytest.mark.parametrize(
    ("said", "move"),
    [
        ("I would keep the seats in one table. Is that what you are looking for?", "check_in"),
        ("Twelve rows. Happy?", None),
        ("What do you mean by that exactly?", "rephrase"),
        ("How many results do you want on one page?", "hand_back"),
    ],
)
def test_a_question_about_what_stood_before_it_gets_no_fact(said: str, move: str | None) -> None:
    reply = reply_to(said, LIBRARY)
    assert (reply.move if reply else None) == move


def test_nothing_is_handed_back_twice_in_the_same_words() -> None:
    first = reply_to("And what is the budget?", LIBRARY)
    assert first
    again = reply_to("And what is the budget?", LIBRARY, told=(first.text,))
    assert again and again.text != first.text and again.move == first.move


@pytest.mark.parametrize(
    "said",
    [
        "Four hundred students a day, that is nothing for one table. Where's the problem?",
        "I keep reservations for a day and then drop them. What do you want to hear?",
    ],
)
def test_a_question_without_content_gets_no_fact_about_what_was_said_before_it(said: str) -> None:
    reply = reply_to(said, LIBRARY)
    assert reply is None or not reply.facts


def test_what_begins_like_a_question_and_ends_as_a_statement_is_part_of_an_answer() -> None:
    assert reply_to("Who is fine with a later copy reads it from the second node.", LIBRARY) is None


@pytest.mark.parametrize(
    ("said", "alone"),
    [
        ("How big do they get? Because if it's only pictures I'd do it otherwise.", "How big do they get?"),
        (
            "What kind of machines do I get because if it all fits I don't split it",
            "What kind of machines do I get",
        ),
        ("Are there filters? Cuisine, price, that sort of thing.", "Are there filters?"),
        ("Why not through the servers? Because they'd only copy bytes.", None),
        ("Do I need a queue for that? No.", None),
        ("Who goes first? The one who was accepted earlier goes first.", None),
        ("I keep it in memory because it is small", None),
    ],
)
def test_the_reason_behind_a_question_is_not_taken_for_its_answer(said: str, alone: str | None) -> None:
    assert without_reason(said) == (alone or said)


def test_a_question_with_its_reason_behind_it_is_answered() -> None:
    reply = reply_to("How many students use it? Because with a hundred I'd take a sheet of paper.", LIBRARY)
    assert reply is not None and reply.text == "Twenty thousand students use it."


def test_a_guess_at_the_answer_to_our_question_is_no_question_to_us() -> None:
    assert reply_to("Maybe ten thousand students?", LIBRARY, probed=True) is None
    assert reply_to("How many students use it?", LIBRARY, probed=True) is not None


def test_what_they_would_want_to_know_is_told_where_a_fact_says_it() -> None:
    reply = reply_to("I'd need to know how many students use it.", LIBRARY)
    assert reply is not None and reply.text == "Twenty thousand students use it."


def test_who_asks_whether_to_explain_something_is_let() -> None:
    reply = reply_to("And what if two of them take the same seat, should I explain this?", LIBRARY)
    assert reply is not None and reply.text == ALLOWED[0]


def test_what_is_asked_about_something_else_is_not_left_to_them_to_decide() -> None:
    crawler = next(one for one in load_questions(load_settings({}).questions_path) if one.id == "web-crawler")
    assert reply_to("My brother wants to become a cook, what do you think?", crawler) is None
    assert reply_to("What may one of those machines cost?", crawler) is not None
    assert reply_to("Is there an existing stack that I have to use?", crawler) is not None


def test_a_plan_told_at_length_is_no_guess_at_a_fact() -> None:
    plan = "I would use one table for the seats. A student picks a row, and the others see that it is taken."
    assert reply_to(plan, LIBRARY) is None


def test_who_asks_what_else_we_want_to_hear_is_asked_on() -> None:
    assert reply_to("Are there other things you'd like to hear from me?", LIBRARY) is None


def test_what_the_design_itself_does_is_no_wish_to_know() -> None:
    assert (
        reply_to("It may be old by two seconds, and a click on a seat that is gone says so.", LIBRARY) is None
    )
