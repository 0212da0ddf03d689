"""Who may reach this server: people of this machine, people who sign in, or, when that is unclear, nobody.

Decided once at start, from what is given, and closed: what cannot be read refuses to serve.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from data.domain import RehearseError

SHORTEST_SECRET = 32
_DEEPEST = 20
"""Tables in one another; sign-in needs two, and whoever passes them on walks down all of them."""
_CALLBACK = "/oauth2callback"
_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_NEW_SECRET = "python3 -c 'import secrets; print(secrets.token_hex(32))' makes one."
_RESTART = "Correct it and start again; nothing is served until then."


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the secrets files say, and where each of their sections begins ("file, line 3")."""

    content: Mapping[str, Any] = field(default_factory=dict, repr=False)
    lines: Mapping[str, str] = field(default_factory=dict)

    def line(self, section: str) -> str:
        """Where a section is, for a message."""
        return self.lines.get(section) or self.lines.get("auth") or "The secrets"


@dataclass(frozen=True, slots=True)
class Door:
    """Who is let in. `local`: one candidate on this machine. `hosted`: people sign in. `refused`: nobody."""

    kind: Literal["local", "hosted", "refused"]
    names: frozenset[str] = frozenset()
    """Host names it is reached under, beside those of this machine where it is local."""
    public: str = ""
    """Scheme and host that people use, where they sign in."""
    auth: Mapping[str, Any] = field(default_factory=dict, repr=False)
    why: RehearseError | None = None
    """Why nobody is let in."""

    @property
    def is_https(self) -> bool:
        """Whether people reach it over HTTPS, known by the address they come back to."""
        return self.public.startswith("https://")

    @property
    def is_for_this_machine(self) -> bool:
        """Whether only this machine may connect."""
        return self.kind == "local" and not self.names

    def takes_host(self, host: str) -> bool:
        """Whether a request may carry this Host header: another page may have made its own name lead here."""
        name = _host_name(host)
        return bool(name) and (name in self.names or (self.kind == "local" and is_loopback(name)))

    def takes_origin(self, origin: str, host: str) -> bool:
        """Whether a page of `origin` may talk to the server under `host`: only the server's own pages."""
        scheme, _, rest = origin.partition("://")
        return rest == host and scheme in (("https",) if self.is_https else ("http", "https"))


def refused(why: RehearseError) -> Door:
    """A door that stays shut."""
    return Door("refused", why=why)


def read_secrets(files: Iterable[Path], must_exist: bool = False) -> Secrets:
    """The secrets of all files, later ones win.

    A file that is not there counts as empty, unless somebody named it (`must_exist`); one that is there and
    cannot be read raises `RehearseError` with its line.
    """
    content: dict[str, Any] = {}
    lines: dict[str, str] = {}
    for file in files:
        text = _text_of(file, must_exist)
        try:
            found = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise RehearseError(f"{file} is not well-formed TOML: {error}.", _RESTART) from error
        if _is_deeper(found, _DEEPEST):
            raise RehearseError(f"{file} is nested deeper than {_DEEPEST} tables.", _RESTART)
        content.update(found)
        lines.update(_sections(file, text))
    return Secrets(content, lines)


def _is_deeper(found: Any, depth: int) -> bool:
    """Whether tables and lists lie in one another more than `depth` deep; stops where they do."""
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return any(isinstance(one, dict | list) and (depth <= 1 or _is_deeper(one, depth - 1)) for one in inner)


def decide(
    secrets: Secrets, *, admin: str = "", address: str = "127.0.0.1", port: int = 8501, open_to: str = ""
) -> Door:
    """Who may reach a server that listens at `address`; `RehearseError` when it must not serve.

    `admin` and `open_to` are the settings ADMIN and OPEN_WITHOUT_SIGN_IN.
    """
    if "auth" in secrets.content:
        return _hosted(secrets, admin, port)
    if admin:
        raise RehearseError(
            "ADMIN is set, but the secrets have no section [auth], so nobody could sign in.",
            "Add [auth] to .streamlit/secrets.toml (docs/hosting.md), or unset ADMIN on your own machine.",
        )
    names = frozenset(name.strip(" .").lower() for name in open_to.split(",") if name.strip(" ."))
    if not is_loopback(address) and not names:
        raise RehearseError(
            f"The server listens at {address or 'every address'}, where other machines reach it, and nobody "
            "signs in.",
            "Let people sign in (docs/hosting.md), set server.address to 127.0.0.1, or name in "
            "OPEN_WITHOUT_SIGN_IN the host names under which everybody may read and erase everything.",
        )
    return Door("local", names)


def is_loopback(address: str) -> bool:
    """Whether an address or a host name is this machine's own."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _hosted(secrets: Secrets, admin: str, port: int) -> Door:
    auth = secrets.content["auth"]
    if not isinstance(auth, Mapping):
        raise _incomplete(secrets, "auth", "must be a section, [auth]")
    public = _public(secrets, auth, port)
    if len(_text(auth, "cookie_secret")) < SHORTEST_SECRET:
        problem = f"needs a cookie_secret of at least {SHORTEST_SECRET} characters"
        raise _incomplete(secrets, "auth", problem, _NEW_SECRET)
    named = {name: section for name, section in auth.items() if _is_provider(section)}
    if "client_id" in auth or not named:
        _require_provider(secrets, "auth", auth)
    for name, section in named.items():
        _require_provider(secrets, f"auth.{name}", section)
        if "_" in name:
            raise _incomplete(secrets, f"auth.{name}", "may have no underscore in its name")
    if len(named) + ("client_id" in auth) > 1 and admin and " " not in admin.strip():
        raise RehearseError(
            "ADMIN is an e-mail address, and several providers stand side by side: each could say that "
            "somebody has it.",
            "Set ADMIN to `issuer subject` of the one person, separated by a space.",
        )
    return Door("hosted", frozenset({urlsplit(public).hostname or ""}), public, auth)


def _public(secrets: Secrets, auth: Mapping[str, Any], port: int) -> str:
    back = _text(auth, "redirect_uri").replace("{port}", str(port))
    parts = urlsplit(back)
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.endswith(_CALLBACK):
        raise _incomplete(secrets, "auth", f"needs a redirect_uri like https://YOUR-HOST{_CALLBACK}")
    return f"{parts.scheme}://{parts.netloc}"


def _is_provider(section: object) -> bool:
    return isinstance(section, Mapping) and any(key in section for key in _PROVIDER)


def _require_provider(secrets: Secrets, name: str, section: Mapping[str, Any]) -> None:
    missing = [key for key in _PROVIDER if not _text(section, key)]
    if missing:
        raise _incomplete(secrets, name, f"has no {', '.join(missing)}")


def _text(section: Mapping[str, Any], key: str) -> str:
    value = section.get(key)
    return value.strip() if isinstance(value, str) else ""


def _incomplete(secrets: Secrets, section: str, problem: str, remedy: str = "") -> RehearseError:
    return RehearseError(f"{secrets.line(section)}: [{section}] {problem}.", f"{remedy} {_RESTART}".strip())


def _text_of(file: Path, must_exist: bool) -> str:
    if file.suffix != ".toml":
        raise RehearseError(f"Secrets cannot be read from {file}.", "Name a .toml file in secrets.files.")
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, FileNotFoundError) and not must_exist and not file.is_symlink():
            return ""
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise RehearseError(f"{file} cannot be read: {reason}.", _RESTART) from error


def _sections(file: Path, text: str) -> dict[str, str]:
    """The line on which each section begins; only for messages."""
    begins = re.compile(r"\s*\[\s*([\w.\-]+)\s*\]|\s*(auth)\s*=")
    found = ((number, begins.match(line)) for number, line in enumerate(text.splitlines(), start=1))
    return {match[1] or match[2]: f"{file}, line {number}" for number, match in found if match}


def _host_name(host: str) -> str:
    """The name in a Host header, without its port; empty when it is not one."""
    try:
        parts = urlsplit(f"//{host}")
        well_formed = parts.port is None or parts.port >= 0
    except ValueError:
        return ""
    extra = parts.username, parts.password, parts.path or None, parts.query or None, parts.fragment or None
    if not well_formed or any(part is not None for part in extra):
        return ""
    return (parts.hostname or "").rstrip(".")
