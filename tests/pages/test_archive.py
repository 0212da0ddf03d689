"""Everything of one person to take along: tables and recordings, for its owner only, fetched once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analysis.answering import one_answer
from data import archives
from data.access import LOCAL, Viewer
from data.archives import KEPT_SECONDS, Archives
from data.domain import RehearseError
from data.recordings import Recordings
from data.store import Session
from pages.widgets import resources
from pages.widgets.settings import erase_everything, export_everything
from pages.widgets.settings.export_everything import archive_route
from tests.stored import open_store, shipped_questions

pytestmark = pytest.mark.slow

QUESTION = shipped_questions()[0]
FILM = b"a film" * 100_000


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    folder = Recordings((tmp_path / "recordings").as_uri())
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "recordings", lambda: folder)
    yield opened
    opened.database.close()


@pytest.fixture
def client(session: Session) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=[archive_route])) as started:
        yield started


def recorded(session: Session) -> str:
    attempt = one_answer.start_answer(
        session, candidate_id="local", session_id="s", question=QUESTION, mode="camera"
    )
    path = resources.recordings().folder / f"{attempt.id}.mp4"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(FILM)
    path.with_name(f"{attempt.id}.part2.mp4.part").write_bytes(b"still growing")
    session.answers.start(replace(attempt, recording=path.name))
    return attempt.id


def left_on_disk() -> list[Path]:
    return list(resources.archives().folder.glob("*"))


def test_it_holds_every_table_and_every_recording_and_is_fetched_once(
    session: Session, client: TestClient
) -> None:
    attempt_id = recorded(session)
    name = export_everything.archive()
    answer = client.get(f"/archives/{name}")
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    assert packed.read(f"recordings/{attempt_id}.mp4") == FILM
    assert not any("part" in inside for inside in packed.namelist() if inside.endswith(".part"))
    assert attempt_id in packed.read("attempts.csv").decode()
    assert "attachment" in answer.headers["content-disposition"]
    assert left_on_disk() == []
    assert client.get(f"/archives/{name}").status_code == 404


def test_nobody_else_can_fetch_it(
    session: Session, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = export_everything.archive()
    monkeypatch.setattr(resources, "viewer", lambda cookies=None: Viewer("somebody-else"))
    assert client.get(f"/archives/{name}").status_code == 404
    monkeypatch.setattr(resources, "viewer", lambda cookies=None: LOCAL)
    assert client.get(f"/archives/{name}").status_code == 200


@pytest.mark.parametrize(
    "name", ["..%2Frehearse.duckdb", "x.zip", "%2e%2e", "0" * 16 + "-" + "0" * 32 + ".zip"]
)
def test_an_invented_name_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/archives/{name}").status_code == 404


def test_erasing_everything_erases_it_too(session: Session) -> None:
    recorded(session)
    export_everything.archive()
    assert len(left_on_disk()) == 1
    erase_everything.erase()
    assert left_on_disk() == []


def test_one_that_nobody_fetches_goes_after_an_hour(session: Session) -> None:
    export_everything.archive()
    (made,) = left_on_disk()
    resources.archives().clear_up(made.stat().st_mtime + KEPT_SECONDS - 1)
    assert left_on_disk() == [made]
    resources.archives().clear_up(made.stat().st_mtime + KEPT_SECONDS + 1)
    assert left_on_disk() == []


def test_without_room_it_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES_LEFT", 1 << 60)
    (tmp_path / "a.mp4").write_bytes(FILM)
    kept = Archives(tmp_path / "archives")
    with pytest.raises(RehearseError, match="does not fit"):
        kept.make("me", [(tmp_path / "a.mp4", "a.mp4")])
    assert list(kept.folder.glob("*")) == []
