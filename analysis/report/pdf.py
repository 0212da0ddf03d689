"""A report as PDF, set by Typst in the limited worker: no browser, no network, tagged for screen readers.

Only home of typst. What people said and wrote travels as data, never as markup.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.report.content import Report, title_of
from data.limited import Limits, run_limited

_TEMPLATE = Path(__file__).with_name("report.typ")
_LIMITS = Limits(memory_bytes=1_000_000_000, cpu_seconds=30.0, wall_seconds=60.0)
_UNSHOWN = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_BOX = "\N{WHITE SQUARE}"
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

    reports = json.loads(content)
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
