"""Who needs an instructor this week: rules about content and activity, each with its figures in a sentence.

Nothing about camera or voice is used, and nobody is ranked: hints are listed by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from data.domain.cohort import Assignment

if TYPE_CHECKING:
    import pandas as pd

QUIET_DAYS = 10
SOON_DAYS = 2
FALLING_BY = 1.0
STUCK_AT, STUCK_ANSWERS = 1.5, 6
UNSCORED_A_WEEK = 3

RULES: Mapping[str, str] = {
    "quiet": f"Nothing answered for {QUIET_DAYS} days or more.",
    "assignment": f"An assignment is due within {SOON_DAYS} days or overdue, and questions are missing.",
    "falling": f"The median of the last three levels is {FALLING_BY:g} or more below the three before.",
    "stuck": f"After {STUCK_ANSWERS} answers or more the median of the last three is {STUCK_AT:g} or less, "
    "and not above the three before. One that falls is named for that.",
    "unscored": f"{UNSCORED_A_WEEK} answers or more of this week could not be scored.",
    "dispute": "Says that a level is wrong, and no instructor has answered yet.",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One reason to look at one candidate; `about` is when it became true.

    `rule` is the name in `RULES`, and after a colon the criterion or assignment it is about.
    """

    candidate_id: str
    name: str
    rule: str
    sentence: str
    about: datetime

    @property
    def explained(self) -> str:
        """The rule in words."""
        return RULES[self.rule.partition(":")[0]]


def hints(
    people: pd.DataFrame,
    standings: pd.DataFrame,
    completion: pd.DataFrame,
    assignments: Sequence[Assignment],
    titles: Mapping[str, str],
    now: datetime,
) -> tuple[Hint, ...]:
    """All hints of a cohort, by name, from the queries of those names; days are those of `now`'s zone."""
    zone, now = now.tzinfo, now.astimezone(UTC).replace(tzinfo=None)
    found = [
        *(hint for row in people.to_dict("records") for hint in _of_activity(row, now)),
        *(hint for row in standings.to_dict("records") for hint in _of_levels(row, titles)),
        *_of_assignments(completion, assignments, now, zone),
    ]
    return tuple(sorted(found, key=lambda hint: (hint.name, hint.candidate_id, hint.rule)))


def open_hints(found: Sequence[Hint], dismissed: pd.DataFrame) -> tuple[Hint, ...]:
    """The hints nobody put aside since they became true (`cohort_dismissals`)."""
    when = {(row["candidate_id"], row["rule"]): row["dismissed_at"] for row in dismissed.to_dict("records")}
    return tuple(
        hint
        for hint in found
        if (hint.candidate_id, hint.rule) not in when or when[(hint.candidate_id, hint.rule)] < hint.about
    )


def _of_activity(row: Mapping[Any, Any], now: datetime) -> Iterator[Hint]:
    who = row["candidate_id"], row["name"]
    last, never = _moment(row["last_at"]), row["answers"] == 0
    since = last or _moment(row["joined_at"]) or now
    days = (now - since).days
    if days >= QUIET_DAYS:
        said = f"Joined {days} days ago, no answer yet." if never else f"Last answer {days} days ago."
        yield Hint(*who, "quiet", said, since + timedelta(days=QUIET_DAYS))
    if row["recent_unscored"] >= UNSCORED_A_WEEK:
        counts = f"{int(row['recent_unscored'])} of {int(row['recent'])}"
        said = f"{counts} answers of this week could not be scored."
        yield Hint(*who, "unscored", said, since)
    if row["disputes"]:
        count = int(row["disputes"])
        said = f"Says that {'a level is' if count == 1 else f'{count} levels are'} wrong."
        yield Hint(*who, "dispute", said, _moment(row["disputed_at"]) or now)


def _of_levels(row: Mapping[Any, Any], titles: Mapping[str, str]) -> Iterator[Hint]:
    before, level = row["before_level"], row["level"]
    title = titles.get(row["criterion"], row["criterion"])
    who, about = (row["candidate_id"], row["name"]), _moment(row["last_at"]) or datetime.min
    if row["n"] < 3 or before != before:  # not a number: there are no three before
        return
    if before - level >= FALLING_BY:
        yield Hint(
            *who,
            f"falling:{row['criterion']}",
            f"{title}: level {level:g} in the last three answers, {before:g} in the three before.",
            about,
        )
    elif row["answers"] >= STUCK_ANSWERS and level <= STUCK_AT and level <= before:
        counted = f"the last three of {int(row['answers'])} answers"
        said = f"{title}: level {level:g} in {counted}, {before:g} in the three before."
        yield Hint(*who, f"stuck:{row['criterion']}", said, about)


def _of_assignments(
    completion: pd.DataFrame, assignments: Sequence[Assignment], now: datetime, zone: tzinfo | None
) -> Iterator[Hint]:
    for assignment in assignments:
        due, asked = assignment.due_at.astimezone(UTC).replace(tzinfo=None), len(assignment.questions)
        if due - now > timedelta(days=SOON_DAYS):
            continue
        mine = completion[(completion["assignment_id"] == assignment.id) & (completion["answered"] < asked)]
        state = "overdue since" if due < now else "due"
        on = f"{assignment.due_at.astimezone(zone):%d %b}"
        for row in mine.to_dict("records"):
            said = f"{assignment.title}: {int(row['answered'])} of {asked} answered, {state} {on}."
            rule, about = f"assignment:{assignment.id}", due - timedelta(days=SOON_DAYS)
            yield Hint(row["candidate_id"], row["name"], rule, said, about)


def _moment(value: Any) -> datetime | None:
    if value is None or value != value:
        return None
    moment: datetime = value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
    return moment
