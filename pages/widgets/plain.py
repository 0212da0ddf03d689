"""Data on a page is text: whoever wrote it, it makes no link, no picture, no colour and no list of ours.

Streamlit reads Markdown, colours, icons and formulas in nearly everything that is drawn. What people, files
and models wrote goes through here first; a convention test holds every page to it.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_\[\]<>&$~|^{}]|:(?=[A-Za-z])")
_AT_START = re.compile(r"[#+\-=:!]|\d+(?=[.)])")
_ADDRESS = re.compile(r"(https?:|ftp:|www(?=\.))", re.IGNORECASE)
_NAMED = re.compile(r":(?=[A-Za-z0-9_+\-/]+:)|@(?=[A-Za-z0-9_\-])")
"""Begins the name of an icon (:smile:) or the host of a mail address; a backslash stops neither."""
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that turn the direction of what follows, also beyond the text they stand in; marks of byte order."""
_JOIN = "\u2060"
"""Stands unseen in an address or a name of an icon: written out, they become a link or the icon."""


def plain(data: object) -> str:
    """The data as one line of Markdown that shows it as it is."""
    return _escaped(" ".join(_UNSEEN.sub("", str(data)).split()))


def plain_lines(data: object) -> str:
    """The same for a longer text: its lines stay lines."""
    lines = [plain(line) for line in str(data).splitlines()]
    return "  \n".join(line or "\u00a0" for line in lines).strip()


def _escaped(text: str) -> str:
    line = _NAMED.sub(rf"\g<0>{_JOIN}", text)
    start = _AT_START.match(line)
    escaped = _SIGNS.sub(r"\\\g<0>", line[start.end() :] if start else line)
    if start:
        escaped = _start(start[0]) + escaped
    return _ADDRESS.sub(rf"\1{_JOIN}", escaped)


def _start(sign: str) -> str:
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"
