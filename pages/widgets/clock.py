"""The viewer's clock: every date, week and time of day on a page is theirs; what is kept is UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from pages.widgets import resources

if TYPE_CHECKING:
    from pandas import DataFrame

_NOBODY = ZoneInfo("UTC")


def zone() -> ZoneInfo:
    """The time zone of whoever looks, as their browser says; UTC where there is no browser."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):  # also a folder of zones, or a name without an end
        return _NOBODY


def now() -> datetime:
    """Now, in the viewer's zone."""
    return datetime.now(UTC).astimezone(zone())


def today() -> date:
    """The viewer's day."""
    return now().date()


def local(moment: datetime) -> datetime:
    """A moment in the viewer's zone; one without zone is UTC, as it is kept."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(zone())


def end_of(day: date) -> datetime:
    """The last minute of the viewer's day."""
    return datetime.combine(day, time(23, 59), zone())


def day(moment: datetime) -> str:
    """The date of a moment, for the viewer."""
    return written(local(moment))


def written(day: date) -> str:
    """A day as it is read, whoever's clock it is of."""
    return f"{day:%d %b %Y}"


def in_name(moment: datetime) -> str:
    """The date of a moment as it stands in the name of a file, for the viewer."""
    return f"{local(moment):%Y-%m-%d}"


def day_and_time(moment: datetime) -> str:
    """The date and time of a moment, for the viewer."""
    return f"{local(moment):%d %b %Y, %H:%M}"


def in_table(moment: datetime) -> datetime:
    """As a table draws it: the viewer's time, without zone, which a browser would convert again."""
    return local(moment).replace(tzinfo=None)


def rows_about(query: str, person: str, **asked: str) -> DataFrame:
    """A named query about one person; its times and weeks are the viewer's."""
    return resources.session().query(query, candidate_id=person, zone=zone().key, **asked)
