"""One attempt as a document to keep or to hand to a coach: self-contained HTML, and PDF. No video."""

from analysis.report.content import Report, make_report
from analysis.report.html import to_html
from analysis.report.pdf import to_pdf

__all__ = ["Report", "make_report", "to_html", "to_pdf"]
