"""A password in an address is shown nowhere: not on a page, not in an error, not in a log of the settings."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.llm.chat_model import ChatModel
from data.domain import RehearseError
from data.domain.credentials import address_shown, scrubbed, secrets_of, without_credentials
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


@pytest.mark.parametrize("name", [*ADDRESSES, "RECORDINGS_URL", "TURN_URL", "DATABASE_URL"])
@pytest.mark.parametrize(
    "value",
    [
        "ada:hunter2@llm.example/v1",
        "//ada:hunter2@llm.example",
        "http:/ada:hunter2@llm.example",
        "https//ada:hunter2@llm.example/v1",
        "sk-hunter2",
        "turnx:ada:hunter2@llm.example",
        "ftp://ada:a hunter2@llm.example",
    ],
)
def test_a_setting_that_is_no_address_at_all_is_named_without_its_value(name: str, value: str) -> None:
    with pytest.raises(RehearseError) as refused:
        settings(**{name: value})
    assert name in str(refused.value) and "hunter2" not in str(refused.value)


@pytest.mark.parametrize("value", ["http://ada:a hunter2@llm.example", "http://llm.example/v1#hunter2"])
def test_an_address_in_place_of_a_number_is_told_without_the_password(value: str) -> None:
    with pytest.raises(RehearseError, match="LLM_TIMEOUT") as refused:
        settings(LLM_TIMEOUT=value)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    "address",
    [
        "http://ada:a hunter2@llm.example",
        "http://a da:hunter2@llm.example",
        'http://ada:"hunter2@llm.example',
        "http://ada:'hunter2@llm.example",
        "http://ada:<hunter2>@llm.example",
        f"http://ada:{'x' * 4500}hunter2@llm.example",
        "http://llm.example?access_token=hunter2",
        "http://llm.example?sig=hunter2&x=1",
        "http://llm.example#hunter2",
        "http://llm.example?mail=a@b&token=hunter2",
    ],
)
def test_an_odd_password_or_a_token_in_an_address_is_shown_nowhere(name: str, address: str) -> None:
    given = settings(**{name: address})
    model = connected(given)
    assert "hunter2" not in f"{model.place if model else ''} {given.stt_place} {given.tts_place} {given!r}"
    chat = ChatModel(address, "", "m")
    assert "hunter2" not in chat.receiver + repr(chat)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("turn:ada:hunter2@turn.example:3478", "turn:turn.example:3478"),
        ("turns:turn.example:3478?transport=udp", "turns:turn.example:3478"),
        ("https://llm.example:8000/v1", "https://llm.example:8000/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
        ("http://[::1]/v1", "http://[::1]/v1"),
        ("http://llm.example/v1;hunter2", "http://llm.example/v1"),
        ("http://llm.example:hunter2/v1", "http://llm.example/v1"),
    ],
)
def test_an_address_is_shown_with_what_is_no_secret(url: str, shown: str) -> None:
    assert address_shown(url) == shown


@pytest.mark.parametrize("known", ["http://ada:hunter2@llm.example/v1", "http://llm.example/v1?sig=hunter2"])
def test_what_a_server_repeats_of_an_address_or_a_key_is_not_told(known: str) -> None:
    secrets = secrets_of(known, "sk-secret")
    said = scrubbed("no route for ada hunter2 with sk-secret, or hunter2", secrets)
    assert "hunter2" not in said and "sk-secret" not in said and said.startswith("no route for ada")


def test_a_login_is_not_told_as_the_header_of_a_request_has_it() -> None:
    sent = base64.b64encode(b"ada:hunter2").decode()
    told = scrubbed(f"bad credentials: Basic {sent}", secrets_of("http://ada:hunter2@llm.example/v1"))
    assert told == "bad credentials: Basic …"


@given(PASSWORDS)
def test_no_error_repeats_the_password_of_an_address(password: str) -> None:
    error = RehearseError(f"http://ada:{password}@llm.example:8000/v1 said no.", "Try again.")
    assert error.message == "http://llm.example:8000/v1 said no."


@pytest.mark.parametrize(
    "text",
    [
        "ada@example.org signs in.",
        "mailto:ada@example.org",
        "See http://host:80/a.",
        "file:///a@b/c is full.",
        "3 of 4 @ noon: x://y",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert without_credentials(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no route for ada:hunter2@llm.example:443", "no route for llm.example:443"),
        ("('ada:hunter2@llm.example')", "('llm.example')"),
        ("GET /v1?access_token=hunter2&n=1", "GET /v1?access_token=…&n=1"),
        ("GET /v1?sig=hunter2", "GET /v1?sig=…"),
    ],
)
def test_an_address_without_its_scheme_and_a_token_are_cut_in_any_text(text: str, shown: str) -> None:
    assert without_credentials(text) == shown
