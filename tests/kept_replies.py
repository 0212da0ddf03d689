"""A cache of a judge's replies for tests: in memory, nothing on disk."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class MemoryCache:
    """Replies for the life of the process."""

    replies: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, group: str, key: str) -> str | None:
        """The kept reply, or None."""
        return self.replies.get(group, {}).get(key)

    def put(self, group: str, key: str, reply: str) -> None:
        """Keep a reply."""
        self.replies.setdefault(group, {})[key] = reply

    def erase(self, group: str) -> None:
        """Forget every reply of a group."""
        self.replies.pop(group, None)
