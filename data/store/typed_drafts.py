"""What is being written and was not finished yet, each draft with its version. Part of the store."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, and_, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from data.domain import Change, Draft
from data.domain.letters import keepable
from data.store import guard, tables
from data.store.again import again
from data.store.part import Part
from data.store.to_rows import utc


class Drafts(Part):
    """The one place that keeps drafts (`session.drafts`); open to their owner only."""

    def find(self, owner: str, key: str) -> Draft:
        """The draft as it was last kept; empty when there is none."""
        guard.require(self.viewer, owner, "settings")
        return self.database.kept(("draft", owner, key), lambda connection: _find(connection, owner, key))

    def keep(self, owner: str, key: str, change: Change) -> Draft:
        """Keep a change unless something newer is there; what is kept now, whichever it is.

        What comes back has the version of the change when it was kept.
        """
        guard.require_own(self.viewer, owner, "change")
        kept = self.find(owner, key)
        while change.follows(kept.version):
            if self._replaced(owner, key, change, kept.version):
                return Draft(change.text, change.version)
            kept = self.find(owner, key)  # somebody was faster
        return kept

    @again(twice=True)
    def put(self, owner: str, key: str, draft: Draft) -> None:
        """Keep a draft whatever is there: for whoever alone decides what is newest (a running interview)."""
        guard.require_own(self.viewer, owner, "change")
        row = {"candidate_id": owner, "key": key, **_values(draft.text, draft.version)}
        with self.database.writing() as connection:
            statement = upsert(tables.drafts).values(row)
            changed = _values(draft.text, draft.version)
            connection.execute(
                statement.on_conflict_do_update(index_elements=["candidate_id", "key"], set_=changed)
            )

    @again(twice=True)
    def drop(self, owner: str, key: str) -> None:
        """Forget a draft: it was finished, or is not wanted."""
        guard.require_own(self.viewer, owner, "change")
        table = tables.drafts
        mine = and_(table.c.candidate_id == owner, table.c.key == key)
        with self.database.writing() as connection:
            connection.execute(delete(table).where(mine))

    @again()
    def _replaced(self, owner: str, key: str, change: Change, before: str) -> bool:
        """Whether the change took the place of version `before`, and of nothing else."""
        table = tables.drafts
        with self.database.writing() as connection:
            if before == "":
                row = {"candidate_id": owner, "key": key, **_values(change.text, change.version)}
                added = upsert(table).values(row).on_conflict_do_nothing().returning(table.c.version)
                return connection.execute(added).first() is not None
            this = and_(table.c.candidate_id == owner, table.c.key == key, table.c.version == before)
            changed = update(table).where(this).values(_values(change.text, change.version))
            return connection.execute(changed.returning(table.c.version)).first() is not None


def _find(connection: Connection, owner: str, key: str) -> Draft:
    table = tables.drafts
    mine = and_(table.c.candidate_id == owner, table.c.key == key)
    row = connection.execute(select(table.c.text, table.c.version).where(mine)).first()
    return Draft(row.text, row.version) if row else Draft()


def _values(text: str, version: str) -> dict[str, object]:
    return {"text": keepable(text), "version": version, "saved_at": utc(datetime.now(UTC))}
