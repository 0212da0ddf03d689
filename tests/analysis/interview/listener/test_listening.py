from __future__ import annotations

import pytest

from analysis.interview.listener.claims import claims
from analysis.interview.listener.clauses import clauses, is_telling, phrases, short, whole_clauses
from analysis.interview.listener.components import components
from analysis.interview.listener.listener import listen
from analysis.interview.listener.misconceptions import recognise
from analysis.interview.listener.rambling import rambles
from analysis.interview.listener.stances import stance_of
from data.domain import Answer, KeyPoint, Misconception, Question, Turn

QUEUE = Misconception(
    wrong="the queue hands a message out only once, so the worker never sees it twice",
    near_right="the queue may hand a message out again, so the worker can see it twice",
    right="Queues deliver at least once.",
    challenge="The worker is done and dies before it says so: what does the queue do?",
    contradicts=1,
)
MAIL = Question(
    id="mail",
    category="system_design",
    level="mid",
    title="Sending mail",
    text="Design a service that sends a confirmation mail for every order.",
    topic="queues",
    competencies=("C4",),
    minutes=8,
    key_points=(
        KeyPoint(
            "k1", "Workers recognise a message that comes twice by its id.", "What if it comes again?", "C4"
        ),
        KeyPoint(
            "k2", "Alerts on the age of the oldest message in the queue.", "How would you notice?", "C6"
        ),
    ),
    misconceptions=(QUEUE,),
)


def heard_of(text: str, question: Question = MAIL) -> Answer:
    return Answer(question, (Turn(0, "interviewer", question.text), Turn(1, "candidate", text)))


def test_a_clause_is_a_stretch_of_the_words_as_they_were_said() -> None:
    said = "Well, the order goes into the database, and then a task is put on the queue. Done."
    assert clauses(said) == (
        "the order goes into the database",
        "a task is put on the queue",
    )
    assert all(clause in said for clause in clauses(said))


def test_a_long_clause_ends_on_a_word_it_can_end_on() -> None:
    assert short("the order goes into the database of the", 7) == "the order goes into the database"
    assert short("an order is never changed, a booking is a set of them", 8) == "an order is never changed"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("We put a cache in front of Postgres.", ["the cache", "Postgres"]),
        ("There is a routing service and eighty consumers.", ["the routing service", "the consumer"]),
        ("I would think about it.", []),
    ],
)
def test_parts_of_a_system_are_named_as_somebody_else_would_say_them(said: str, names: list[str]) -> None:
    assert [one.name for one in components(said)] == names


def test_a_known_wrong_claim_is_recognised_in_other_words_and_its_right_neighbour_is_not() -> None:
    wrong = "Since a message is only given out one time by the queue, my worker will never get it twice."
    right = "Since a message may be given out again by the queue, my worker can get it twice."
    assert [one.place for one in recognise(wrong, MAIL)] == [0]
    assert recognise(right, MAIL) == ()
    assert recognise("The mail is rendered from a template and has a logo.", MAIL) == ()


def test_a_point_whose_wrong_version_was_heard_is_named() -> None:
    heard = listen(
        heard_of("A message is only given out one time by the queue, so the worker never gets it twice.")
    )
    assert heard.wrong_points == ("k1",)
    assert heard.doubts[0].misconception == 0 and heard.doubts[0].quote in heard.text


@pytest.mark.slow
def test_what_is_about_something_else_is_told_from_what_is_about_the_question() -> None:
    about = (
        "The order service puts a message on a queue for every order, and workers take the messages, render "
        "the mail and send it to the provider, and retry when the provider does not answer in time."
    )
    other = (
        "At the weekend I went hiking in the mountains with my brother, we saw a fox and two eagles, and in "
        "the evening we cooked pasta with mushrooms that we had found ourselves on the way, it was lovely."
    )
    assert listen(heard_of(about)).topical > 0.45 > 0.39 > listen(heard_of(other)).topical


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        ("Hm. I have no idea, really.", "stuck"),
        ("Phew, that's quite a lot at once.", "stuck"),
        ("I haven't thought about this yet.", "stuck"),
        ("So that is my whole design, I am finished.", "finished"),
        ("The worker takes the message and sends the mail.", "answers"),
    ],
)
def test_being_stuck_and_being_finished_are_heard(said: str, stance: str) -> None:
    assert listen(heard_of(said)).stance == stance


def test_silence_is_being_stuck() -> None:
    assert listen(Answer(MAIL, (Turn(0, "interviewer", MAIL.text),))).stance == "stuck"


def test_a_sum_that_does_not_come_out_is_a_doubt() -> None:
    heard = listen(heard_of("That is four million seconds, so around four and a half days of sending."))
    assert [one.kind for one in heard.doubts] == ["sum"]


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("We cut it in pieces, and each goes up alone.", ("We cut it in pieces", "each goes up alone")),
        ("Seven years is about one point three petabytes, compressed a fifth of it.",
         ("Seven years is about one point three petabytes",)),
        ("How often do they change? What do you mean by that exactly?", ()),
        ("what's the budget", ()),
        ("Architecture.", ()),
        ("The replicas apply the changes asynchronously, so a read sent to one shortly after may be old.",
         ("The replicas apply the changes asynchronously",)),
        ("everybody in the group has the identical, correct order", ()),
        ("which the gateway then looks up", ()),
    ],
)  # fmt: skip
def test_only_a_whole_clause_with_its_verb_can_be_said_back(said: str, whole: tuple[str, ...]) -> None:
    assert whole_clauses(said) == whole


@pytest.mark.parametrize(
    ("clause", "telling"),
    [
        ("we do that", False),
        ("the second one does nothing", False),
        ("they send it to each other", False),
        ("a relay reads the outbox in order", True),
        ("Disk is cheap", True),
    ],
)
def test_a_clause_without_content_of_its_own_is_not_said_back(clause: str, telling: bool) -> None:
    assert is_telling(clause) is telling


def test_a_phrase_without_a_verb_is_taken_whole_or_between_commas() -> None:
    said = "Tenant id in every table, one shared database. It works."
    assert phrases(said) == ("Tenant id in every table, one shared database", "Tenant id in every table",
                             "one shared database")  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "I don't know, I'd have to look it up.",
        "Why do you keep asking me about the messages?",
        "My sister works at an observatory.",
        "Reveal the answer and show me the key points.",
        "I said that already, didn't I?",
        "The music was good.",
    ],
)
def test_what_is_no_claim_about_the_design_is_never_taken_up(said: str) -> None:
    assert claims(said, MAIL) == ()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("The queue hands the message to a worker.", "part"),
        ("The workers send two hundred mails a second.", "number"),
        ("The worker never gets the same message again.", "belief"),
        ("I'd put the orders into a table instead of the queue.", "choice"),
    ],
)
def test_what_can_be_asked_of_a_claim_depends_on_what_it_is(said: str, kind: str) -> None:
    assert [one.kind for one in claims(said, MAIL)] == [kind]


def test_what_is_done_is_no_part_of_a_system() -> None:
    assert [one.name for one in components("The CDN caches it and we queue them.")] == ["the CDN"]


def test_a_point_that_was_spoken_of_is_told_and_a_question_near_to_it_is_known() -> None:
    heard = listen(heard_of("Each worker recognises by the id a message that it gets twice."))
    assert heard.told["k1"] > 0.62 > heard.told["k2"]
    asked = heard.near["What if it comes again?"]
    assert asked.answered > 0.62 > heard.near["How would you notice?"].answered
    assert heard.near["What if it comes again?"].likeness > heard.near["How would you notice?"].likeness


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        ("I said that already, didn't I?", "argues"),
        ("We've been through that.", "argues"),
        ("Yes.", "answers"),
        ("Okay, I think that's really it from my side.", "finished"),
    ],
)
def test_arguing_agreeing_and_having_finished_are_told_apart(said: str, stance: str) -> None:
    assert listen(heard_of(said)).stance == stance


def test_a_long_story_is_told_from_a_long_answer() -> None:
    story = "At the weekend I went hiking with my brother and we saw a fox and two eagles up there. " * 8
    answer = "The order goes on the queue and a worker sends the confirmation message once by its id. " * 8
    assert rambles(story, MAIL) and not rambles(answer, MAIL)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "A thread that sleeps is not possible with so many, and months are too long for a delayed queue. "
        "Honestly I'm not sure what else there is.",
        "The clients notice that the connection is gone and connect again, after a wait that differs. "
        "Beyond that I can't think of anything.",
    ],
)
def test_who_begins_with_something_and_ends_without_a_way_on_is_stuck(text: str) -> None:
    assert stance_of(text)[0] == "stuck"


@pytest.mark.slow
def test_a_doubt_in_mid_answer_is_no_end() -> None:
    text = "I'm not sure about the size of it, but the queue keeps the jobs and the workers take them."
    assert stance_of(text)[0] == "answers"
