from __future__ import annotations

import pytest

from analysis.interview.listener.asked_of_us import Request, request_at_end


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("I don't know, to be honest. Can we go on?", "next"),
        ("Please, a other question.", "next"),
        ("next one please", "next"),
        ("I've nothing better on that one, shall we take the next point?", "next"),
        ("Let's take the next one, this leads nowhere.", "next"),
        ("Maybe we go to another topic?", "next"),
        ("Can you help me a bit there?", "hint"),
        ("could you give me a hint", "hint"),
        ("can you say it again, more slow", "repeat"),
        ("Can you say that again, I lost the thread", "repeat"),
        ("Can I have a minute to think?", "moment"),
        ("I'm still thinking, give me a moment.", "moment"),
        ("Stay, please", "moment"),
        ("how many minutes are left", "time"),
        ("How long are we still going?", "time"),
        ("I have said what I know about this, could we carry on with something new?", "next"),
        ("okay another one please", "next"),
        ("a little clue would be nice", "hint"),
        ("say that once more please", "repeat"),
        ("sorry I missed what you were asking", "repeat"),
        ("give me half a minute to sort this out", "moment"),
        ("what's left on my clock", "time"),
        (
            "the queue is clear to me but the part with the retries i can't see can you help me a bit there",
            "hint",
        ),
        (
            "that's what i have on storage and on the index so maybe we could take the next question now",
            "next",
        ),
    ],
)
def test_a_wish_is_understood_however_it_is_worded(said: str, wanted: Request) -> None:
    assert request_at_end(said, finished=True) == wanted


@pytest.mark.parametrize(
    "said",
    [
        "How long should people stay logged in?",
        "And how big can groups be?",
        "How many minutes late may it be?",
        "Let me think about failures next.",
        "Let's go on with the cache, it holds hot keys.",
        "Can we move old records to cold storage?",
        "Can you help me with the load, how many reads a second?",
        "Did I mention the leap seconds?",
        "I'd give it a minute before it is taken out.",
        "I think, the next step is the index.",
        "The client asks for the next page.",
        "Then it retries after a minute.",
        "I would repeat the call",
        "Give me the read to write ratio, please.",
        "Show me the slow query log, please.",
        "",
    ],
)
def test_what_belongs_to_an_answer_is_no_wish(said: str) -> None:
    assert request_at_end(said, finished=True) is None


def test_in_mid_speech_a_wish_must_be_plain() -> None:
    assert request_at_end("Can we go on?", finished=False) == "next"
    assert request_at_end("That's all I have", finished=False) is None
