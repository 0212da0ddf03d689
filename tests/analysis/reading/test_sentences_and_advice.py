from __future__ import annotations

from analysis.reading.sentences import sentences
from analysis.scoring.advice import advise
from data.domain import Answer, Assessment, Evidence, KeyPoint, KeyPointResult, Question, Turn

POINTS = (
    KeyPoint("a", "Deletes the entry after the commit.", "What happens on a change?", "C3"),
    KeyPoint("b", "Keeps a short expiry as a safety net.", "What if the deletion is lost?", "C3"),
)


def words_of(text: str) -> tuple[str, ...]:
    return tuple(word for sentence in sentences(text) for word in sentence.words)


def design(text: str, *competencies: str) -> Answer:
    question = Question(
        "q", "system_design", "mid", "", "Design a shop.", "", competencies or ("C1", "C4", "C6"), 5.0, POINTS
    )
    return Answer(question, (Turn(0, "candidate", text),))


def test_fillers_and_clean_text_compare_as_the_same_words() -> None:
    spoken = "So, um, we'd, you know, shard by the the user id, uh, because it's even."
    assert words_of(spoken) == words_of("We would shard by the user id because it is even.")


def test_names_and_pronouns_make_no_difference() -> None:
    one = "Maria said that she would roll back, and her manager agreed."
    other = "Kwame said that he would roll back, and his manager agreed."
    assert words_of(one) == words_of(other)


def test_a_sentence_said_twice_counts_once() -> None:
    assert len(sentences("We shard by user. We shard by user. We shard by user.")) == 1


def test_speech_without_full_stops_is_cut() -> None:
    spoken = " ".join(["the service writes the row and the reader takes it from the replica"] * 8)
    assert len(sentences(spoken)) > 2


def test_sentences_point_at_their_place_in_the_original() -> None:
    text = "Okay. So, um, we replicate."
    found = sentences(text)[-1]
    assert text[found.start : found.end] == "we replicate"


def test_advice_praises_first_and_names_at_most_three_fixes() -> None:
    answer = design("We delete the entry after the commit.")
    made = Evidence("delete the entry after the commit", 0)
    results = (KeyPointResult(POINTS[0], "covered", made), KeyPointResult(POINTS[1], "missed"))
    advice = advise(answer, Assessment((), results))
    assert "delete the entry after the commit" in advice.worked[0]
    assert 1 <= len(advice.fixes) <= 3
    assert POINTS[1].probe in advice.do_next


def test_advice_for_silence_is_one_small_step() -> None:
    advice = advise(design(""), Assessment(()))
    assert advice.worked == () and advice.fixes == () and advice.do_next
