"""One SELECT of an instructor over the views of a cohort, with small groups left out before it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from analysis.cohorts.open_views import views
from analysis.cohorts.small_groups import EXPORTED

if TYPE_CHECKING:
    from pandas import DataFrame

    from data.store.sql_box import Answered


def ask(
    rows: Mapping[str, DataFrame], sql: str, run: Callable[[Mapping[str, DataFrame], str], Answered]
) -> Answered:
    """What `run` answers over the views of these rows (`cohort_rows.published`), as a file may hold them."""
    return run(views(rows, EXPORTED), sql)
