"""Credentials in addresses and texts, which are never shown: user name, password, token."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from urllib.parse import unquote

SHORTEST_SECRET = 6
"""Characters; what is shorter ("none", "key") is no secret, and may stand in any sentence."""
_WORD_WITH_AT = re.compile(r"\S*@\S*")
_BEGINS = re.compile(r"://(?!/)|\b(?:stuns?|turns?):(?://)?", re.IGNORECASE)
"""What stands before `user:password@` in an address."""
_FILE_OR_MAIL = re.compile(r":///|^\W*mailto:", re.IGNORECASE)
_NO_PORT = re.compile(r":(?!\d*$)[^\]:]*$")
"""What stands where a port belongs, and is none."""
_NAMED = re.compile(
    r"\b([\w-]{0,40}(?:password|passwd|secret|token|key|sig|signature|auth|credential)s?)=[^\s&\"']+",
    re.IGNORECASE,
)


def without_credentials(text: str) -> str:
    """The text with the addresses in it, and without `user:password@` and `password=...` of them.

    Also of an address whose scheme was forgotten. A password with a blank in it is found only in an address
    on its own: `address_shown`.
    """
    return _NAMED.sub(r"\1=…", _WORD_WITH_AT.sub(lambda found: _cut(found[0]), text))


def address_shown(address: str) -> str:
    """One address as it is shown: without user, password, options and mark, whatever signs are in them."""
    begins, at = _BEGINS.search(address), address.rfind("@")
    scheme = address[: begins.end()] if begins else ""
    rest = re.split(r"[?#&;]", address[max(at + 1, len(scheme)) :], maxsplit=1)[0]
    host, slash, path = rest.partition("/")
    return scheme + _NO_PORT.sub("", host) + slash + path


def secrets_of(address: str, key: str = "") -> tuple[str, ...]:
    """What of an address and a key is nobody's to read, the longest first; see `scrubbed`."""
    begins, at = _BEGINS.search(address), address.rfind("@")
    login = address[begins.end() if begins else 0 : max(at, 0)]
    user, _, password = login.partition(":")
    options = [option.partition("=")[2] or option for option in re.split(r"[?#&;]", address[at + 1 :])[1:]]
    found = {key, login, unquote(login), password or user, unquote(password or user), *options}
    found |= {_as_sent(one) for one in (login, unquote(login)) if one}
    found |= {unquote(option) for option in options}
    return tuple(sorted((one for one in found if len(one) >= SHORTEST_SECRET), key=len, reverse=True))


def scrubbed(text: str, secrets: Iterable[str]) -> str:
    """A server's own words without these secrets: it may repeat what it was sent."""
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


def _as_sent(login: str) -> str:
    """A login as the header of a request has it; RFC 7617."""
    return base64.b64encode(login.encode()).decode()


def _cut(word: str) -> str:
    """The word without what stands in it before its last @: also with a slash, which is against the rules."""
    at = word.rindex("@")
    begins = _BEGINS.search(word, 0, at)
    if begins is not None:
        return word[: begins.end()] + word[at + 1 :]
    if ":" not in word[:at] or _FILE_OR_MAIL.search(word):
        return word
    opened = re.match(r"[\"'(<\[{]*", word)
    return (opened[0] if opened else "") + word[at + 1 :]
