"""Text as it is read: letters in their usual form, and nothing in it that cannot be seen.

Words enter the app at a few borders (typed, corrected, recognised, loaded, pasted). Each passes them through
here once, so that every later comparison, count and search sees the words that a reader sees.
"""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
"""What Unicode names default-ignorable, and control signs but tab and line ends."""
_LOOSE_MARKS = re.compile("([A-Za-z])[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
_KEPT = ("<super>", "<sub>", "<fraction>", "<vertical>")
"""n² is not n2, and ½ is not 12."""


def keepable(text: str) -> str:
    """The text as every file and database takes it: half a sign becomes �, and no NUL is in it."""
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def visible(text: str) -> str:
    """The text with full-width and mathematical letters as usual ones, and without signs that do not show.

    Small raised figures, fractions, micro and ellipsis signs stay as they are.
    """
    if text.isascii() and not _HIDDEN.search(text):
        return text
    usual = "".join(_usual(sign) for sign in _HIDDEN.sub("", keepable(text)))
    return _LOOSE_MARKS.sub(r"\1", unicodedata.normalize("NFC", usual))


def _usual(sign: str) -> str:
    form = unicodedata.decomposition(sign) if sign > "\x7f" else ""
    if not form.startswith("<") or form.startswith(_KEPT):
        return sign
    usual = unicodedata.normalize("NFKC", sign)
    is_form_only = form.startswith(("<wide>", "<narrow>", "<font>", "<noBreak>"))
    return usual if is_form_only or any(one.isascii() and one.isalnum() for one in usual) else sign
