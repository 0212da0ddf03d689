"""Credentials in addresses and texts, which are never shown: user name, password, token."""

from __future__ import annotations

import re

_CREDENTIALS = re.compile(r"((?:://(?!/))|\b(?:stuns?|turns?):)[^\s\"'<>]{0,400}@", re.IGNORECASE)
"""Up to the last @: a password with a slash in it is against the rules of addresses, and a password."""
_NAMED = re.compile(r"\b(password|passwd|secret|token|(?:api[_-]?)?key)=[^\s&\"']+", re.IGNORECASE)


def without_credentials(text: str) -> str:
    """The text with the addresses in it, and without `user:password@` and `password=...` of them."""
    return _NAMED.sub(r"\1=…", _CREDENTIALS.sub(r"\1", text))
