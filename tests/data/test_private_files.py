"""What is made here is for its owner alone; what others can get at is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from data.private_files import open_to_others, replaceable_by_others
from data.settings import JUDGE_CACHE, PROJECT_ROOT, load_settings


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that other users can get at; pytest's own is closed to them."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_what_others_can_read_or_change_is_found(shared: Path) -> None:
    mine, theirs, closed = (shared / name for name in ("mine", "theirs", "closed"))
    for file in (mine, theirs):
        file.write_text("x")
    mine.chmod(0o600)
    theirs.chmod(0o604)
    closed.mkdir(0o700)
    (closed / "inside").write_text("x")
    (closed / "inside").chmod(0o666)
    assert open_to_others([mine, theirs, closed, closed / "inside", shared / "none"]) == (theirs,)


def test_a_folder_around_them_in_which_everybody_may_write_is_found(shared: Path) -> None:
    outer, inner = shared / "outer", shared / "outer" / "inner"
    inner.mkdir(parents=True)
    (inner / "mine").write_text("x")
    outer.chmod(0o755)
    inner.chmod(0o755)
    assert replaceable_by_others([inner / "mine"]) == ()
    outer.chmod(0o777)
    assert replaceable_by_others([inner / "mine"]) == (outer,)
    assert replaceable_by_others([inner / "yet" / "to come"]) == (outer,), (
        "at the first start nothing is there"
    )
    outer.chmod(0o1777)
    assert replaceable_by_others([inner / "mine"]) == (), "as /tmp: nobody moves what is another's"


def test_replies_of_judges_and_a_database_with_options_are_among_what_is_watched(shared: Path) -> None:
    given = load_settings({"DATABASE_URL": f"duckdb:///{shared}/x.duckdb?threads=1"}, shared / "none")
    watched = given.private_paths
    assert {shared / "x.duckdb", shared / "x.duckdb.wal"} <= set(watched)
    assert any(path == JUDGE_CACHE or path in JUDGE_CACHE.parents for path in watched)


@pytest.mark.slow
def test_a_command_makes_files_for_their_owner_only(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "data.synthetic", f"duckdb:///{tmp_path}/made/x.duckdb"]
    few = ["--candidates", "1", "--sessions", "1"]
    subprocess.run([*command, *few], cwd=PROJECT_ROOT, check=True, umask=0o022, capture_output=True)
    made = [tmp_path / "made", *(tmp_path / "made").iterdir()]
    assert len(made) > 1
    assert [path for path in made if path.stat().st_mode & 0o077] == []


@pytest.mark.slow
def test_every_command_keeps_its_files_private() -> None:
    commands = [
        path
        for folder in ("analysis", "data")
        for path in (PROJECT_ROOT / folder).rglob("*.py")
        if 'if __name__ == "__main__":' in path.read_text() and path.parent.name != "limited"
    ]
    assert len(commands) >= 5
    assert [path.name for path in commands if "    keep_private()\n" not in path.read_text()] == []
