"""What a cohort's pages ask of the store, by the named queries of `data/sql`. `query` is the session's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from data.domain.cohort import Assignment

if TYPE_CHECKING:
    from pandas import DataFrame

Query = Callable[..., "DataFrame"]
WEEKS = 520


def published(query: Query, cohort_id: str, scorer: Mapping[str, str], now: datetime) -> dict[str, DataFrame]:
    """All published figures of one cohort with one scorer's levels, by query name, of the last ten years."""
    since = now.astimezone(UTC).replace(tzinfo=None) - timedelta(weeks=WEEKS)
    return {
        "cohort_levels": query("cohort_levels", cohort_id=cohort_id, since=since, **scorer),
        "cohort_questions": query("cohort_questions", cohort_id=cohort_id, **scorer),
        "cohort_competencies": query("cohort_competencies", cohort_id=cohort_id, **scorer),
        "cohort_coverage": query("cohort_coverage", cohort_id=cohort_id),
        "cohort_delivery": query("cohort_delivery", cohort_id=cohort_id),
    }


def completion(query: Query, cohort_id: str, assignments: Sequence[Assignment], now: datetime) -> DataFrame:
    """How far the candidates are, since the oldest assignment was made: earlier answers cannot count."""
    made = min((assignment.created_at for assignment in assignments), default=now)
    return query("cohort_completion", cohort_id=cohort_id, since=made.astimezone(UTC).replace(tzinfo=None))
