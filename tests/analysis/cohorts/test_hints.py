"""Who needs an instructor: each rule on its edge, by name, put aside until something new happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd

from analysis.cohorts.assignments import status_of
from analysis.cohorts.gradebook import gradebook
from analysis.cohorts.hints import Hint, hints, open_hints
from analysis.cohorts.weeks_and_cohorts import agreement, half_width, weeks
from data.domain import Attempt
from data.domain.cohort import MOCK, Assignment, Person
from data.domain.kept import KeptInterview
from tests.stored import attempt

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SET = Assignment(
    "a" * 32, "c", "Week 3", ("q1", "q2"), 2, 10.0, NOW + timedelta(days=1), NOW - timedelta(days=9)
)


def activity(**changed: object) -> pd.DataFrame:
    row = {"candidate_id": "anna", "name": "Anna", "joined_at": pd.Timestamp("2026-09-01"), "answers": 9}
    row |= {"recent": 3, "recent_unscored": 0, "last_at": pd.Timestamp("2026-11-23"), "disputes": 0}
    return pd.DataFrame([row | {"disputed_at": pd.NaT} | changed])


def standing(**changed: object) -> pd.DataFrame:
    row = {"candidate_id": "anna", "name": "Anna", "criterion": "C2", "level": 2.0, "low": 1.0, "high": 3.0}
    row |= {"before_level": 2.0, "n": 3, "answers": 9, "last_at": pd.Timestamp("2026-11-20")}
    return pd.DataFrame([row | changed])


def completion(answered: int) -> pd.DataFrame:
    row = {"assignment_id": SET.id, "candidate_id": "anna", "name": "Anna", "answered": answered}
    return pd.DataFrame([row])


def rules(
    people: pd.DataFrame | None = None, levels: pd.DataFrame | None = None, answered: int = 2
) -> list[str]:
    people = activity() if people is None else people
    levels = standing() if levels is None else levels
    found = hints(people, levels, completion(answered), (SET,), {"C2": "Fundamentals"}, NOW)
    return [hint.rule for hint in found]


def test_whoever_practises_and_improves_needs_nobody() -> None:
    assert rules() == []


def test_ten_quiet_days_are_a_reason_and_nine_are_not() -> None:
    assert rules(activity(last_at=pd.Timestamp("2026-11-14 12:00"))) == ["quiet"]
    assert rules(activity(last_at=pd.Timestamp("2026-11-14 13:00"))) == []
    assert rules(activity(answers=0, last_at=pd.NaT)) == ["quiet"]


def test_levels_that_fall_or_stand_still_low_are_a_reason() -> None:
    assert rules(levels=standing(before_level=3.0)) == ["falling:C2"]
    assert rules(levels=standing(before_level=2.5)) == []
    assert rules(levels=standing(level=1.5, before_level=1.5)) == ["stuck:C2"]
    assert rules(levels=standing(level=1.5, before_level=2.5)) == ["falling:C2"]  # once, not twice
    assert rules(levels=standing(level=1.5, before_level=1.0)) == []
    assert rules(levels=standing(level=1.0, before_level=float("nan"), answers=3)) == []


def test_unscored_answers_disputes_and_missing_work_are_reasons() -> None:
    assert rules(activity(recent_unscored=3)) == ["unscored"]
    assert rules(activity(disputes=1, disputed_at=pd.Timestamp("2026-11-20"))) == ["dispute"]
    assert rules(answered=1) == [f"assignment:{SET.id}"]


def test_a_hint_that_was_put_aside_comes_back_when_something_new_happens() -> None:
    hint = Hint("anna", "Anna", "quiet", "Last answer 11 days ago.", datetime(2026, 11, 20))
    aside = pd.DataFrame([{"candidate_id": "anna", "rule": "quiet", "dismissed_at": datetime(2026, 11, 21)}])
    assert open_hints((hint,), aside) == ()
    assert open_hints((replace(hint, about=datetime(2026, 11, 22)),), aside) != ()
    assert open_hints((replace(hint, rule="stuck:C1"),), aside) != ()


def test_an_assignment_counts_answers_since_it_was_set() -> None:
    def answered(question: str, days: int) -> object:
        return replace(attempt(), question_id=question, started_at=NOW - timedelta(days=days))

    before, after = answered("q1", 20), answered("q1", 2)
    assert status_of(SET, [before], NOW).missing == ("q1", "q2")  # type: ignore[list-item]
    status = status_of(SET, [after, after, after], NOW)  # type: ignore[list-item]
    assert (status.done, status.missing, status.used_up) == (("q1",), ("q2",), ())
    assert "due in 1 day" in status.sentence
    assert "was due" in status_of(SET, [], NOW + timedelta(days=3)).sentence


def test_only_the_first_takes_within_the_time_count() -> None:
    limited = replace(SET, takes=2, minutes=5.0)

    def take(number: int, days: int) -> Attempt:
        began = NOW - timedelta(days=days)
        return replace(attempt(number), question_id="q1", started_at=began)

    long, short, late = take(1, 3), take(2, 2), take(3, 1)
    told = {long.id: 301.0, late.id: 100.0}
    assert status_of(limited, [long], NOW, (), told).missing == ("q1", "q2")
    assert status_of(limited, [short, long], NOW, (), told).done == ("q1",)  # typed: no length
    over = status_of(limited, [late, short, long], NOW, (), {**told, short.id: 400.0})
    assert (over.done, over.missing, over.used_up) == ((), ("q2",), ("q1",))
    assert "1 with no take left" in over.sentence
    alone = replace(limited, questions=("q1",))
    closed = status_of(alone, [late, short, long], NOW, (), {**told, short.id: 400.0})
    assert closed.missing == ()
    assert "Done" not in closed.sentence


def test_a_mock_interview_is_done_when_one_begun_since_is_over() -> None:
    mock = replace(SET, questions=(MOCK,))
    begun = KeptInterview("i", "anna", NOW - timedelta(days=1), False, "")
    assert status_of(mock, [], NOW, [begun]).missing == (MOCK,)
    assert status_of(mock, [], NOW, [replace(begun, over=True)]).sentence.startswith("Done")
    early = replace(begun, over=True, started_at=NOW - timedelta(days=20))
    assert status_of(mock, [], NOW, [early]).missing == (MOCK,)


def test_an_interval_counts_people_and_needs_two() -> None:
    assert half_width(1.0, 1) is None
    assert round(half_width(1.0, 2) or 0, 2) == 8.99
    row = {"criterion": "C1", "week": pd.Timestamp("2026-11-16"), "candidates": 4, "n": 16, "unscored": 0}
    made = weeks(pd.DataFrame([row | {"total": 40.0, "squares": 104.0}]))
    assert made["mean"].tolist() == [2.5]
    assert made["candidates"].tolist() == [4]


def test_agreement_says_nothing_from_a_handful() -> None:
    few = pd.DataFrame({"machine_level": [2.0] * 3, "level": [2.0] * 3, "candidate_id": list("abc")})
    assert "Too few" in agreement(few) and "kappa" not in agreement(few)
    many = pd.DataFrame({"machine_level": [1.0, 2.0, 3.0, 4.0] * 5, "level": [1.0, 2.0, 3.0, 3.0] * 5})
    assert "Too few" in agreement(many.assign(candidate_id=list("abcd") * 5))
    many["candidate_id"] = list("abcde") * 4
    assert "kappa 0." in agreement(many) and "75%" in agreement(many)


def test_a_gradebook_counts_answers_and_keeps_its_ids() -> None:
    people = {"anna": Person("anna", "Anna Lee", "anna@example.org", "candidate", NOW)}
    canvas = gradebook(completion(1), people, (SET,), "Spring", "Canvas")
    assert list(canvas.columns[:5]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert canvas["Student"].tolist() == ["    Points Possible", "Lee, Anna"]
    assert canvas["Week 3 · set aaaaaaaa"].tolist() == [2, 1]
    moodle = gradebook(completion(1), people, (SET,), "Spring", "Moodle")
    assert moodle[["First name", "Last name", "ID number"]].to_numpy().tolist() == [["Anna", "Lee", "anna"]]
