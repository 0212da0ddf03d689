"""Time-limited TURN credentials, against the value that coturn's own rule gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from data.ice import turn_credentials, with_time_limited_credentials
from data.settings import IceServer

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EXPECTED = "NvzXVnDTphQHFl7w2CG9IZgJHU8="


def test_the_name_carries_the_time_at_which_it_runs_out() -> None:
    credentials = turn_credentials("secret", "ada", NOW, timedelta(hours=1))
    assert credentials.username == f"{int(NOW.timestamp()) + 3600}:ada"


def test_the_password_is_the_one_openssl_computes() -> None:
    # printf '1433895918:apprtc' | openssl dgst -sha1 -hmac mykey -binary | base64
    at = datetime.fromtimestamp(1433895918, UTC)
    credentials = turn_credentials("mykey", "apprtc", at, timedelta(0))
    assert (credentials.username, credentials.credential) == ("1433895918:apprtc", EXPECTED)


def test_only_turn_servers_without_credentials_of_their_own_get_them() -> None:
    servers = (
        IceServer(("stun:stun.example:3478",)),
        IceServer(("turns:turn.example:443?transport=tcp",)),
        IceServer(("turn:other.example:3478",), "me", "mine"),
    )
    stun, fresh, own = with_time_limited_credentials(servers, "secret", "ada", NOW)
    assert (stun, own) == (servers[0], servers[2])
    assert fresh.username == f"{int((NOW + timedelta(hours=3)).timestamp())}:ada"


def test_credentials_stay_the_same_while_a_page_is_drawn_again() -> None:
    servers = [IceServer(("turn:turn.example:3478",))]
    later = with_time_limited_credentials(servers, "secret", "ada", NOW + timedelta(minutes=59))
    assert later == with_time_limited_credentials(servers, "secret", "ada", NOW)


def test_without_a_secret_the_servers_stay_as_they_are() -> None:
    servers = (IceServer(("turn:turn.example:3478",)),)
    assert with_time_limited_credentials(servers, None, "ada", NOW) == servers


def test_a_password_is_not_shown_when_printed() -> None:
    credentials = turn_credentials("secret", "ada", NOW)
    assert credentials.credential not in repr(credentials)
