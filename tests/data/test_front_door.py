"""Who may reach a server is decided once, closed: what cannot be read or is not complete refuses to serve."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.domain import RehearseError
from data.front_door import Door, Secrets, decide, is_loopback, read_secrets

PROVIDER = 'client_id = "a"\nclient_secret = "b"\nserver_metadata_url = "https://id.example/m"\n'
SHARED = f'[auth]\nredirect_uri = "https://rehearse.example/oauth2callback"\ncookie_secret = "{"s" * 32}"\n'
ONE = f"{SHARED}[auth.school]\n{PROVIDER}"
TWO = f"{ONE}[auth.work]\n{PROVIDER}"


def secrets(folder: Path, text: str) -> Secrets:
    file = folder / "secrets.toml"
    file.write_text(text, encoding="utf-8")
    return read_secrets([file])


def why_not(folder: Path, text: str, admin: str = "") -> str:
    with pytest.raises(RehearseError) as refused:
        decide(secrets(folder, text), admin=admin)
    return str(refused.value)


def test_without_secrets_the_server_is_for_this_machine_alone(tmp_path: Path) -> None:
    door = decide(read_secrets([tmp_path / "none.toml"]))
    assert door.kind == "local" and door.is_for_this_machine


def test_a_complete_section_makes_people_sign_in_under_the_public_name(tmp_path: Path) -> None:
    door = decide(secrets(tmp_path, ONE), admin="ada@example.org", address="0.0.0.0")
    assert door.kind == "hosted" and door.is_https
    assert door.takes_host("rehearse.example") and not door.takes_host("127.0.0.1:8501")
    flat = decide(secrets(tmp_path, SHARED + PROVIDER))
    assert flat.kind == "hosted"


def test_the_port_of_the_server_is_filled_in_where_it_is_left_open(tmp_path: Path) -> None:
    text = ONE.replace("https://rehearse.example", "http://127.0.0.1:{port}")
    assert decide(secrets(tmp_path, text), port=8601).public == "http://127.0.0.1:8601"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("x = " + "[" * 5000, "", "not well-formed"),
        ("[" + ".".join("a" * 3000) + "]\nx = 1\n", "", "nested deeper"),
        ("[auth]\nredirect_uri = x\n", "line 2", "not well-formed"),
        ("[auth]\n", "line 1", "redirect_uri"),
        ('auth = "yes"\n', "line 1", "section"),
        ('x = 1\n[auth]\nredirect_uri = "https://h/oauth2callback"\n', "line 2", "cookie_secret"),
        (SHARED.replace("s" * 32, ""), "line 1", "cookie_secret"),
        (SHARED.replace("s" * 32, "short"), "line 1", "cookie_secret"),
        (SHARED.replace("oauth2callback", ""), "line 1", "redirect_uri"),
        (SHARED, "line 1", "client_id"),
        (ONE.replace('client_secret = "b"\n', ""), "line 4", "client_secret"),
        (ONE.replace('"a"', '" "'), "line 4", "client_id"),
        (TWO.replace("auth.work", "auth.work_two"), "line 8", "underscore"),
        (f'{ONE}client_kwargs = "x"\n[auth.work]\nclient_id = "a"\n', "line 9", "client_secret"),
    ],
)
def test_what_is_broken_or_missing_refuses_with_the_line(
    tmp_path: Path, text: str, line: str, said: str
) -> None:
    message = why_not(tmp_path, text)
    assert line in message and said in message


@pytest.mark.slow
def test_a_refusal_repeats_no_secret(tmp_path: Path) -> None:
    for cut in range(len(TWO)):
        text = TWO.replace('"b"', '"hunter2"')[:cut]
        try:
            decide(secrets(tmp_path, text))
        except RehearseError as error:
            assert "hunter" not in str(error) and "sss" not in str(error)


@pytest.mark.slow
def test_every_beginning_of_a_working_file_is_hosted_or_refused_never_local(tmp_path: Path) -> None:
    for cut in range(1, len(TWO)):
        try:
            door = decide(secrets(tmp_path, TWO[:cut]))
        except RehearseError:
            continue
        assert door.kind == "hosted", TWO[:cut]


def test_a_file_that_is_there_and_cannot_be_read_refuses(tmp_path: Path) -> None:
    folder, link, latin = (tmp_path / name for name in ("folder.toml", "link.toml", "latin.toml"))
    folder.mkdir()
    link.symlink_to(tmp_path / "gone.toml")
    latin.write_bytes('x = "ä"'.encode("latin-1"))
    for file in (folder, link, latin, tmp_path / "secrets.d"):
        with pytest.raises(RehearseError, match=file.name):
            read_secrets([file])


def test_a_file_that_somebody_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match=r"gone\.toml"):
        read_secrets([tmp_path / "gone.toml"], must_exist=True)


def test_an_administrator_without_sign_in_refuses(tmp_path: Path) -> None:
    assert "ADMIN" in why_not(tmp_path, "", admin="ada@example.org")


def test_an_administrator_by_address_needs_a_single_provider(tmp_path: Path) -> None:
    assert "issuer subject" in why_not(tmp_path, TWO, admin="ada@example.org")
    assert "issuer subject" in why_not(tmp_path, SHARED + PROVIDER + ONE[len(SHARED) :], admin="a@b.example")
    assert decide(secrets(tmp_path, TWO), admin="https://id.example ada").kind == "hosted"
    assert decide(secrets(tmp_path, ONE), admin="ada@example.org").kind == "hosted"


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", "192.168.1.5", "rehearse.lan"])
def test_listening_beyond_this_machine_without_sign_in_needs_names(address: str) -> None:
    with pytest.raises(RehearseError, match="OPEN_WITHOUT_SIGN_IN"):
        decide(Secrets(), address=address)
    door = decide(Secrets(), address=address, open_to="rehearse.lan, 192.168.1.5")
    assert door.takes_host("rehearse.lan:8501") and door.takes_host("192.168.1.5")
    assert door.takes_host("localhost:8501") and not door.takes_host("elsewhere.example")


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501", "LOCALHOST.", "127.0.0.2:1"])
def test_this_machine_is_reached_under_its_own_names(host: str) -> None:
    assert Door("local").takes_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "elsewhere.example",
        "localhost.elsewhere.example",
        "a@localhost",
        "localhost/x",
        "localhost:x",
        "127.1",
    ],
)
def test_another_name_that_leads_here_is_turned_away(host: str) -> None:
    assert not Door("local").takes_host(host)


@given(some.text(max_size=30))
def test_no_host_header_is_an_error_or_opens_a_closed_door(host: str) -> None:
    assert not Door("refused").takes_host(host)
    assert Door("local").takes_host(host) in (True, False)


def test_only_a_page_of_the_server_itself_may_talk_to_it() -> None:
    local = Door("local")
    assert local.takes_origin("http://localhost:8501", "localhost:8501")
    assert not local.takes_origin("http://localhost:9999", "localhost:8501")
    assert not local.takes_origin("null", "localhost:8501")
    hosted = Door("hosted", frozenset({"h.example"}), "https://h.example")
    assert hosted.takes_origin("https://h.example", "h.example")
    assert not hosted.takes_origin("http://h.example", "h.example")


def test_names_of_this_machine_are_told_from_others() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.8.9.1", "::1")))
    assert not any(map(is_loopback, ("", "0.0.0.0", "::", "10.0.0.1", "localhost.example", "[::1]")))
