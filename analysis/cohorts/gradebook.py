"""Completion of assignments as a gradebook file, with the columns Canvas or Moodle expects.

A grade is how many questions were answered, of how many: practice is counted, levels are not grades.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from data.domain.cohort import Assignment, Person

if TYPE_CHECKING:
    import pandas as pd

Layout = Literal["Canvas", "Moodle"]


def gradebook(
    completion: pd.DataFrame,
    people: Mapping[str, Person],
    assignments: Sequence[Assignment],
    cohort: str,
    layout: Layout,
) -> pd.DataFrame:
    """One row a candidate, one column an assignment; `SIS User ID` and `ID number` never change."""
    import pandas as pd

    answered = {
        (row["assignment_id"], row["candidate_id"]): int(row["answered"])
        for row in completion.to_dict("records")
    }
    rows = []
    if layout == "Canvas":
        points: dict[str, object] = {"Student": "    Points Possible", "ID": "", "SIS User ID": ""}
        points |= {"SIS Login ID": "", "Section": ""}
        rows.append(points | {_column(one): len(one.questions) for one in assignments})
    for person in sorted(people.values(), key=lambda one: (one.name, one.id)):
        given = {_column(one): answered.get((one.id, person.id), 0) for one in assignments}
        rows.append(_who(person, cohort, layout) | given)
    return pd.DataFrame(rows)


def _column(assignment: Assignment) -> str:
    """Title and the beginning of the id: stays the same, and two of one title stay apart.

    Canvas takes digits in brackets at the end for the number of an assignment of its own.
    """
    return f"{assignment.title} · set {assignment.id[:8]}"


def _who(person: Person, cohort: str, layout: Layout) -> dict[str, object]:
    first, _, last = person.name.rpartition(" ")
    if layout == "Canvas":
        student = f"{last}, {first}" if first else last
        return {
            "Student": student,
            "ID": "",
            "SIS User ID": person.id,
            "SIS Login ID": person.email,
            "Section": cohort,
        }
    return {
        "First name": first,
        "Last name": last,
        "ID number": person.id,
        "Institution": "",
        "Department": cohort,
        "Email address": person.email,
    }
