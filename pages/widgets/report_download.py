"""One attempt as a file: HTML to open anywhere, PDF to print or send. Made when it is asked for."""

from __future__ import annotations

import streamlit as st

from data.domain import AttemptResult, Question
from pages.widgets import quiet_delivery


def show(result: AttemptResult, question: Question) -> None:
    """Draw the two download buttons."""
    names = quiet_delivery.names()

    def html() -> str:
        from analysis.report import make_report, to_html

        return to_html(make_report(result, question, names))

    def pdf() -> bytes:
        from analysis.report import make_report, to_pdf

        return to_pdf(make_report(result, question, names))

    name = f"rehearse-{question.id}-{result.attempt.started_at:%Y-%m-%d}"
    st.download_button("Report as PDF", pdf, f"{name}.pdf", "application/pdf", on_click="ignore")
    st.download_button("Report as HTML", html, f"{name}.html", "text/html", on_click="ignore")
