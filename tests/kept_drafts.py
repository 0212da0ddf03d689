"""Drafts kept in memory, for tests that need no database."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.domain import Change, Draft


@dataclass
class KeptDrafts:
    """The same rules as `session.drafts`."""

    kept: dict[tuple[str, str], Draft] = field(default_factory=dict)

    def find(self, owner: str, key: str) -> Draft:
        return self.kept.get((owner, key), Draft())

    def keep(self, owner: str, key: str, change: Change) -> Draft:
        if change.follows(self.find(owner, key).version):
            self.kept[owner, key] = Draft(change.text, change.version)
        return self.find(owner, key)

    def drop(self, owner: str, key: str) -> None:
        self.kept.pop((owner, key), None)
