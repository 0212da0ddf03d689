"""The part of a sketch that may become a picture in somebody else's browser.

What draws it takes settings, style sheets, links and pictures from the text, and would fetch them from
anywhere. Front matter, directives and comments never reach it; a line that could make a browser fetch or
follow something is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\r|\n")
"""Where the program that draws sees a line end."""
_COMMENT = "%%"
_NOT_DRAWN = "images, links, style sheets, “url(” and “@{”"
_NODE_SETTINGS = re.compile(r"@\{([^}]*)(\}?)")
_LINKS = re.compile(
    r"(?:^|;)\s*(?:click\s|href\s|callback\s|link\s+[^\s:]+\s+\"|(?:links?|properties)\s+[^\s:]+\s*:)",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"<[\s/]*(?:a|audio|base|embed|foreignobject|form|iframe|image|img|input|link|meta|object|script|source"
    r"|style|svg|use|video)\b",
    re.IGNORECASE,
)
_FETCHES = re.compile(r"@import|url\(|image-set\(|!\[|\$sprite|\$link|javascript:")
"""In small letters, without blanks."""
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|&#(\d{1,7});|&#[xX]([0-9a-fA-F]{1,6});|#(\d{1,7});")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+|/\*[^*]*\*/")


@dataclass(frozen=True, slots=True)
class Drawable:
    """The text to draw, and the lines, counted from 1, that it leaves out for what they would fetch."""

    text: str
    left_out: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """What is not in the picture, or nothing."""
        if not self.left_out:
            return ""
        listed = ", ".join(str(number) for number in self.left_out[:5])
        return f"Line {listed} is not in the picture: {_NOT_DRAWN} are not drawn."


def drawable(text: str, kind_line: int, unread: Collection[int] = ()) -> Drawable:
    """What may be drawn of a text whose diagram begins in `kind_line`; lines that are `unread` are not."""
    kept: list[str] = []
    left_out: list[int] = []
    inside = False
    for number, line in enumerate(LINE_END.split(text), start=1):
        if number < kind_line:
            continue
        rest, inside = _after_settings(line) if inside else (line, False)
        settings = _NODE_SETTINGS.search(rest)
        inside = inside or (settings is not None and not settings[2])
        if _COMMENT in line or number in unread:
            continue
        if inside or rest is not line or fetches(line):
            left_out.append(number)
        else:
            kept.append(line)
    return Drawable("\n".join(kept), tuple(left_out))


def fetches(line: str) -> bool:
    """Whether a line may make a browser load or offer an address, however it is spelled."""
    if "@{" in line:
        return True
    spelled = (line, _ESCAPE.sub(_sign, line))
    return any(
        _LINKS.search(one) or _TAGS.search(one) or _FETCHES.search(_BLANK.sub("", one).lower())
        for one in spelled
    )


def plain_alt(text: str) -> str:
    """A text for those who cannot see the picture; it travels in a comment, which must stay one."""
    return " ".join(re.sub(r"[%{}]", " ", text).split())


def _after_settings(line: str) -> tuple[str, bool]:
    """What follows the end of settings that began on an earlier line; True when they go on."""
    _, end, rest = line.partition("}")
    return rest, not end


def _sign(found: re.Match[str]) -> str:
    style, decimal, hexadecimal, own = found.groups()
    code = int(style or hexadecimal, 16) if style or hexadecimal else int(decimal or own)
    return chr(code) if code < 0x110000 else " "
