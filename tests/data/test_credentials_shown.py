"""A password in an address is shown nowhere: not on a page, not in an error, not in a log of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.domain import RehearseError
from data.domain.credentials import without_credentials
from data.language_model import connected
from data.settings import Settings, load_settings

ADDRESSES = ("LLM_BASE_URL", "STT_BASE_URL", "TTS_BASE_URL")
PASSWORDS = some.text("abcXYZ019!$&()*+,;=:~.-_%/@", min_size=4, max_size=12)


def settings(**given: str) -> Settings:
    return load_settings(given, Path("none.toml"))


@pytest.mark.parametrize("name", ADDRESSES)
def test_where_something_is_sent_is_shown_without_the_password(name: str) -> None:
    given = settings(**{name: "https://ada:hunter2@llm.example:8000/v1"})
    model = connected(given)
    places = (model.place if model else "", given.stt_place or "", given.tts_place or "")
    assert {"https://llm.example:8000/v1", "llm.example:8000"} & set(places)
    assert "hunter2" not in "".join(places) + repr(given) + repr(model)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ada:hunter2@db.example/rehearse", "db.example/rehearse"),
        ("postgresql://db.example/rehearse?user=ada&password=hunter2", "db.example/rehearse"),
        ("postgresql://ada:hunter2%40x@db.example:5432/rehearse", "db.example:5432/rehearse"),
    ],
)
def test_the_database_is_named_without_the_password(url: str, shown: str) -> None:
    given = settings(DATABASE_URL=url)
    assert given.database_place == shown
    assert "hunter2" not in repr(given)


def test_a_file_with_an_at_sign_in_its_folder_is_named_whole() -> None:
    assert settings(DATABASE_URL="duckdb:////home/a@b/x.duckdb").database_place == "/home/a@b/x.duckdb"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, "ftp://ada:hunter2@llm.example") for name in ADDRESSES),
        ("DATABASE_URL", "mysql://ada:hunter2@db.example/x"),
        ("DATABASE_URL", "postgresql://ada:hunter2/x@db.example/x"),
        ("DATABASE_URL", "postgresql://ada:hun@ter2@db.example/x"),
        ("RECORDINGS_URL", "s3://ada:hunter2@bucket"),
        ("TURN_URL", "http://ada:hunter2@turn.example"),
        ("ICE_SERVERS", '[{"urls": "http://ada:hunter2@x"}]'),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_without_the_password(name: str, value: str) -> None:
    with pytest.raises(RehearseError) as refused:
        settings(**{name: value})
    assert name in str(refused.value)
    assert "hunter2" not in str(refused.value) and "ter2" not in str(refused.value)


@given(PASSWORDS)
def test_no_error_repeats_the_password_of_an_address(password: str) -> None:
    error = RehearseError(f"http://ada:{password}@llm.example:8000/v1 said no.", "Try again.")
    assert error.message == "http://llm.example:8000/v1 said no."


@pytest.mark.parametrize(
    "text",
    ["ada@example.org signs in.", "See http://host:80/a.", "file:///a@b/c is full.", "3 of 4 @ noon: x://y"],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert without_credentials(text) == text
