"""Drafts of an earlier version move to their own table; other small values stay where they are."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from data.domain import Draft
from data.store import Database
from data.store.engine import MIGRATIONS, make_engine

pytestmark = pytest.mark.slow

BEFORE = "0010"


def test_drafts_kept_by_an_earlier_version_are_found_again(blank: str) -> None:
    engine, config = make_engine(blank), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    row = "INSERT INTO memory VALUES ('me', :key, :value, TIMESTAMP '2026-11-20 18:30:00')"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        for key, value in {
            "draft:q1": "a typed answer",
            "sketch-draft:q1": "flowchart LR",
            "interview-draft:i": "a turn",
            "target-role": "senior",
        }.items():
            connection.execute(text(row), {"key": key, "value": value})
    engine.dispose()
    session = Database.open(blank).session()
    try:
        found = {key: session.drafts.find("me", key) for key in ("draft:q1", "interview-draft:i")}
        assert found == {
            "draft:q1": Draft("a typed answer", "before.1"),
            "interview-draft:i": Draft("a turn", "before.1"),
        }
        assert session.memory.recall("me", "target-role") == "senior"
        assert session.memory.recall("me", "draft:q1") is None
    finally:
        session.database.close()
