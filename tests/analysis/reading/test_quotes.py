from __future__ import annotations

from analysis.reading import quotes
from analysis.reading.quotes import count_words, locate, verify
from data.domain import Turn, Word

INTERVIEWER = Turn(0, "interviewer", "How do you shard the user table by key?")
ANSWER = Turn(
    1, "candidate", "First, we'd shard by user-id. If a node dies, the follower takes over in 1.5 seconds."
)
PROMPTED = Turn(2, "candidate", "Reads go to the leader when R + W > N.", elicitation="prompted")
TURNS = (INTERVIEWER, ANSWER, PROMPTED)


def timed(text: str, index: int = 1) -> Turn:
    words = tuple(Word(word, float(i), i + 0.5) for i, word in enumerate(text.split()))
    return Turn(index, "candidate", text, words)


def test_a_quote_with_other_case_punctuation_and_dashes_is_found_and_returned_as_said() -> None:
    found = verify("IF A NODE DIES — the follower takes over", TURNS)
    assert found is not None
    assert found.quote == "If a node dies, the follower takes over"
    assert (found.turn, found.elicitation) == (1, "volunteered")


def test_smart_apostrophes_and_hyphens_do_not_matter() -> None:
    found = verify("we’d shard by user id", TURNS)
    assert found is not None and found.quote == "we'd shard by user-id"


def test_a_changed_word_is_not_found() -> None:
    assert verify("If a node dies, the leader takes over", TURNS) is None


def test_the_interviewers_words_are_no_evidence() -> None:
    assert verify("shard the user table by key", TURNS) is None


def test_a_quote_counts_only_in_the_turn_it_names() -> None:
    assert verify("the follower takes over", TURNS, turn=2) is None
    assert verify("the follower takes over", TURNS, turn=1) is not None


def test_how_the_turn_was_invited_comes_with_the_quote() -> None:
    found = verify("reads go to the leader", TURNS, clause="C2.3.a")
    assert found is not None and (found.elicitation, found.clause) == ("prompted", "C2.3.a")


def test_quotes_of_less_than_three_words_are_rejected() -> None:
    assert verify("node dies", TURNS) is None
    assert verify("", TURNS) is None
    assert verify("... ! --", TURNS) is None


def test_a_quote_must_begin_and_end_with_whole_words() -> None:
    assert verify("ode dies, the follower", TURNS) is None
    assert verify("the follower takes ov", TURNS) is None


def test_signs_and_decimals_carry_meaning() -> None:
    assert verify("when R + W < N", TURNS) is None
    assert verify("takes over in 15 seconds", TURNS) is None
    assert verify("when r+w>n", TURNS) is not None


def test_seconds_come_from_the_words_of_the_quote() -> None:
    found = verify("the follower takes over", (timed("so then the follower takes over quickly"),))
    assert found is not None and (found.start_seconds, found.end_seconds) == (2.0, 5.5)


def test_an_edited_transcript_keeps_the_seconds_of_the_words_that_are_left() -> None:
    heard = timed("we use cough ka for the event stream").words
    turn = Turn(1, "candidate", "We use Kafka for the event stream.", heard)
    found = verify("Kafka for the event stream", (turn,))
    assert found is not None and (found.start_seconds, found.end_seconds) == (4.0, 7.5)


def test_accented_and_wide_letters_match_their_plain_form() -> None:
    turn = Turn(1, "candidate", "A naïve cache with １０ nodes")
    assert locate("naive cache with 10 nodes", turn) is not None


def test_words_are_counted_by_their_parts() -> None:
    assert count_words("read-your-writes") == 3
    assert count_words("don't stop") == 2


def test_nothing_that_was_said_is_remembered_between_calls() -> None:
    assert [name for name, found in vars(quotes).items() if hasattr(found, "cache_info")] == []
