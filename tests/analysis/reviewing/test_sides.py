"""What stands side by side about one answer: a judge's levels, what was heard, own marks, the own rating."""

from __future__ import annotations

from dataclasses import replace

from analysis.reviewing.sides import competencies, own_rating, points, sides_of
from data.domain import WHOLE_ANSWER, Assessment, Evidence, KeyPoint, KeyPointResult
from tests.stored import QUOTE, heard, result, score

JUDGED = result().assessment or Assessment(())
HEARD = heard().assessment or Assessment(())


def point(status: str, quote: Evidence | None = None) -> KeyPointResult:
    return KeyPointResult(KeyPoint("h1", "Names the partition.", "", "C2"), status, quote)  # type: ignore[arg-type]


def test_levels_and_what_was_heard_are_told_apart_and_the_newest_reading_counts() -> None:
    older = replace(HEARD, scorer_version="0")
    found = sides_of([JUDGED, HEARD, older])
    assert found.levels == (JUDGED,)
    assert found.heard is HEARD
    assert sides_of([JUDGED]).heard is None


def test_a_criterion_has_one_row_with_its_level_and_what_was_heard() -> None:
    rows = competencies(JUDGED, HEARD, {"h3"})
    assert [row.criterion for row in rows] == ["C2", "C4"]
    assert rows[0].score and rows[0].score.level == 3.0
    assert rows[0].heard and (rows[0].heard.heard, rows[0].heard.told, rows[0].heard.own) == (2, 3, 1)
    assert all(row.heard is None for row in competencies(JUDGED, None, ()))


def test_a_point_has_one_row_with_what_the_judge_said_and_what_was_heard() -> None:
    judged = Assessment((score(),), (point("partly", QUOTE),))
    (row,) = points(judged, Assessment((), (point("missed"),)))
    assert row.judged and row.heard
    assert (row.judged.status, row.heard.status, row.shown.status) == ("partly", "missed", "partly")
    assert not row.may_be_marked
    (alone,) = points(Assessment((), (point("missed"),)), None)
    assert alone.judged is None and alone.may_be_marked


def test_a_place_that_both_quote_is_shown_once() -> None:
    shorter = replace(QUOTE, quote="refuses writes")
    elsewhere = replace(QUOTE, quote="a follower takes over")
    judged = replace(point("covered", QUOTE))
    read = replace(point("covered", shorter), also=(elsewhere,))
    (row,) = points(Assessment((score(),), (judged,)), Assessment((), (read,)))
    assert row.quotes == (QUOTE, elsewhere)


def test_an_own_rating_stands_against_the_middle_of_the_levels_without_communication() -> None:
    scores = (score(2.0), score(3.0, "C4"), score(1.0, "communication"), score(None, "C5"))
    assert own_rating({WHOLE_ANSWER: 3.0}, scores).endswith("the middle of its levels is 2.5.")
    assert own_rating({WHOLE_ANSWER: 3.0}, ()).endswith("no level stands against that.")
    assert own_rating({"C2": 3.0}, scores) == ""
