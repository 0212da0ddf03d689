"""A report as PDF, set by Typst in the limited worker: no browser, no network, tagged for screen readers.

Only home of typst. What people said and wrote travels as data, never as markup.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unicodedata import category

from analysis.report.content import Report, title_of
from data.limited import Limits, run_limited

_TEMPLATE = Path(__file__).with_name("report.typ")
_LIMITS = Limits(memory_bytes=1_000_000_000, cpu_seconds=30.0, wall_seconds=60.0)
_UNSHOWN = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_BOX = "\N{WHITE SQUARE}"
_UNBROKEN = re.compile(r"[^ \t\r\n/]{26,}|/{26,}")
"""Longer than any word of a dictionary but one or two: no line can be told to break in it."""
_PIECE = 12
"""Letters; so many of the widest fit into the narrowest column."""
_LONGEST_PIECE = 4 * _PIECE
"""Signs, with marks on them; so many marks on so few letters are no writing."""
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"
_JOINED, _JOINER = frozenset({"Mn", "Me", "Mc", "Cf", "Sk"}), "\N{ZERO WIDTH JOINER}"
"""Kinds of signs that belong to the one before them."""
_TRIES = 40
_BLOCK = 256
_NOTE = (
    f"Some signs of this report are in no font here and stand as {_BOX}. "
    "The report as HTML has them as they are."
)


def to_pdf(*reports: Report) -> bytes:
    """One document of one or more answers. RehearseError when it would cost too much."""
    content = json.dumps([asdict(report) for report in reports])
    made: bytes = run_limited(
        "analysis.report.pdf:pdf_here",
        title_of(reports),
        content,
        limits=_LIMITS,
        named="The report",
        remedy="Take it as HTML, or one answer at a time.",
    )
    return made


def pdf_here(title: str, content: str) -> bytes:
    """The same in this process; `content` is the reports as JSON."""
    import typst

    reports = _breakable(json.loads(content))
    for _ in range(_TRIES):
        inputs = {"title": title, "reports": json.dumps(reports)}
        try:
            return bytes(typst.compile(_TEMPLATE, sys_inputs=inputs, pdf_standards="ua-1"))
        except typst.TypstError as error:
            unshown = _UNSHOWN.search(str(error))
            if unshown is None:
                raise
            sign = _sign(unshown[1])
            title, reports = _without(sign, title), _without(sign, reports)
            for report in reports:
                if _NOTE not in report["notes"]:
                    report["notes"].append(_NOTE)
    return bytes(typst.compile(_TEMPLATE, sys_inputs={"title": title, "reports": json.dumps(reports)}))


def _breakable(kept: Any) -> Any:
    """The same with places in words of any length where a line may end, so that none runs off the page."""
    if isinstance(kept, str):
        return _UNBROKEN.sub(lambda found: _MAY_BREAK.join(_pieces(found[0])), kept)
    if isinstance(kept, dict):
        return {name: _breakable(value) for name, value in kept.items()}
    return [_breakable(value) for value in kept] if isinstance(kept, list) else kept


def _pieces(word: str) -> list[str]:
    """The word in pieces; marks stay with the letter before them."""
    pieces, piece = [], ""
    for sign in word:
        joined = category(sign) in _JOINED or piece.endswith(_JOINER)
        if len(piece) >= (_LONGEST_PIECE if joined else _PIECE):
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def _sign(shown: str) -> str:
    """The first sign of a text as the message of an error has it: unusual ones by their number."""
    number = re.match(r"\\u\{([0-9a-f]{1,6})\}", shown)
    return chr(int(number[1], 16)) if number else shown.removeprefix("\\")[0]


def _without(sign: str, kept: Any) -> Any:
    """The same with a box for every sign of this one's block: one script is missing as a whole."""
    if isinstance(kept, str):
        block = ord(sign) // _BLOCK
        whole = block > 0 and block != ord(_BOX) // _BLOCK
        return "".join(
            _BOX if one == sign or (whole and ord(one) // _BLOCK == block) else one for one in kept
        )
    if isinstance(kept, dict):
        return {name: _without(sign, value) for name, value in kept.items()}
    return [_without(sign, value) for value in kept] if isinstance(kept, list) else kept
