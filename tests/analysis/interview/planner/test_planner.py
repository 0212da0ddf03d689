from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.interview.listener.understood import Claim, Component, Doubt, Heard, Near
from analysis.interview.planner.hint_ladder import next_hint
from analysis.interview.planner.next_move import plan
from analysis.interview.planner.standing import Standing
from data.domain import KeyPoint, Misconception, Question, Twist

HINTS = ("A narrower question?", "A nudge.", "The content.")
POINTS = (
    KeyPoint("k1", "Recognises a message that comes twice.", "What if it comes again?", "C4", hints=HINTS),
    KeyPoint("k2", "Alerts on the age of the oldest message.", "How would you notice?", "C6", hints=HINTS),
)
KNOWN = Misconception("never twice", "at least once", "The worker dies before it says so: what then?")
DESIGN = Question(
    "mail", "system_design", "mid", "Mail", "Design it.", "t", ("C4",), 8, POINTS, misconceptions=(KNOWN,),
    twist=Twist("regulation", "A new law forbids to keep addresses. What changes?"),
)  # fmt: skip
NOW = Standing(DESIGN, asked=("Design it.",))
LATER = replace(NOW, asked=("Design it.", "And then?"), moves=("move_on",))
WORKER = Component("the worker", "the worker takes it")
TAKES = Claim("the worker takes it", "part", part="the worker")
FLOW = Heard(text="...", words=60, fresh_words=9, claims=(TAKES,), components=(WORKER,))
RICH = replace(FLOW, fresh_words=22)


@pytest.mark.parametrize(
    ("heard", "standing", "kind"),
    [
        (Heard(stance="stuck"), NOW, "smaller_question"),
        (
            Heard(stance="stuck"),
            replace(LATER, moves=("smaller_question",), in_question="k1", asked=("", HINTS[0])),
            "smaller_question",
        ),
        (replace(FLOW, doubts=(Doubt("never", 0),)), NOW, "challenge_wrong"),
        (replace(FLOW, topical=0.2), NOW, "redirect_offtopic"),
        (replace(FLOW, lists=True), NOW, "cut_ramble"),
        (replace(FLOW, technologies=("Kafka", "Redis", "S3")), NOW, "back_to_requirements"),
        (replace(FLOW, stance="finished", closing="I'm done"), LATER, "move_on"),
        (replace(FLOW, label="we choose AP"), NOW, "dig_claim"),
        (replace(FLOW, doubts=(Doubt("it never fails", kind="absolute"),)), NOW, "dig_claim"),
        (replace(FLOW, vague_amount="a huge spike", vague_clause="it is a huge spike"), NOW, "ask_number"),
        (replace(FLOW, words=12, speaks_of_failure=True), NOW, "break_component"),
        (RICH, LATER, "change_requirement"),
        (FLOW, NOW, "break_component"),
        (FLOW, replace(LATER, moves=("break_component",), reacted=True), "break_component"),
    ],
)
def test_the_move_fits_what_was_heard(heard: Heard, standing: Standing, kind: str) -> None:
    assert plan(heard, standing).kind == kind


def test_a_wrong_claim_is_challenged_once() -> None:
    doubtful = replace(FLOW, doubts=(Doubt("never", 0),))
    first = plan(doubtful, NOW)
    assert (first.text, first.misconception) == (KNOWN.challenge, 0)
    assert plan(doubtful, replace(NOW, challenged=(0,))).kind != "challenge_wrong"


def test_after_a_reaction_the_most_telling_open_point_is_asked_for() -> None:
    move = plan(replace(FLOW, points=("k1",)), replace(LATER, moves=("dig_claim",), reacted=True))
    assert (move.text, move.point) == ("How would you notice?", "k2")


def test_a_point_that_was_said_wrongly_is_never_taken_as_made() -> None:
    wrong = replace(FLOW, points=("k1", "k2"), wrong_points=("k1",))
    assert plan(wrong, replace(LATER, moves=("dig_claim",), reacted=True)).point == "k1"


def test_hints_that_are_asked_for_come_in_three_steps_and_then_it_moves_on() -> None:
    standing = replace(LATER, moves=("smaller_question",), probed=("k1",))
    given = []
    for _ in range(4):
        move = next_hint(Heard(stance="stuck"), standing)
        given.append((move.kind, move.text, move.step))
        standing = replace(
            standing, moves=(*standing.moves, move.kind), hints=(*standing.hints, move.point or "")
        )
    assert given == [
        ("hint_step", HINTS[0], 1),
        ("hint_step", HINTS[1], 2),
        ("hint_step", HINTS[2], 3),
        ("move_on", "", None),
    ]


@pytest.mark.parametrize(
    "standing", [replace(LATER, level="junior"), replace(LATER, twisted=True), replace(LATER, early=True)]
)
def test_a_twist_comes_once_not_early_and_not_for_juniors(standing: Standing) -> None:
    assert plan(RICH, standing).kind not in ("change_requirement", "ten_times")


def test_from_seniors_failures_are_waited_for_until_the_round_closes() -> None:
    points = (
        KeyPoint("c2", "Reads may be late.", "Who sees what?", "C2"),
        KeyPoint("c4", "Survives a crash.", "What if it dies?", "C4"),
    )
    running = replace(DESIGN, category="operations", key_points=points)
    now = replace(LATER, question=running, moves=("dig_claim",), reacted=True)
    asked = {level: plan(FLOW, replace(now, level=level)).point for level in ("mid", "senior")}
    assert asked == {"mid": "c4", "senior": "c2"}
    design = replace(LATER, question=replace(DESIGN, key_points=points), level="senior", closing=True)
    assert plan(FLOW, design).point == "c4"


@pytest.mark.parametrize("words", [6, 14])
def test_a_short_reply_is_never_taken_for_another_subject(words: int) -> None:
    short = Heard(text="We can agree to disagree.", words=words, topical=0.1, quotes=("we can agree",))
    assert plan(short, NOW).kind != "redirect_offtopic"


def test_somebody_is_called_back_to_the_subject_once_a_round() -> None:
    away = replace(FLOW, topical=0.2)
    again = replace(LATER, moves=("redirect_offtopic", "dig_claim"))
    assert plan(away, LATER).kind == "redirect_offtopic" != plan(away, again).kind


def test_the_banks_question_nearest_to_what_was_said_comes_before_any_template() -> None:
    near = {"How would you notice?": Near(0.6, "the worker takes it", 0.5)}
    move = plan(replace(FLOW, near=near, speaks_of_failure=True), NOW)
    assert (move.text, move.point, move.about) == ("How would you notice?", "k2", "the worker takes it")


def test_what_was_just_spoken_of_is_not_asked_for() -> None:
    near = {"How would you notice?": Near(0.6, "the worker takes it", 0.5)}
    told = replace(FLOW, near=near, told={"k2": 0.7}, speaks_of_failure=True)
    assert plan(told, NOW).point != "k2"
    answered = {"How would you notice?": Near(0.6, "the worker takes it", 0.5, answered=0.5)}
    assert plan(replace(FLOW, near=answered, speaks_of_failure=True), NOW).point != "k2"
    same = {"How would you notice?": Near(0.7, "the worker takes it", 0.5)}
    assert plan(replace(FLOW, near=same, speaks_of_failure=True), NOW).point != "k2"
    only = replace(NOW, question=replace(DESIGN, key_points=POINTS[1:]))
    assert plan(replace(FLOW, near=answered, speaks_of_failure=True, words=12), only).point == "k2"


def test_a_clause_is_said_back_only_where_the_question_follows_from_it() -> None:
    def asked(clause: str, likeness: float) -> str:
        near = {"How would you notice?": Near(0.6, clause, likeness)}
        claim = Claim(clause, "action")
        return plan(replace(FLOW, near=near, claims=(claim,), speaks_of_failure=True), NOW).about

    assert asked("the worker takes it", 0.55) == "the worker takes it"
    assert asked("the worker takes it", 0.40) == ""
    assert asked("a table that was read", 0.55) == ""  # no whole sentence


def test_of_two_open_points_the_one_nearer_to_what_was_said_is_asked_for() -> None:
    points = tuple(KeyPoint(f"p{at}", "A point.", f"Question {at}?", "C3") for at in range(3))
    open_ = replace(LATER, question=replace(DESIGN, key_points=points))
    near = {"Question 1?": Near(0.2)}
    assert plan(replace(FLOW, near=near, speaks_of_failure=True), open_).point == "p1"


def test_of_a_system_nothing_is_dug_into_that_no_question_fits() -> None:
    bare = replace(LATER, question=replace(DESIGN, key_points=()), twisted=True)
    for kind in ("belief", "action", "steps"):
        heard = replace(FLOW, claims=(Claim("the worker takes it", kind),), speaks_of_failure=True)
        assert plan(heard, bare).about == ""
    sums = replace(FLOW, claims=(Claim("it is ten a second", "number", amount="ten a second"),), words=12)
    assert plan(replace(sums, numbers=("ten",)), bare).amount == "ten a second"
    assert plan(replace(sums, numbers=("ten", "six", "two")), bare).amount == ""


def test_what_may_have_been_said_is_not_asked_for_either() -> None:
    near = {"How would you notice?": Near(0.6, "the worker takes it", 0.5)}
    half_heard = replace(FLOW, near=near, touched=frozenset({"k2"}), speaks_of_failure=True)
    assert plan(half_heard, NOW).point != "k2"


def test_a_follow_up_that_asks_for_a_point_is_closed_with_that_point() -> None:
    asked = replace(LATER, question=replace(DESIGN, follow_ups=("Who would hear of it?",)), probed=("k1",))
    near = {"Who would hear of it?": Near(0.55, point="k2")}
    heard = replace(FLOW, near=near, speaks_of_failure=True)
    assert plan(heard, asked).text == "Who would hear of it?"
    assert plan(replace(heard, points=("k2",)), asked).text != "Who would hear of it?"
    answered = replace(heard, near={"Who would hear of it?": Near(0.7)})
    assert plan(answered, asked).text != "Who would hear of it?"
    before = replace(heard, near={}, told={"Who would hear of it?": 0.6})
    assert plan(before, replace(asked, question=replace(asked.question, key_points=()))).text == ""


def test_a_follow_up_of_the_bank_is_asked_when_it_is_near_but_not_as_the_first_line() -> None:
    asked = replace(DESIGN, follow_ups=("What does a copy cost?",), key_points=())
    near = replace(FLOW, near={"What does a copy cost?": Near(0.55)}, speaks_of_failure=True)
    assert plan(near, replace(LATER, question=asked)).text == "What does a copy cost?"
    assert plan(near, replace(NOW, question=asked)).text == ""


def test_no_line_of_the_bank_gives_away_what_nobody_has_said() -> None:
    leaking = replace(DESIGN, twist=Twist("regulation", "A breaker opens. What changes?"))
    breaker = (KeyPoint("k3", "Adds a breaker.", "What if it is slow?", "C4"),)
    move = plan(RICH, replace(LATER, question=replace(leaking, key_points=breaker)))
    assert move.kind == "ten_times" and move.text == ""


def test_somebody_stuck_on_a_point_gets_it_made_smaller_and_then_another_point() -> None:
    asked, steps = ["Design it.", POINTS[0].probe], []
    for _ in range(2):
        standing = replace(LATER, asked=tuple(asked), probed=("k1",), in_question="k1")
        move = plan(Heard(text="I don't know.", words=3, stance="stuck"), standing)
        asked.append(move.text)
        steps.append((move.kind, move.text))
    assert steps == [
        ("smaller_question", HINTS[0]),
        ("smaller_question", POINTS[1].probe),
    ]


def test_who_argues_is_told_that_they_were_heard() -> None:
    move = plan(Heard(text="I said that already.", words=4, stance="argues"), LATER)
    assert move.opening == "concede" and move.point


def test_who_was_interrupted_hears_one_thing_to_hold_on_to() -> None:
    told = replace(FLOW, claims=(replace(TAKES, likeness=0.6),))
    move = plan(told, replace(NOW, cut_in=True))
    assert (move.kind, move.about) == ("cut_ramble", "the worker takes it")
    aside = plan(FLOW, replace(NOW, cut_in=True))
    assert (aside.kind, aside.about) == ("cut_ramble", "")


def test_who_is_in_the_middle_of_a_sentence_is_waited_for_once_and_a_story_is_not() -> None:
    broken_off = replace(FLOW, unfinished=True)
    assert plan(broken_off, LATER).kind == "wait"
    assert plan(broken_off, replace(LATER, moves=("wait",))).kind != "wait"
    assert plan(replace(broken_off, rambles=True), LATER).kind == "cut_ramble"
    assert plan(replace(FLOW, stance="finish_first"), LATER).kind == "wait"


def test_who_asks_for_our_notes_or_excuses_themselves_hears_a_word_on_that_first() -> None:
    said = Heard(text="Show me your notes.", words=20, topical=0.1)
    assert plan(replace(said, stance="inside"), LATER).opening == "keep"
    assert plan(replace(said, stance="plea"), LATER).opening == "ease"


def test_a_part_is_not_taken_away_before_there_is_a_design() -> None:
    aside = replace(FLOW, words=50, topical=0.45)
    assert plan(aside, NOW).component == "" != plan(replace(aside, topical=0.6), NOW).component
