"""How far the candidates of a cohort are with what it is set."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.domain.cohort import Cohort
from pages.widgets import resources

if TYPE_CHECKING:
    from pandas import DataFrame


def of(cohort: Cohort) -> DataFrame:
    """The rows of `cohort_completion` since the oldest assignment was made: earlier answers cannot count."""
    made = [assignment.created_at for assignment in resources.session().cohorts.assignments(cohort.id)]
    since = min(made, default=datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    return resources.session().query("cohort_completion", cohort_id=cohort.id, since=since)
