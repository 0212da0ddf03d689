"""Who may send files to this server, how much, and that a recording goes to disk rather than into memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.access import LOCAL, NOBODY, Viewer
from data.domain import RehearseError
from data.incoming import Incoming
from pages.entrance import streamlit_inside
from pages.widgets import resources, uploads
from pages.widgets.answer.record_in_browser import HandedOver
from pages.widgets.one_file import OneFile
from pages.widgets.uploads import Receiving

ADDRESS = "/_stcore/upload_file/session/file"
LARGE = b"v" * 4_000_001


class Runtime:
    """Streamlit's, as far as an upload asks it."""

    def __init__(self) -> None:
        self.uploaded_file_mgr = MemoryUploadedFileManager("/_stcore/upload_file")

    def is_active_session(self, session_id: str) -> bool:
        return session_id == "session"

    def data(self) -> bytes | None:
        found = self.uploaded_file_mgr.get_files("session", ["file"])
        return found[0].data if found else None


class Rig:
    """A server that takes files from `viewer`."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.viewer: Viewer = LOCAL
        self.runtime = Runtime()
        self.files = Incoming(folder, person_bytes=20_000_000)
        monkeypatch.setattr(resources, "viewer", lambda cookies: self.viewer)
        monkeypatch.setattr(streamlit_inside, "get_instance", lambda: self.runtime)
        monkeypatch.setattr(uploads, "incoming", lambda: self.files)
        monkeypatch.setattr(streamlit_inside, "is_xsrf_enabled", lambda: False)
        beyond = Route(
            "/{rest:path}", lambda request: PlainTextResponse("Streamlit's"), methods=["GET", "DELETE"]
        )
        app = Starlette(routes=[beyond], middleware=[Middleware(Receiving)])
        self.client = TestClient(app, raise_server_exceptions=True)

    def put(self, content: bytes, name: str = "talk.mp4", address: str = ADDRESS) -> tuple[int, str]:
        answer = self.client.put(address, files={"file": (name, content, "video/mp4")})
        return answer.status_code, answer.text


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    yield Rig(tmp_path / "in", monkeypatch)


def test_somebody_who_is_not_admitted_sends_nothing(rig: Rig) -> None:
    rig.viewer = NOBODY
    assert rig.put(LARGE) == (403, "Sign in before you send files.")
    assert rig.client.delete(ADDRESS).status_code == 403
    assert rig.runtime.data() is None


@pytest.mark.parametrize("content", [LARGE, b"small"])
def test_a_file_of_any_size_goes_to_disk_and_none_into_memory(rig: Rig, content: bytes) -> None:
    assert rig.put(content, 'set "a" ü.yaml')[0] == 204
    path = rig.files.find(("session", "file"))
    assert path is not None
    assert path.read_bytes() == content
    assert rig.runtime.data() == b""
    assert rig.runtime.uploaded_file_mgr.get_files("session", ["file"])[0].name == 'set "a" ü.yaml'


def test_many_small_files_meet_the_quota_of_a_person(rig: Rig) -> None:
    statuses = [rig.put(b"v" * 3_900_000, address=f"{ADDRESS}{number}")[0] for number in range(6)]
    assert statuses == [204] * 5 + [507]


def test_a_body_that_goes_on_beyond_its_length_is_refused(rig: Rig, tmp_path: Path) -> None:
    headers = {"content-type": "multipart/form-data; boundary=mark", "content-length": "10"}
    body = b'--mark\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n' + LARGE
    answer = rig.client.put(ADDRESS, content=iter([body, b"\r\n--mark--\r\n"]), headers=headers)
    assert answer.status_code == 400
    assert "longer than was said" in answer.text
    assert list((tmp_path / "in").iterdir()) == []
    chunked = headers | {"transfer-encoding": "chunked"}
    assert rig.client.put(ADDRESS, content=body, headers=chunked).status_code == 411


def test_a_file_that_is_taken_away_while_it_arrives_is_written_no_further(rig: Rig, tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'--mark\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
        yield b"v" * uploads.AT_ONCE_BYTES
        rig.files.drop(("session", "file"))
        yield b"v" * uploads.AT_ONCE_BYTES
        yield b"\r\n--mark--\r\n"

    headers = {"content-type": "multipart/form-data; boundary=mark", "content-length": "3000000"}
    answer = rig.client.put(ADDRESS, content=pieces(), headers=headers)
    assert answer.status_code == 400
    assert rig.runtime.data() is None
    assert list((tmp_path / "in").iterdir()) == []


def test_a_file_that_is_taken_away_again_leaves_nothing(rig: Rig, tmp_path: Path) -> None:
    rig.put(LARGE)
    assert rig.client.delete(ADDRESS).text == "Streamlit's"
    assert list((tmp_path / "in").iterdir()) == []
    assert rig.client.get(ADDRESS).text == "Streamlit's"


def test_a_page_that_is_gone_and_a_strange_address_take_nothing(rig: Rig) -> None:
    assert rig.put(b"x", address="/_stcore/upload_file/other/file")[0] == 400
    assert rig.put(b"x", address="/_stcore/upload_file/session/a/b")[0] == 400


def test_more_than_the_quota_of_a_person_is_refused_and_logged(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(4):
        assert rig.put(LARGE, address=f"{ADDRESS}{number}")[0] == 204
    status, told = rig.put(LARGE, address=f"{ADDRESS}5")
    assert status == 507
    assert told.startswith("You have sent more than is kept at a time.")
    assert "was refused" in caplog.text


def test_a_file_larger_than_the_largest_is_refused_before_it_is_read(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "FRAME_BYTES", -(1 << 30))
    assert rig.put(LARGE) == (413, "The file is too large.")
    assert rig.client.put(ADDRESS, content=iter([b"no", b"length"])).status_code == 411


def test_a_request_of_another_site_is_refused(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamlit_inside, "is_xsrf_enabled", lambda: True)
    assert rig.put(b"x")[0] == 403


@pytest.mark.parametrize(
    "body", [b"", b"x" * 40_000, b"--mark\r\n\r\n", b'--mark\r\nfilename="a"\r\n\r\nno end']
)
def test_what_is_no_upload_of_one_file_leaves_nothing(rig: Rig, tmp_path: Path, body: bytes) -> None:
    headers = {"content-type": "multipart/form-data; boundary=mark"}
    assert rig.client.put(ADDRESS, content=body, headers=headers).status_code == 400
    assert rig.client.put(ADDRESS, content=body, headers={"content-type": "text/plain"}).status_code == 400
    assert rig.runtime.data() is None
    assert list((tmp_path / "in").iterdir()) == []


@given(content=some.binary(max_size=300), cuts=some.lists(some.integers(1, 60), max_size=20))
def test_a_file_arrives_as_it_is_however_it_is_cut_up(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, cuts: list[int]
) -> None:
    head = b'--mark\r\nContent-Disposition: form-data; name="f"; filename="a.mp4"\r\n'
    head += b"Content-Type: video/mp4\r\n\r\n"
    body, path = head + content + b"\r\n--mark--\r\n", tmp_path_factory.mktemp("one") / "file"
    with path.open("w+b") as target:
        file = OneFile("multipart/form-data; boundary=mark", target)
        for cut in cuts:
            file.feed(body[:cut])
            body = body[cut:]
        file.feed(body)
        assert file.close() == len(content)
    assert path.read_bytes() == content
    assert (file.name, file.kind) == ("a.mp4", "video/mp4")


def test_a_file_on_disk_is_handed_over_without_passing_through_memory(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(LARGE)
    HandedOver(tmp_path / "in", "talk.mp4").save(tmp_path / "kept")
    (tmp_path / "in").unlink()
    assert (tmp_path / "kept").read_bytes() == LARGE


def test_a_question_set_is_read_from_where_it_arrived(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamlit_inside, "browser_session", lambda: "session")
    rig.put(b"id,title", "set.csv")
    record = rig.runtime.uploaded_file_mgr.get_files("session", ["file"])[0]
    assert uploads.content_of(UploadedFile(record, FileURLs())) == b"id,title"
    rig.put(LARGE, "set.csv")
    with pytest.raises(RehearseError, match="too large"):
        uploads.content_of(UploadedFile(record, FileURLs()))
