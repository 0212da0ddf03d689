"""Settings: defaults, where each comes from, and what a wrong value says."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from data.configuration import SETTINGS, settings_table
from data.domain import RehearseError
from data.settings import PROJECT_ROOT, IceServer, Settings, load_settings

NOWHERE = Path("/nonexistent/settings.toml")


def _load(file: Path = NOWHERE, **environ: str) -> Settings:
    return load_settings(environ, file)


def test_every_field_has_a_line_in_the_table_and_every_line_a_field() -> None:
    assert {setting.field for setting in SETTINGS} == {field.name for field in fields(Settings)}


def test_every_variable_of_the_table_is_read() -> None:
    source = (PROJECT_ROOT / "data" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'given\.\w+\(\s*"([A-Z_]+)"', source))
    assert read == {setting.name for setting in SETTINGS}


def test_the_readme_table_names_every_variable_and_default() -> None:
    table = settings_table()
    for setting in SETTINGS:
        assert f"| `{setting.name}` | " in table
        assert setting.default in table
    assert all(line.count(" | ") == 2 for line in table.splitlines() if line.startswith("| `"))


def test_without_any_setting_everything_is_local_and_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.settings.SETTINGS", SETTINGS)  # the defaults that are shipped
    settings = _load()
    assert settings.database_url == f"duckdb:///{PROJECT_ROOT}/data/local/rehearse.duckdb"
    assert settings.recordings_url == (PROJECT_ROOT / "data/local/recordings").as_uri()
    assert settings.questions_path == PROJECT_ROOT / "questions.csv"
    assert settings.ice_servers == ()
    assert not settings.llm_configured


def test_an_empty_variable_counts_as_not_set() -> None:
    assert _load(LLM_MODEL="", LLM_CONCURRENCY=" ") == _load()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("duckdb:////srv/own.duckdb", "duckdb:////srv/own.duckdb"),
        ("duckdb:///own.duckdb", f"duckdb:///{PROJECT_ROOT}/own.duckdb"),
        ("duckdb:///:memory:", "duckdb:///:memory:"),
        ("md:practice", "duckdb:///md:practice"),
        ("duckdb:///md:practice", "duckdb:///md:practice"),
        ("postgres://u:p@host/db", "postgresql+psycopg://u:p@host/db"),
        ("postgresql+psycopg://u:p@host/db", "postgresql+psycopg://u:p@host/db"),
    ],
)
def test_a_database_address_is_understood(given: str, kept: str) -> None:
    assert _load(DATABASE_URL=given).database_url == kept


@pytest.mark.parametrize(
    ("given", "folder"),
    [
        ("file:///srv/my recordings", "/srv/my recordings"),
        ("file:own", str(PROJECT_ROOT / "own")),
    ],
)
def test_a_recordings_address_is_understood(given: str, folder: str) -> None:
    assert _load(RECORDINGS_URL=given).recordings_url == Path(folder).as_uri()


def test_a_bucket_is_understood_and_recordings_are_made_here_all_the_same() -> None:
    settings = _load(RECORDINGS_URL="s3://bucket/recordings/")
    assert settings.recordings_url == "s3://bucket/recordings"
    assert PROJECT_ROOT / "data/local/recordings" in settings.private_paths


def test_the_llm_key_is_preferred_to_the_openai_key() -> None:
    assert _load(OPENAI_API_KEY="a").llm_api_key == "a"
    assert _load(OPENAI_API_KEY="a", LLM_API_KEY="b").llm_api_key == "b"
    assert _load(LLM_BASE_URL="http://127.0.0.1:8080/v1/").llm_configured


def test_turn_and_stun_servers_are_put_together() -> None:
    settings = _load(
        ICE_SERVERS='[{"urls": "stun:a:1"}, {"urls": ["turn:b:2"], "username": "u", "credential": "c"}]',
        TURN_URL="turns:c:443?transport=tcp",
        TURN_USERNAME="me",
        TURN_CREDENTIAL="secret",
    )
    assert settings.ice_servers == (
        IceServer(("stun:a:1",)),
        IceServer(("turn:b:2",), "u", "c"),
        IceServer(("turns:c:443?transport=tcp",), "me", "secret"),
    )


def test_no_secret_is_in_the_printed_settings() -> None:
    printed = repr(
        _load(
            LLM_API_KEY="hush-1",
            STT_API_KEY="hush-2",
            TURN_URL="turn:a:1",
            TURN_CREDENTIAL="hush-3",
            DATABASE_URL="postgresql://u:hush-4@host/db",
        )
    )
    assert "hush" not in printed


def test_the_place_of_the_database_is_shown_without_password() -> None:
    assert _load(DATABASE_URL="postgresql://u:hush@host/db").database_place == "host/db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://host/db"),
        ("DATABASE_URL", "duckdb:/oops"),
        ("DATABASE_URL", "duckdb:///"),
        ("RECORDINGS_URL", "s3://"),
        ("RECORDINGS_URL", "S 3://bucket"),
        ("RECORDINGS_URL", "/just/a/path"),
        ("RECORDINGS_URL", "file:///"),
        ("LLM_BASE_URL", "localhost:8080"),
        ("STT_BASE_URL", "ftp://host"),
        ("LLM_CONCURRENCY", "many"),
        ("LLM_CONCURRENCY", "2.5"),
        ("LLM_CONCURRENCY", "0"),
        ("LLM_PRICE_IN", "-1"),
        ("LLM_PRICE_OUT", "nan"),
        ("FRAMES_PER_SECOND", "0"),
        ("FRAMES_PER_SECOND", "31"),
        ("END_OF_TURN", "guess"),
        ("ICE_SERVERS", "stun:host"),
        ("ICE_SERVERS", '[{"url": "stun:host"}]'),
        ("ICE_SERVERS", '[{"urls": ["http://host"]}]'),
        ("ICE_SERVERS", "{}x"),
        ("ICE_SERVERS", "5"),
        ("TURN_URL", "host:443"),
    ],
)
def test_a_wrong_value_names_the_variable_and_what_to_give(name: str, value: str) -> None:
    with pytest.raises(RehearseError, match=name) as caught:
        load_settings({name: value}, NOWHERE)
    assert caught.value.remedy


def test_a_wrong_database_address_is_not_repeated_because_it_may_hold_a_password() -> None:
    with pytest.raises(RehearseError) as caught:
        _load(DATABASE_URL="mysql://u:hush@host/db")
    assert "hush" not in str(caught.value)


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('LLM_MODEL = "from-file"\nframes_per_second = 8\nICE_SERVERS = [{urls = ["stun:a:1"]}]\n')
    assert _load(file).llm_model == "from-file"
    assert _load(file).frames_per_second == 8.0
    assert _load(file).ice_servers == (IceServer(("stun:a:1",)),)
    assert _load(file, LLM_MODEL="from-outside").llm_model == "from-outside"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"LLM_MODEL = ", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b'LLM_MODLE = "typo"', "LLM_MODLE"),
        (b"LLM_CONCURRENCY = true", "LLM_CONCURRENCY"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(RehearseError, match=message):
        _load(file)


@pytest.mark.parametrize("around", ["\u201c{}\u201d", "\u201e{}\u201c", "\u2018{}\u2019", '"{}"', "'{}'"])
def test_quotes_around_a_key_or_an_address_are_no_part_of_it(around: str, tmp_path: Path) -> None:
    given = {"LLM_API_KEY": around.format("sk"), "STT_BASE_URL": around.format("http://speech.test/v1")}
    settings = load_settings(given, tmp_path / "none.toml")
    assert (settings.llm_api_key, settings.stt_base_url) == ("sk", "http://speech.test/v1")


@pytest.mark.parametrize("given", ["local", "tcp://scheduler:8786", "tls://10.0.0.5:8786"])
def test_a_place_to_compute_is_understood(given: str) -> None:
    assert _load(COMPUTE=given).compute == given


@pytest.mark.parametrize("given", ["dask", "http://scheduler:8786", "tcp://", "scheduler:8786"])
def test_a_place_to_compute_that_cannot_be_one_is_refused(given: str) -> None:
    with pytest.raises(RehearseError, match="COMPUTE"):
        _load(COMPUTE=given)
