"""The address of a recording: whom it is good for, for how long, and that a shared one comes in pieces."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.server_util import AUTH_COOKIE_NAME
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from data.bucket import Bucket
from data.carrying import Carrier
from data.domain import RehearseError
from data.domain.cohort import Identity
from data.front_door import Door
from data.recordings import Recordings
from data.settings import load_settings
from data.store import guard
from data.store.people import person_id
from data.store.to_rows import utc
from pages.entrance import door
from pages.widgets import resources
from pages.widgets.review import player
from pages.widgets.review.player import is_signed, recording_route, signed_url
from tests.stored import open_store, result

PIECE, SIZE = 1 << 20, 3 << 20
HOUR = 3600.0
NOW = 1_900_000_123.0


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A server with one shared recording of three pieces."""
    (tmp_path / "a.mp4").write_bytes(bytes(SIZE))
    monkeypatch.setattr(resources, "recordings", lambda: Recordings(tmp_path.as_uri()))
    monkeypatch.setattr(player, "require_recording", lambda name, cookies, key: True)
    with TestClient(Starlette(routes=[recording_route])) as started:
        yield started


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Range": "bytes=0-"},
        {"Range": "bytes=0-", "If-Range": '"another"'},
        {"Range": "bytes=0-", "If-Range": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-Range": '"another"'},
        {"Range": "bytes=0-1,5-9999999"},
        {"Range": "bytes=-9999999"},
        {"Range": "lines=0-"},
        {"Range": f"bytes={'9' * 4400}-"},
        {"Range": f"bytes=0-{'9' * 4400}"},
        {"Range": "bytes=0-9999999999999999999999999"},
    ],
)
def test_no_header_gets_more_than_a_piece_of_a_shared_recording(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = client.get(signed_url("a.mp4"), headers=headers)
    assert answer.status_code == 206
    assert len(answer.content) <= PIECE


@pytest.mark.parametrize(
    ("expires", "signature"),
    [
        ("9" * 4400, "00"),
        ("1900000000", "ä"),
        ("1900000000", "\udce4"),
        ("٣" * 10, "00"),
        ("-1", "00"),
        ("", ""),
    ],
)
def test_an_invented_address_is_refused_and_no_error(
    client: TestClient, expires: str, signature: str
) -> None:
    given = f"expires={quote(expires)}&signature={quote(signature.encode('utf-8', 'surrogateescape'))}"
    assert client.get(f"/recordings/a.mp4?{given}").status_code == 403


@given(expires=some.text(max_size=30), signature=some.text(max_size=70))
def test_no_text_is_taken_for_a_signature(expires: str, signature: str) -> None:
    assert not is_signed("a.mp4", expires, signature)


@given(some.floats(min_value=0, max_value=24 * HOUR))
def test_an_address_is_good_for_five_to_six_hours(later: float) -> None:
    made = dict(part.split("=") for part in signed_url("a.mp4", NOW).partition("?")[2].split("&"))
    good = is_signed("a.mp4", made["expires"], made["signature"], NOW + later)
    assert good or later >= 5 * HOUR
    assert not good or later < 6 * HOUR


def test_an_address_stays_the_same_through_the_runs_of_a_page() -> None:
    assert signed_url("a.mp4", NOW) == signed_url("a.mp4", NOW + 60)


@pytest.mark.slow
def test_whoever_stayed_away_too_long_plays_nothing_until_they_sign_in_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, now = "s" * 32, datetime.now(UTC)
    opened = open_store(tmp_path)
    ada = Identity("https://id.example", "ada", "Ada", "", False, "", now)
    kept = result(candidate=person_id(ada))
    opened.answers.save(kept)
    recording = kept.attempt.recording or ""
    hosted = Door("hosted", auth={"cookie_secret": secret})
    monkeypatch.setattr(door, "of_server", lambda: hosted)
    monkeypatch.setattr(resources, "_database", lambda: opened.database)
    monkeypatch.setattr(resources, "settings", lambda: load_settings({"ADMIN": "https://id.example ada"}))
    claims = {"iss": ada.issuer, "sub": ada.subject, "iat": now.timestamp(), "is_logged_in": True}
    cookies = {AUTH_COOKIE_NAME: create_signed_value(secret, AUTH_COOKIE_NAME, json.dumps(claims)).decode()}
    assert player.require_recording(recording, cookies, "") is False
    sent = f"{kept.attempt.id}.mkv.received"
    player.require_own(sent, cookies)
    with pytest.raises(RehearseError, match="only by whoever sent it"):
        player.require_own("another.mkv.received", cookies)
    for forged in ({}, {AUTH_COOKIE_NAME: cookies[AUTH_COOKIE_NAME][:-2]}):
        with pytest.raises(RehearseError):
            player.require_recording(recording, forged, "")
        with pytest.raises(RehearseError):
            player.require_own(sent, forged)
    monkeypatch.setattr(guard, "utc_now", lambda: utc(now + timedelta(hours=13)))
    resources.forget_viewer()
    with pytest.raises(RehearseError):
        player.require_recording(recording, cookies, "")
    opened.database.close()


@pytest.fixture
def from_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A server whose only recording is in a bucket, and somebody who may have all of it."""
    kept = Recordings("memory://kept-for-the-route", free_bytes_needed=1, here=tmp_path)
    (tmp_path / "a.mp4").write_bytes(FILM)
    Carrier(kept).round(time.time() + 2 * HOUR)
    Carrier(kept).round(time.time() + 2 * HOUR)
    assert not kept.is_here("a.mp4")
    monkeypatch.setattr(resources, "recordings", lambda: kept)
    with TestClient(Starlette(routes=[recording_route])) as started:
        yield started


FILM = bytes(range(256)) * (5 << 12)


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        (None, 200, FILM),
        ("bytes=0-", 206, FILM),
        ("bytes=100-299", 206, FILM[100:300]),
        ("bytes=-50", 206, FILM[-50:]),
        (f"bytes={len(FILM) - 5}-{10**15 - 1}", 206, FILM[-5:]),
        (f"bytes={len(FILM)}-", 416, b""),
        ("bytes=300-100", 416, b""),
        ("lines=1-2", 200, FILM),
    ],
)
def test_a_recording_in_a_bucket_is_sent_as_it_is_asked_for(
    from_bucket: TestClient, asked: str | None, status: int, content: bytes
) -> None:
    answer = from_bucket.get(signed_url("a.mp4"), headers={"Range": asked} if asked else {})
    assert (answer.status_code, answer.content) == (status, content)
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.slow
def test_a_shared_recording_in_a_bucket_comes_in_pieces_as_well(
    from_bucket: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player, "require_recording", lambda name, cookies, key: True)
    answer = from_bucket.get(signed_url("a.mp4"))
    assert (answer.status_code, answer.content) == (206, FILM[:PIECE])


def test_a_recording_that_is_nowhere_is_told_as_gone(from_bucket: TestClient) -> None:
    assert from_bucket.get(signed_url("b.mp4")).status_code == 404


def test_a_bucket_that_is_away_is_told_as_that(
    from_bucket: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_bucket: Bucket, _key: str) -> int:
        raise RehearseError("The bucket cannot be reached.", "Try again.")

    monkeypatch.setattr(Bucket, "size", away)
    answer = from_bucket.get(signed_url("a.mp4"))
    assert (answer.status_code, answer.text) == (503, "The bucket cannot be reached. Try again.")
