"""Everything that can be set from outside, read once at start.

Each value comes from its environment variable, else from `data/local/settings.toml` (same names, upper or
lower case), else from the default. Nothing here opens a file or a connection other than that TOML file.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from data.configuration import SETTINGS
from data.domain import RehearseError
from data.domain.credentials import address_shown

PROJECT_ROOT = Path(__file__).resolve().parent.parent
SETTINGS_FILE = PROJECT_ROOT / "data" / "local" / "settings.toml"
RECORDINGS_HERE = PROJECT_ROOT / "data" / "local" / "recordings"
"""Where recordings are made that a bucket keeps."""
JUDGE_CACHE = PROJECT_ROOT / "data" / "local" / "judge_cache"
"""Replies of judges, with quotes of answers."""
_SCHEME = re.compile(r"[a-z][a-z0-9+]{1,15}")
_QUOTES = (
    "\"'`\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK} "
)
"""What a text editor or an environment file leaves around a key or an address; part of neither."""


@dataclass(frozen=True, slots=True)
class IceServer:
    """One STUN or TURN server for WebRTC."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force. Keys stay out of `repr`. Prices in US dollars per million tokens."""

    database_url: str = field(repr=False)
    recordings_url: str = field(repr=False)
    questions_path: Path
    glossary_path: Path | None
    llm_base_url: str | None = field(repr=False)
    llm_api_key: str | None = field(repr=False)
    llm_model: str
    llm_concurrency: int
    llm_reply_tokens: int
    llm_timeout_seconds: float
    llm_price_in: float | None
    llm_price_out: float | None
    language_model_file: Path
    stt_model_dir: Path | None
    models_dir: Path
    stt_base_url: str | None = field(repr=False)
    stt_api_key: str | None = field(repr=False)
    stt_model: str
    tts_base_url: str | None = field(repr=False)
    tts_api_key: str | None = field(repr=False)
    tts_model: str
    tts_voice: str
    ice_servers: tuple[IceServer, ...] = field(repr=False)
    compute: str
    metrics_token: str | None = field(repr=False)
    log_format: str
    drain_seconds: float
    recording_minutes: float
    frames_per_second: float
    turn_secret: str | None = field(default=None, repr=False)
    admin: str = ""
    open_without_sign_in: str = ""
    sign_in_idle_hours: float = 12.0
    end_of_turn: str = "silence"
    recordings_kept_days: float | None = None

    @property
    def recording_seconds(self) -> float:
        """The longest recording."""
        return self.recording_minutes * 60

    @property
    def llm_configured(self) -> bool:
        """Whether a language model is set here, which goes before one chosen on the Settings page."""
        return bool(self.llm_api_key or self.llm_base_url)

    @property
    def stt_place(self) -> str | None:
        """The server that answers are sent to as sound, in words; None when they stay on this machine."""
        return _place(self.stt_base_url, self.stt_api_key)

    @property
    def tts_place(self) -> str | None:
        """The server that questions are sent to for a voice; None when the browser's own is used."""
        return _place(self.tts_base_url, self.tts_api_key)

    @property
    def database_place(self) -> str:
        """Where results are kept, without user name, password and options."""
        scheme, _, place = self.database_url.partition("://")
        if scheme == "duckdb":
            return place.removeprefix("/")
        return place.rpartition("@")[2].partition("?")[0]

    @property
    def recordings_place(self) -> str | None:
        """The bucket that keeps recordings, in words; None when they stay on this machine."""
        return None if self.recordings_url.startswith("file:") else address_shown(self.recordings_url)

    @property
    def private_paths(self) -> tuple[Path, ...]:
        """The files and folders that hold what people made, and keys."""
        recordings = RECORDINGS_HERE
        if self.recordings_url.startswith("file:"):
            recordings = Path(unquote(urlsplit(self.recordings_url).path))
        kept = [SETTINGS_FILE, self.language_model_file, recordings]
        kept.append(JUDGE_CACHE)
        if self.database_url.startswith("duckdb:///") and not self.database_place.startswith("md:"):
            file = self.database_url.removeprefix("duckdb:///").partition("?")[0]
            kept += [Path(file), Path(f"{file}.wal")]
        return tuple(kept)


def _place(base_url: str | None, key: str | None) -> str | None:
    """A server in words, without user name and password."""
    return address_shown(base_url) if base_url else ("the OpenAI API" if key else None)


def load_settings(environ: Mapping[str, str], file: Path = SETTINGS_FILE) -> Settings:
    """Read all settings; `RehearseError` names the variable that cannot be used."""
    given = _Given(environ, _read_file(file))
    key = given.key("LLM_API_KEY") or given.key("OPENAI_API_KEY")
    return Settings(
        database_url=database_url(given.text("DATABASE_URL")),
        recordings_url=_recordings_url(given.text("RECORDINGS_URL")),
        questions_path=_from_root(given.text("QUESTIONS")),
        glossary_path=given.path("GLOSSARY"),
        llm_base_url=given.http_url("LLM_BASE_URL") or (key and given.http_url("OPENAI_BASE_URL")),
        llm_api_key=key,
        llm_model=given.text("LLM_MODEL"),
        llm_concurrency=int(given.number("LLM_CONCURRENCY", 1, 64, whole=True) or 1),
        llm_reply_tokens=int(given.number("LLM_REPLY_TOKENS", 100, 100_000, whole=True) or 3000),
        llm_timeout_seconds=given.number("LLM_TIMEOUT", 1, 3600) or 60.0,
        llm_price_in=given.number("LLM_PRICE_IN", 0, 10_000),
        llm_price_out=given.number("LLM_PRICE_OUT", 0, 10_000),
        language_model_file=_from_root(given.text("LANGUAGE_MODEL_FILE")),
        stt_model_dir=given.path("STT_MODEL_DIR"),
        models_dir=_from_root(given.text("MODELS_DIR")),
        stt_base_url=given.http_url("STT_BASE_URL"),
        stt_api_key=given.key("STT_API_KEY"),
        stt_model=given.text("STT_MODEL"),
        tts_base_url=given.http_url("TTS_BASE_URL"),
        tts_api_key=given.key("TTS_API_KEY"),
        tts_model=given.text("TTS_MODEL"),
        tts_voice=given.text("TTS_VOICE"),
        ice_servers=_ice_servers(given),
        metrics_token=given.key("METRICS_TOKEN"),
        log_format=given.one_of("LOG_FORMAT", ("text", "json")),
        drain_seconds=given.number("DRAIN_SECONDS", 0, 3600) or 0.0,
        compute=_compute(given.text("COMPUTE").strip()),
        recording_minutes=given.number("RECORDING_MINUTES", 1, 240) or 30.0,
        frames_per_second=given.number("FRAMES_PER_SECOND", 0.5, 30) or 5.0,
        turn_secret=given.text("TURN_SECRET") or None,
        admin=given.text("ADMIN"),
        sign_in_idle_hours=given.number("SIGN_IN_IDLE_HOURS", 0.25, 720) or 12.0,
        open_without_sign_in=given.text("OPEN_WITHOUT_SIGN_IN"),
        recordings_kept_days=given.number("RECORDINGS_KEPT_DAYS", 1, 3650, whole=True),
        end_of_turn=given.one_of("END_OF_TURN", ("silence", "model")),
    )


class _Given:
    """The values as given; an empty one counts as not set."""

    def __init__(self, environ: Mapping[str, str], from_file: Mapping[str, str]) -> None:
        defaults = {setting.name: setting.default for setting in SETTINGS}
        set_outside = {name: environ[name].strip() for name in defaults if environ.get(name, "").strip()}
        self._values = {**defaults, **from_file, **set_outside}

    def text(self, name: str) -> str:
        return self._values[name]

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        value = self.text(name)
        if value not in known:
            raise _bad(name, value, f"Give {' or '.join(known)}.")
        return value

    def path(self, name: str) -> Path | None:
        value = self.text(name)
        return _from_root(value) if value else None

    def key(self, name: str) -> str | None:
        return self.text(name).strip(_QUOTES) or None

    def http_url(self, name: str) -> str | None:
        value = self.text(name).strip(_QUOTES)
        if value and not value.startswith(("http://", "https://")):
            raise _bad_address(name, "Give an address that starts with http:// or https://.")
        return value.rstrip("/") or None

    def number(self, name: str, lowest: float, highest: float, whole: bool = False) -> float | None:
        value = self.text(name)
        if not value:
            return None
        try:
            number = float(int(value) if whole else float(value))
        except ValueError:
            number = float("nan")
        if not lowest <= number <= highest:
            kind = "a whole number" if whole else "a number"
            raise _bad(name, value, f"Give {kind} from {lowest:g} to {highest:g}.")
        return number


def _read_file(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, RecursionError, UnicodeDecodeError, OSError) as error:
        raise RehearseError(f"{file.name} cannot be read: {error}.", "Correct it or move it away.") from error
    known = {setting.name for setting in SETTINGS}
    values: dict[str, str] = {}
    for key, value in content.items():
        if key.upper() not in known:
            raise RehearseError(
                f"{file.name} sets {key}, which Rehearse does not know.", "Check the spelling."
            )
        text = value if isinstance(value, str) else json.dumps(value)
        if text.strip():
            values[key.upper()] = text.strip()
    return values


def _bad(name: str, value: str, remedy: str) -> RehearseError:
    return RehearseError(f"{name} is set to {address_shown(value)!r}, which cannot be used.", remedy)


def _bad_address(name: str, remedy: str) -> RehearseError:
    """The value may hold a password or be a key, so it is not repeated."""
    return RehearseError(f"{name} is not an address Rehearse can use.", remedy)


def _from_root(value: str) -> Path:
    return PROJECT_ROOT / Path(value).expanduser()


def database_url(value: str) -> str:
    """An address of a database as the store takes it; `RehearseError` when it is none."""
    if value.startswith("md:") and value != "md:":
        value = f"duckdb:///{value}"
    scheme, _, rest = value.partition("://")
    if scheme in ("postgresql", "postgres", "postgresql+psycopg") and _is_address(value):
        return f"postgresql+psycopg://{rest}"
    path = rest.removeprefix("/")
    if scheme != "duckdb" or not rest.startswith("/") or not path:
        raise _bad_address(
            "DATABASE_URL",
            "Give duckdb:///folder/file.duckdb or postgresql+psycopg://user:password@host/database; "
            "in a password write @ as %40, : as %3A and / as %2F.",
        )
    return value if path == ":memory:" or path.startswith("md:") else f"duckdb:///{_from_root(path)}"


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return bool(parts.netloc) and parts.netloc.count("@") <= 1 and parts.port != 0
    except ValueError:
        return False


def _recordings_url(value: str) -> str:
    scheme, _, place = value.partition("://")
    if _SCHEME.fullmatch(scheme) and scheme != "file" and place.strip("/"):
        if scheme in ("http", "https") or (scheme in ("s3", "gs", "az") and "@" in place) or " " in value:
            raise _bad_address(
                "RECORDINGS_URL",
                "Give s3://bucket/prefix; its keys stand in the environment, not in the address.",
            )
        return value.rstrip("/")
    if not value.startswith("file:") or not value.removeprefix("file:").strip("/"):
        raise _bad_address(
            "RECORDINGS_URL", "Give file:relative/folder, file:///absolute/folder or s3://bucket/prefix."
        )
    rest = value.removeprefix("file:")
    return _from_root(rest.removeprefix("//")).as_uri()


def _compute(value: str) -> str:
    parts = urlsplit(value)
    if value == "local" or (parts.scheme in ("tcp", "tls") and parts.hostname and _is_address(value)):
        return value
    raise _bad_address("COMPUTE", "Give local, tcp://scheduler:8786 or tls://scheduler:8786.")


def _ice_servers(given: _Given) -> tuple[IceServer, ...]:
    raw = given.text("ICE_SERVERS")
    remedy = 'Give JSON like [{"urls": ["stun:host:3478"]}].'
    try:
        servers = tuple(_ice_server(entry) for entry in json.loads(raw))
    except (ValueError, TypeError, KeyError) as error:
        # It may hold a credential, so it is not repeated.
        raise RehearseError("ICE_SERVERS cannot be understood.", remedy) from error
    turn = given.text("TURN_URL")
    if not turn:
        return servers
    if not turn.startswith(("turn:", "turns:")):
        raise _bad_address("TURN_URL", "Give turn:host:port or turns:host:port.")
    extra = IceServer((turn,), given.text("TURN_USERNAME") or None, given.text("TURN_CREDENTIAL") or None)
    return (*servers, extra)


def _ice_server(entry: Mapping[str, object]) -> IceServer:
    urls = entry["urls"]
    listed = (urls,) if isinstance(urls, str) else tuple(str(url) for url in _as_list(urls))
    if not listed or not all(url.startswith(("stun:", "stuns:", "turn:", "turns:")) for url in listed):
        raise ValueError("urls")
    username, credential = entry.get("username"), entry.get("credential")
    return IceServer(listed, str(username) if username else None, str(credential) if credential else None)


def _as_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a list is needed")
    return value
