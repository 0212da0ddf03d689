from __future__ import annotations

from analysis.interview.moves.clarify import NO_FACT, clarification
from tests.stored import shipped_questions

QUESTIONS = {question.id: question for question in shipped_questions()}
ASKED = [
    ("url-shortener", "How many new links are created per month?", "About 100 million"),
    ("url-shortener", "Do links expire?", "Links live for five"),
    ("url-shortener", "Can users choose custom aliases?", "Custom aliases"),
    ("url-shortener", "Is billing in scope?", "Custom aliases"),
    ("url-shortener", "How fresh do click counts need to be?", "Click counts"),
    ("url-shortener", "Which cloud provider do we use?", NO_FACT),
    ("audit-log", "How long do we have to keep entries searchable?", "Entries of the last ninety"),
    ("job-queue", "Do jobs depend on each other?", "Jobs do not depend"),
    ("job-queue", "Which database do we have already?", "The application already"),
    ("ride-matching", "How many drivers are online at peak?", "Two million"),
    ("ride-matching", "Is payment in scope?", "A routing service"),
    ("ride-matching", "How fast should a rider get an offer?", "A rider should"),
    ("operations-disk-full", "Was anything deployed recently?", "Nothing was deployed"),
    ("operations-disk-full", "Can I add storage without approval?", "You may add storage"),
    ("operations-disk-full", "How big is the disk?", "The disk has 2"),
    ("operations-slo-checkout", "How many requests are there per month?", "About 2 million"),
    ("operations-slo-checkout", "What is the current latency?", "The average checkout"),
    ("capacity-vector-search", "How much memory does a machine have?", "Machines have"),
    ("capacity-vector-search", "Is there a mobile app?", NO_FACT),
    ("metrics-pipeline", "Are logs in scope?", "Logs and traces"),
    ("metrics-pipeline", "How long must we keep the data?", "Full resolution"),
    ("metrics-pipeline", "How quickly must an alert fire?", "An alert must"),
]
"""What a candidate might ask, and how the fact that answers it begins. Written by the author of the rules."""


def test_most_clarifying_questions_get_the_fact_that_answers_them() -> None:
    replies = [clarification(asked, QUESTIONS[name], finished=True) for name, asked, _ in ASKED]
    wrong = [
        (asked, reply)
        for (_, asked, begins), reply in zip(ASKED, replies, strict=True)
        if reply is None or not reply.startswith(begins)
    ]
    print(f"clarifying questions answered with the right fact: {len(ASKED) - len(wrong)} of {len(ASKED)}")
    assert len(wrong) <= 2


def test_every_reply_is_a_fact_of_the_question_or_asks_for_an_assumption() -> None:
    for name, asked, _ in ASKED:
        assert clarification(asked, QUESTIONS[name]) in (
            *(fact.text for fact in QUESTIONS[name].facts),
            NO_FACT,
        )
