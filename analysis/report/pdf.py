"""A report as PDF, set by Typst: no browser, no network, tagged for screen readers. Only home of typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from analysis.report.content import Report, title_of

_TEMPLATE = Path(__file__).with_name("report.typ")


def to_pdf(*reports: Report) -> bytes:
    """One document of one or more answers. What the candidate said travels as data, never as markup."""
    import typst

    inputs = {"title": title_of(reports), "reports": json.dumps([asdict(report) for report in reports])}
    try:
        return bytes(typst.compile(_TEMPLATE, sys_inputs=inputs, pdf_standards="ua-1"))
    except typst.TypstError:
        # PDF/UA refuses a character that no font here has; such a report is made without the label.
        return bytes(typst.compile(_TEMPLATE, sys_inputs=inputs))
