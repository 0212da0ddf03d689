"""A real server: who gets in when secrets are broken, edited or gone, and under which names it is reached."""

from __future__ import annotations

import http.client
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest

from tests import fake_openid
from tests.browser.practised import fill
from tests.browser.rig import Server, handshake, serving
from tests.visit import drawn

pytestmark = pytest.mark.slow
FOREIGN = "http://elsewhere.example"
ROUTES = ("/", "/review", "/recordings/a.mp4", "/sandbox/frame.html", "/_stcore/health", "/media/x.mp4")


def ask(server: Server, path: str, **headers: str) -> tuple[int, str]:
    """The status and the text at a path."""
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    with closing(connection):
        connection.request("GET", parts.path + path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("local")) as server:
        yield server


@pytest.mark.parametrize("path", ROUTES[:4])
def test_a_foreign_name_reaches_nothing(local: Server, path: str) -> None:
    assert ask(local, path, Host="elsewhere.example")[0] == 403
    assert ask(local, path)[0] != 503


def test_a_handshake_under_a_foreign_name_or_by_a_foreign_page_is_refused(local: Server) -> None:
    own = urlsplit(local.url).netloc
    assert handshake(local, origin=local.url) == 101
    assert handshake(local, host=f"localhost:{own.split(':')[1]}") == 101
    assert handshake(local, host="elsewhere.example", origin=FOREIGN) == 403
    assert handshake(local, host="elsewhere.example") == 403
    assert handshake(local, origin=FOREIGN) == 403
    assert handshake(local, origin="http://localhost:1") == 403
    assert handshake(local, origin="null") == 403


def test_a_foreign_page_makes_the_server_look_nothing_up(tmp_path: Path) -> None:
    with calls_out() as (settings, called), serving(tmp_path, settings=settings) as server:
        for origin in (FOREIGN, "https://203.0.113.7", "null"):
            assert handshake(server, origin=origin) == 403
            assert ask(server, "/_stcore/host-config", Origin=origin)[0] == 403
    assert called == []


@contextmanager
def calls_out() -> Iterator[tuple[dict[str, str], list[bytes]]]:
    """The settings of a server whose calls to the internet all go to a proxy of ours, and those calls."""
    called: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        threading.Thread(target=_listen, args=(proxy, called), daemon=True).start()
        through = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        yield {"http_proxy": through, "https_proxy": through}, called


def _listen(proxy: socket.socket, called: list[bytes]) -> None:
    while True:
        try:
            connection, _ = proxy.accept()
        except OSError:
            return
        with connection:
            called.append(connection.recv(200))


def test_beyond_this_machine_it_is_open_only_under_the_names_that_a_setting_gives(tmp_path: Path) -> None:
    with serving(tmp_path, address="0.0.0.0", health=503) as server:
        assert {ask(server, path)[0] for path in ROUTES} == {503}
        assert "OPEN_WITHOUT_SIGN_IN" in server.log.read_text()
    with (
        calls_out() as (settings, called),
        serving(
            tmp_path, address="0.0.0.0", settings=settings | {"OPEN_WITHOUT_SIGN_IN": "rehearse.lan"}
        ) as server,
    ):
        assert ask(server, "/", Host="rehearse.lan:80")[0] == 200
        assert ask(server, "/", Host="elsewhere.example")[0] == 403
        assert called == []


@pytest.mark.parametrize(
    ("text", "said"),
    [('[auth]\nredirect_uri = "\n', "line 2"), ("[auth]\n", "line 1"), ("", "ADMIN")],
    ids=["broken", "incomplete", "administrator without sign-in"],
)
def test_secrets_that_cannot_be_used_serve_nothing_and_say_where(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(text)
    given = {"STREAMLIT_SECRETS_FILES": str(file), "ADMIN": "ada@example.org"}
    with serving(tmp_path, settings=given, health=503) as server:
        for path in ROUTES:
            status, shown = ask(server, path)
            assert status == 503 and "not open" in shown
            assert "secrets" not in shown and "ADMIN" not in shown
        assert handshake(server, origin=server.url) == 403
        log = server.log.read_text()
        assert re.search(rf"serves nothing.*{said}", log), log


@pytest.mark.parametrize("content", [None, 'x = "ä"'.encode("latin-1"), b"auth = 1\n", b"[[auth]]\n"])
def test_secrets_that_streamlit_cannot_read_either_serve_the_same_page(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "secrets.toml"
    file.mkdir() if content is None else file.write_bytes(content)
    with serving(tmp_path, settings={"STREAMLIT_SECRETS_FILES": str(file)}, health=503) as server:
        for path in ROUTES:
            status, shown = ask(server, path)
            assert status == 503 and "not open" in shown
        assert handshake(server, origin=server.url) == 403
        log = server.log.read_text()
        assert "serves nothing" in log and "Traceback" not in log, log


def test_a_live_edit_never_turns_a_hosted_server_into_a_local_one(tmp_path: Path) -> None:
    with fake_openid.provider() as issuer:
        file = fake_openid.secrets_file(tmp_path / "secrets.toml", issuer)
        whole = file.read_text()
        with serving(tmp_path, settings={"STREAMLIT_SECRETS_FILES": str(file)}) as server:
            assert _is_asked_to_sign_in(server)
            file.write_text(whole[: len(whole) // 2])
            assert _is_asked_to_sign_in(server)
            file.unlink()
            assert _is_asked_to_sign_in(server)
            assert ask(server, "/", Host="localhost")[0] == 403


def _is_asked_to_sign_in(server: Server) -> bool:
    """Whether several visits, while Streamlit looks at its files, all end at the providers' buttons."""
    shown = [drawn(server.url) for _ in range(6)]
    return all("Sign in with School" in one and "Plan a mock interview" not in one for one in shown)


def test_below_a_sub_path_recordings_editor_and_sandbox_are_found(tmp_path: Path) -> None:
    fill(tmp_path, answers=1, recorded=1)
    with serving(tmp_path, base="rehearse/room") as server:
        shown = drawn(server.url, "practice", "question=lru-cache") + drawn(server.url, "review")
        for part in (
            r"sandbox/codemirror\.js\?v=\w+",
            r"sandbox/frame\.html\?v=\w+",
            r"recordings/[\w.-]+\?[\w=&]+",
        ):
            found = re.search(rf"/rehearse/room/({part})", shown)
            assert found, part
            assert ask(server, f"/{found[1]}")[0] == 200


def test_the_server_makes_files_for_their_owner_only_and_tells_of_loose_ones() -> None:
    with TemporaryDirectory() as name:
        folder, loose = Path(name), Path(name) / "recordings"
        loose.mkdir()
        for opened in (folder, loose):
            opened.chmod(0o755)
        with serving(folder) as server:
            drawn(server.url)
            assert f"chmod -R go-rwx {loose}" in server.log.read_text()
            assert (folder / "rehearse.duckdb").stat().st_mode & 0o077 == 0
