"""A release needs its section in the changelog, a version that is new, and nothing left uncommitted."""

from __future__ import annotations

import dataclasses

from upkeep.release import Commit, faults, this_commit

READY = Commit(
    "0.2.0",
    "# Changelog\n\n## 0.2.0 — May 2027\n\n* Better.\n\n## 0.1.0 — May 2026\n\n* New.\n",
    frozenset({"v0.1.0"}),
    (),
)


def test_a_commit_with_its_section_and_a_new_version_is_ready() -> None:
    assert faults(READY) == []


def test_a_version_without_its_section_is_not_ready() -> None:
    assert faults(dataclasses.replace(READY, version="0.3.0")) == [
        "pyproject.toml says 0.3.0, the first section of CHANGELOG.md is 0.2.0."
    ]


def test_an_empty_section_is_not_ready() -> None:
    empty = "# Changelog\n\n## 0.2.0 — May 2027\n\n## 0.1.0 — May 2026\n\n* New.\n"
    assert "lists nothing" in faults(dataclasses.replace(READY, changelog=empty))[0]


def test_a_released_version_is_not_released_again() -> None:
    assert "already" in faults(dataclasses.replace(READY, tags=frozenset({"v0.2.0"})))[0]


def test_what_is_not_committed_is_named() -> None:
    assert faults(dataclasses.replace(READY, changed=("app.py",))) == ["Not committed: app.py."]


def test_the_changelog_of_this_tree_begins_with_its_version() -> None:
    assert faults(dataclasses.replace(this_commit(), changed=(), tags=frozenset())) == []
