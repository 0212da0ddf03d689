"""The model chosen in Settings is kept with its key for one person only, whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.access import LOCAL, Viewer
from data.domain import RehearseError
from data.language_model import (
    OPENAI,
    LanguageModel,
    connect,
    connected,
    disconnect,
    usable_address,
    usable_file,
    usable_key,
)
from data.settings import Settings, load_settings

KEY = "sk-never-to-be-seen"
CHOSEN = LanguageModel("address", "m", "https://ada:hunter2@llm.example/v1", KEY, price_in=1.0, price_out=4.0)


def settings(folder: Path, **given: str) -> Settings:
    file = folder / "kept" / "language_model.json"
    return load_settings({"LANGUAGE_MODEL_FILE": str(file), **given}, folder / "none.toml")


def test_by_itself_no_model_is_connected(tmp_path: Path) -> None:
    assert connected(settings(tmp_path)) is None


def test_a_chosen_model_is_connected_from_then_on_with_its_key_and_price(tmp_path: Path) -> None:
    kept = connect(settings(tmp_path), LOCAL, CHOSEN)
    found = connected(settings(tmp_path))
    assert found == kept
    assert found.since is not None and found.since.tzinfo is not None
    assert (found.api_key, found.price_in, found.price_out, found.from_environment) == (KEY, 1.0, 4.0, False)


def test_a_model_that_runs_here_is_connected_by_its_file(tmp_path: Path) -> None:
    connect(settings(tmp_path), LOCAL, LanguageModel("file", "own.gguf", file=tmp_path / "own.gguf"))
    found = connected(settings(tmp_path))
    assert found is not None and found.file == tmp_path / "own.gguf"
    assert (found.place, found.leaves) == ("this computer", False)


def test_another_choice_counts_at_once(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        connect(settings(tmp_path), LOCAL, LanguageModel("address", name, "http://127.0.0.1:1/v1"))
        found = connected(settings(tmp_path))
        assert found is not None and found.model == name


def test_the_file_is_its_owners_only_also_where_others_may_read_the_folder(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        connect(settings(tmp_path), LOCAL, CHOSEN)
    finally:
        os.umask(before)
    file = settings(tmp_path).language_model_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file in settings(tmp_path).private_paths
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_disconnecting_removes_the_key(tmp_path: Path) -> None:
    connect(settings(tmp_path), LOCAL, CHOSEN)
    disconnect(settings(tmp_path), LOCAL)
    assert connected(settings(tmp_path)) is None
    assert list(settings(tmp_path).language_model_file.parent.iterdir()) == []
    disconnect(settings(tmp_path), LOCAL)


@pytest.mark.parametrize(
    "viewer", [Viewer("carl"), Viewer("ines", "instructor", frozenset({"c1"}))], ids=lambda one: one.role
)
def test_where_people_sign_in_only_an_administrator_chooses(tmp_path: Path, viewer: Viewer) -> None:
    with pytest.raises(RehearseError, match="administrator"):
        connect(settings(tmp_path), viewer, CHOSEN)
    connect(settings(tmp_path), Viewer("ada", "admin"), CHOSEN)
    with pytest.raises(RehearseError, match="administrator"):
        disconnect(settings(tmp_path), viewer)
    assert connected(settings(tmp_path)) is not None


def test_what_is_set_where_the_server_starts_wins_and_nothing_can_be_chosen_beside_it(tmp_path: Path) -> None:
    connect(settings(tmp_path), LOCAL, CHOSEN)
    outside = settings(tmp_path, LLM_BASE_URL="http://127.0.0.1:9/v1", LLM_MODEL="outside", LLM_PRICE_IN="2")
    found = connected(outside)
    assert found is not None and found.from_environment
    assert (found.model, found.since, found.price_in) == ("outside", None, 2.0)
    with pytest.raises(RehearseError, match="where this server is started"):
        connect(outside, LOCAL, CHOSEN)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"OPENAI_API_KEY": "k"}, OPENAI),
        ({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://proxy.test/v1"}, "http://proxy.test/v1"),
        (
            {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://p.test", "LLM_BASE_URL": "http://l.test"},
            "http://l.test",
        ),
    ],
)
def test_a_key_alone_means_openai_and_where_it_goes_is_what_the_page_says(
    tmp_path: Path, given: dict[str, str], place: str
) -> None:
    found = connected(settings(tmp_path, **given))
    assert found is not None and found.base_url == place


def test_an_address_of_openai_without_a_key_connects_nothing(tmp_path: Path) -> None:
    assert connected(settings(tmp_path, OPENAI_BASE_URL="http://proxy.test/v1")) is None


@pytest.mark.parametrize(
    ("address", "model", "place", "leaves"),
    [
        ("https://ada:hunter2@llm.example/v1", "m", "llm.example", True),
        ("http://llm.example:8000/v1", "m", "llm.example:8000", True),
        ("https://api.openai.com:443/v1", "m", "api.openai.com", True),
        ("http://127.0.0.1:11434/v1", "m", "127.0.0.1:11434 on this computer", False),
        ("http://[::1]:8080/v1", "m", "::1:8080 on this computer", False),
        ("http://localhost:1234/v1", "m", "localhost:1234 on this computer", False),
        ("http://127.0.0.1.evil.example/v1", "m", "127.0.0.1.evil.example", True),
        ("http://127.0.0.1:80@evil.example/v1", "m", "evil.example", True),
        ("http://192.168.1.4:8080/v1", "m", "192.168.1.4:8080", True),
        ("http://[broken/v1", "m", "an address that cannot be read", True),
    ],
)
def test_the_place_is_told_without_credentials_and_whether_words_leave(
    address: str, model: str, place: str, leaves: bool
) -> None:
    found = LanguageModel("address", model, address, KEY)
    assert (found.place, found.leaves) == (place, leaves)


@pytest.mark.parametrize("name", ["gpt-oss:120b-cloud", "glm-5:cloud"])
def test_a_program_here_that_passes_words_on_to_its_makers_servers_is_not_this_computer(name: str) -> None:
    found = LanguageModel("address", name, "http://127.0.0.1:11434/v1")
    assert found.leaves and "on this computer" not in found.place


def test_an_unencrypted_way_to_another_computer_is_known() -> None:
    assert LanguageModel("address", "m", "http://llm.example/v1").is_readable_on_the_way
    assert not LanguageModel("address", "m", "https://llm.example/v1").is_readable_on_the_way
    assert not LanguageModel("address", "m", "http://127.0.0.1:1/v1").is_readable_on_the_way


def test_key_and_password_are_in_no_text_of_it(tmp_path: Path) -> None:
    kept = connect(settings(tmp_path), LOCAL, CHOSEN)
    for text in (repr(kept), str(kept), kept.place, repr(settings(tmp_path))):
        assert KEY not in text and "hunter2" not in text


DAMAGED = [
    b"",
    b"{",
    b"\xff\xfe",
    b"null",
    b"[]",
    b'"%b"' % KEY.encode(),
    b"[" * 100_000,
    b" " * 200_000,
]


def whole(**other: object) -> bytes:
    content = {
        "kind": "address",
        "model": "m",
        "base_url": "http://127.0.0.1:1/v1",
        "api_key": KEY,
        "file": None,
        "since": "2026-11-29T12:00:00+00:00",
        "price_in": None,
        "price_out": None,
    }
    return json.dumps({**content, **other}).encode()


@pytest.mark.parametrize(
    "content",
    [
        *DAMAGED,
        whole(kind="remote"),
        whole(kind=None),
        whole(base_url=""),
        whole(base_url="ftp://x"),
        whole(base_url=3),
        whole(model=None),
        whole(api_key=["k"]),
        whole(kind="file"),
        whole(file="/x.gguf"),
        whole(since="yesterday"),
        whole(since="2026-11-29T12:00:00"),
        whole(price_in="1"),
        whole(price_out=-1),
        whole(price_in=True),
    ],
    ids=lambda content: content[:30].decode("latin-1"),
)
def test_a_file_that_cannot_be_read_is_told_plainly_and_connects_nothing(
    tmp_path: Path, content: bytes
) -> None:
    file = settings(tmp_path).language_model_file
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(RehearseError, match="cannot be read") as told:
        connected(settings(tmp_path))
    assert KEY not in str(told.value) and told.value.__cause__ is None
    connect(settings(tmp_path), LOCAL, CHOSEN)
    assert connected(settings(tmp_path)) is not None


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    file = settings(tmp_path).language_model_file
    file.parent.mkdir()
    file.write_bytes(whole())
    assert connected(settings(tmp_path)) is not None


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    settings(tmp_path).language_model_file.mkdir(parents=True)
    with pytest.raises(RehearseError, match="cannot be read"):
        connected(settings(tmp_path))
    with pytest.raises(RehearseError, match="could not be kept"):
        connect(settings(tmp_path), LOCAL, CHOSEN)
    with pytest.raises(RehearseError, match="could not be removed"):
        disconnect(settings(tmp_path), LOCAL)


def test_a_reader_beside_a_writer_sees_one_choice_or_the_other_whole(tmp_path: Path) -> None:
    given, seen, over = settings(tmp_path), set(), threading.Event()
    names = {f"{number} {'x' * 1000 * number}" for number in range(3)}
    connect(given, LOCAL, LanguageModel("address", next(iter(names)), "http://127.0.0.1:1/v1"))

    def look() -> None:
        while not over.is_set():
            found = connected(given)
            seen.add(found.model if found else None)

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(20):
        for name in names:
            connect(given, LOCAL, LanguageModel("address", name, "http://127.0.0.1:1/v1"))
    over.set()
    reader.join()
    assert seen <= names


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com/v1"),
        (" “http://127.0.0.1:8080/v1/” ", "http://127.0.0.1:8080/v1"),
        ("127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
        ("localhost:11434", "http://localhost:11434"),
        ("llm.example/v1", "https://llm.example/v1"),
        ("https://llm.example/v1/chat/completions", "https://llm.example/v1"),
        ("https://llm.example/v1/models?x=1#y", "https://llm.example/v1"),
    ],
)
def test_an_address_is_read_as_people_paste_it(typed: str, address: str) -> None:
    assert usable_address(typed) == address


@pytest.mark.parametrize(
    "typed", ["", "  ", "ftp://x/v1", "http://", "http://a b/v1", "http://[::1/v1", "file:///etc"]
)
def test_what_is_no_address_is_told(typed: str) -> None:
    with pytest.raises(RehearseError, match="not an address"):
        usable_address(typed)


def test_a_model_file_is_taken_by_its_whole_path(tmp_path: Path) -> None:
    file = tmp_path / "own model.gguf"
    file.write_bytes(b"GGUF and more")
    assert usable_file(f' "{file}" ') == file


@pytest.mark.parametrize("content", [b"", b"GGU", b"PK 3", b"gguf"])
def test_a_file_that_is_no_model_is_told_before_it_is_chosen(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "own.gguf"
    file.write_bytes(content)
    with pytest.raises(RehearseError, match="GGUF"):
        usable_file(str(file))


@pytest.mark.parametrize("typed", ["", "  ", '""'])
def test_no_path_at_all_is_told_as_such(typed: str) -> None:
    with pytest.raises(RehearseError, match="No file is named"):
        usable_file(typed)


@pytest.mark.parametrize(
    "typed", ["none.gguf", "~nobody-of-that-name/x.gguf", "/none/there.gguf", "a\0b", "/", "x" * 5000]
)
def test_a_path_that_leads_to_no_file_is_told(typed: str) -> None:
    with pytest.raises(RehearseError, match="cannot be opened"):
        usable_file(typed)


def test_a_key_is_taken_without_the_quotes_around_it() -> None:
    assert usable_key(' "sk-1"\n') == "sk-1"


@given(some.text(max_size=60))
def test_anything_typed_is_an_address_or_told(typed: str) -> None:
    try:
        found = usable_address(typed)
    except RehearseError:
        return
    assert found.startswith(("http://", "https://"))
    assert LanguageModel("address", "m", found).place
