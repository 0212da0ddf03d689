"""Small values kept under a key: a choice, a consent, a calibration. Part of the store."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import and_, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from data.store import guard, tables
from data.store.again import again
from data.store.part import Part
from data.store.to_rows import utc


class Memory(Part):
    """What is remembered of a person, for that person."""

    @again(twice=True)
    def remember(self, owner: str, key: str, value: str) -> None:
        """Keep a small value (a choice, a consent, a calibration) until it is overwritten or erased."""
        guard.require_own(self.viewer, owner, "change")
        row = {"candidate_id": owner, "key": key, "value": value, "saved_at": utc(datetime.now(UTC))}
        with self.database.writing() as connection:
            statement = upsert(tables.memory).values(row)
            changed = {"value": value, "saved_at": row["saved_at"]}
            connection.execute(
                statement.on_conflict_do_update(index_elements=["candidate_id", "key"], set_=changed)
            )

    @again(twice=True)
    def forget(self, owner: str, key: str) -> None:
        """Drop a remembered value."""
        guard.require_own(self.viewer, owner, "change")
        mine = and_(tables.memory.c.candidate_id == owner, tables.memory.c.key == key)
        with self.database.writing() as connection:
            connection.execute(delete(tables.memory).where(mine))

    def recall(self, owner: str, key: str) -> str | None:
        """What was remembered under a key, or None."""
        guard.require(self.viewer, owner, "settings")
        mine = and_(tables.memory.c.candidate_id == owner, tables.memory.c.key == key)
        wanted = select(tables.memory.c.value).where(mine)
        return self.database.kept(
            ("recall", owner, key), lambda connection: connection.execute(wanted).scalar()
        )

    def recall_all(self, owner: str, prefix: str) -> dict[str, str]:
        """What was remembered under the keys that begin with `prefix`, by what follows it."""
        guard.require(self.viewer, owner, "settings")
        known = tables.memory.c
        mine = and_(known.candidate_id == owner, known.key.startswith(prefix, autoescape=True))
        wanted, asked = select(known.key, known.value).where(mine), ("recall all", owner, prefix)
        found = self.database.kept(asked, lambda connection: connection.execute(wanted).all())
        return {row.key.removeprefix(prefix): row.value for row in found}
