"""The one language model of this server: set where the server is started, else chosen in Settings.

What was chosen stands in one file for the owner of the process alone, because a key may be in it. The file is
written whole or not at all, and one that cannot be read connects nothing.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from data.access import Viewer, may_configure
from data.domain import RehearseError
from data.front_door import is_loopback
from data.settings import Settings

Kind = Literal["address", "installed", "file"]
OPENAI = "https://api.openai.com/v1"
HERE = "this computer"
_KINDS: tuple[Kind, ...] = ("address", "installed", "file")
_AROUND = " \t\r\n\"'`\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_RELAYED = re.compile(r"[:-]cloud$")
"""Ends the names under which a program on this computer offers a model that runs at its maker's."""
_GGUF = b"GGUF"
"""Begins every file of that format."""
_WHOLE_PATH = "Give the whole path of a GGUF file, like /home/you/models/model.gguf."
_LARGEST_FILE_BYTES = 100_000
_REMEDY = "Connect the model again under Settings."


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A connected model. Prices in US dollars per million tokens. Address and key stay out of `repr`.

    `model` is the name that the server, the table of models or the file has for it.
    """

    kind: Kind
    model: str
    base_url: str = field(default="", repr=False)
    """Of the kind "address" only; may hold credentials."""
    api_key: str = field(default="", repr=False)
    file: Path | None = None
    """What runs here, of the kinds "installed" and "file"."""
    since: datetime | None = None
    """When it was connected; None for one that was set where the server is started."""
    from_environment: bool = False
    price_in: float | None = None
    price_out: float | None = None

    @property
    def place(self) -> str:
        """Where it runs, for a person to read: a host without credentials, or this computer."""
        if self.kind != "address":
            return HERE
        parts = _split(self.base_url)
        host, port = parts.hostname or "an address that cannot be read", _port(parts)
        at = f"{host}:{port}" if port else host
        if not is_loopback(host):
            return at
        return f"{at}, which passes it on to its maker's servers" if self._is_relayed else f"{at} on {HERE}"

    @property
    def leaves(self) -> bool:
        """Whether words that are sent to it leave this computer."""
        away = self.kind == "address" and not is_loopback(_split(self.base_url).hostname or "")
        return away or self._is_relayed

    @property
    def is_readable_on_the_way(self) -> bool:
        """Whether words and key travel to another computer without encryption."""
        return self.leaves and _split(self.base_url).scheme == "http" and not self._is_relayed

    @property
    def _is_relayed(self) -> bool:
        return self.kind == "address" and _RELAYED.search(self.model) is not None


def connected(settings: Settings) -> LanguageModel | None:
    """The model that is connected now; None when there is none.

    Cheap enough to ask at every run of a page. Raises `RehearseError` when the choice cannot be read.
    """
    if settings.llm_configured:
        return LanguageModel(
            "address",
            settings.llm_model,
            settings.llm_base_url or OPENAI,
            settings.llm_api_key or "",
            from_environment=True,
            price_in=settings.llm_price_in,
            price_out=settings.llm_price_out,
        )
    file = settings.language_model_file
    try:
        state = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unreadable(error.strerror or "it cannot be opened") from error
    return _kept(file, state.st_mtime_ns, state.st_ino, state.st_size)


def connect(settings: Settings, viewer: Viewer, chosen: LanguageModel) -> LanguageModel:
    """Use this model from now on, in place of any other; as it is kept.

    Raises `RehearseError` when the choice is not this viewer's to make or cannot be kept.
    """
    _may_choose(settings, viewer)
    kept = replace(chosen, since=datetime.now(UTC).replace(microsecond=0), from_environment=False)
    content = {
        "kind": kept.kind,
        "model": kept.model,
        "base_url": kept.base_url,
        "api_key": kept.api_key,
        "file": str(kept.file) if kept.file else None,
        "since": kept.since.isoformat() if kept.since else None,
        "price_in": kept.price_in,
        "price_out": kept.price_out,
    }
    _write(settings.language_model_file, json.dumps(content))
    return kept


def disconnect(settings: Settings, viewer: Viewer) -> None:
    """Use no model from now on; its key is removed with it. Raises `RehearseError` like `connect`."""
    _may_choose(settings, viewer)
    _kept.cache_clear()
    try:
        settings.language_model_file.unlink(missing_ok=True)
    except OSError as error:
        raise RehearseError(
            f"The connection could not be removed ({error.strerror}).",
            f"Delete {settings.language_model_file} by hand.",
        ) from error


def usable_address(typed: str) -> str:
    """The base URL in what somebody typed or pasted. Raises `RehearseError` when there is none."""
    text = typed.strip(_AROUND)
    text = text if "://" in text or not text else f"{'http' if _is_here(text) else 'https'}://{text}"
    parts = _split(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise RehearseError(
            "That is not an address a model can be asked at.",
            "Give one like https://api.openai.com/v1 or http://127.0.0.1:8080/v1.",
        )
    whole = text.partition("?")[0].partition("#")[0]
    return re.sub(r"/(?:chat/completions|completions|models)$", "", whole.rstrip("/")).rstrip("/")


def usable_key(typed: str) -> str:
    """The key in what somebody typed or pasted, without what an editor left around it."""
    return typed.strip(_AROUND)


def usable_file(typed: str) -> Path:
    """The model file at a path that somebody typed. Raises `RehearseError` when it is not one."""
    path = typed.strip(_AROUND)
    if not path:
        raise RehearseError("No file is named.", _WHOLE_PATH)
    try:
        file = Path(path).expanduser()
        with file.open("rb") as opened:
            is_model = opened.read(len(_GGUF)) == _GGUF
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: "~" of nobody
        told = (isinstance(error, OSError) and error.strerror) or "it is not a path"
        raise RehearseError(f"That file cannot be opened: {told}.", _WHOLE_PATH) from error
    if not file.is_absolute():
        raise RehearseError("That is not the whole path of a file.", _WHOLE_PATH)
    if not is_model:
        raise RehearseError(
            f"{file.name} is not a model in the GGUF format.",
            "Choose a file whose name ends in .gguf; other formats can be converted with llama.cpp.",
        )
    return file


def _may_choose(settings: Settings, viewer: Viewer) -> None:
    if not may_configure(viewer):
        raise RehearseError("Only an administrator chooses the language model of this server.")
    if settings.llm_configured:
        raise RehearseError(
            "The language model is set where this server is started.",
            "Unset LLM_BASE_URL, LLM_API_KEY and OPENAI_API_KEY there and start again to choose one here.",
        )


def _write(file: Path, text: str) -> None:
    """The file is there whole or as it was, also after a crash, and never readable by others."""
    part = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        number, part = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)  # for its owner only
        with os.fdopen(number, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(file)
    except OSError as error:
        if part is not None:
            with suppress(OSError):
                Path(part).unlink()
        raise RehearseError(
            f"The connection could not be kept in {file.parent} ({error.strerror or error}).",
            "Make room there, or set LANGUAGE_MODEL_FILE to a file in another folder.",
        ) from error


@lru_cache(maxsize=8)
def _kept(file: Path, changed_ns: int, number: int, size: int) -> LanguageModel:
    """What the file says; read again only when it has changed."""
    if size > _LARGEST_FILE_BYTES:
        raise _unreadable("it is far too large")
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return _understood(content)
    except OSError as error:
        raise _unreadable(error.strerror or "it cannot be opened") from error
    except (ValueError, RecursionError, KeyError, TypeError, RehearseError):
        # Its content may be a key, so nothing of it is repeated, not even in the cause.
        raise _unreadable("it is damaged") from None


def _understood(content: Mapping[str, Any]) -> LanguageModel:
    kind: Kind = _KINDS[_KINDS.index(content["kind"])]
    since = datetime.fromisoformat(_text(content["since"]))
    if since.tzinfo is None or (kind == "address") != (content["file"] is None):
        raise ValueError
    return LanguageModel(
        kind,
        _text(content["model"]),
        usable_address(_text(content["base_url"])) if kind == "address" else "",
        _text(content["api_key"]),
        Path(_text(content["file"])) if content["file"] is not None else None,
        since,
        price_in=_price(content["price_in"]),
        price_out=_price(content["price_out"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _price(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 10_000:
        raise ValueError
    return float(value)


def _unreadable(why: str) -> RehearseError:
    return RehearseError(f"The file with the chosen language model cannot be read: {why}.", _REMEDY)


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port, parts.hostname
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def _port(parts: SplitResult) -> int | None:
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return None if parts.port == usual else parts.port


def _is_here(text: str) -> bool:
    return is_loopback(_split(f"//{text}").hostname or "")
