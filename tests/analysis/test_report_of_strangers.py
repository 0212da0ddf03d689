"""Reports take strangers' text as text, also where no font here has its signs."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]
import pytest

from analysis.report import make_report, to_html, to_pdf
from analysis.report.content import Report
from data.domain import Code
from tests.stored import question, result

pytestmark = pytest.mark.slow

MARKUP = '#read("/etc/passwd") *bold* <script>alert(1)</script> <img src=x> $x$ [link](http://x.example)'


def report(text: str) -> Report:
    return replace(make_report(result(), question()), title=text, do_next=text, notes=(text,))


def words(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_markup_of_every_kind_is_text_in_a_report() -> None:
    html = to_html(report(MARKUP))
    assert "<script>" not in html and "<img" not in html
    said = words(to_pdf(report(MARKUP)))
    assert '#read("/etc/passwd") *bold* <script>' in said and "root:" not in said


@pytest.mark.parametrize("text", ["\U0010fffe cache", "\ufffe cache"], ids=["last", "first"])
def test_signs_that_no_font_has_are_said_to_be_missing(text: str) -> None:
    said = words(to_pdf(report(text)))
    assert "stand as \N{WHITE SQUARE}" in said and "The report as HTML" in said
    assert "cache" in said


@pytest.mark.parametrize("text", ["你好，世界", "كاش", "אשלג \u0710", "😀🎉", "\u0f00"])
def test_signs_of_other_scripts_are_shown_or_said_to_be_missing(text: str) -> None:
    said = words(to_pdf(report(f"{text} cache")))
    assert "cache" in said
    assert "The report as HTML" in said or "\N{WHITE SQUARE}" not in said


def test_code_that_was_asked_about_is_in_the_report_as_text() -> None:
    asked = replace(question(), code="if one < two:\n    <script>")
    html = to_html(make_report(result(), asked))
    assert "<pre>if one &lt; two:\n    &lt;script&gt;</pre>" in html
    assert "if one < two:" in words(to_pdf(make_report(result(), asked)))


def test_a_report_with_usual_signs_says_nothing_about_them() -> None:
    assert "WHITE SQUARE" not in words(to_pdf(report("naïve → O(n²)")))
    assert "no font here" not in words(to_pdf(report("naïve → O(n²)")))


def beyond(pdf: bytes) -> list[float]:
    """Where signs stand that are not on the page, from its left edge."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        width, text = page.get_width(), page.get_textpage()
        edges = [text.get_charbox(at)[2] for at in range(text.count_chars())]
        found += [edge for edge in edges if edge > width]
    return found


@pytest.mark.parametrize("sign", ["a", "W", "1", "_", "\N{NO-BREAK SPACE}x", "a\u0301", "/", "a\u200d"])
def test_a_word_without_an_end_stays_on_the_page_wherever_it_stands(sign: str) -> None:
    word = sign * 2000
    code = replace(result(), code=Code("Python", f"x = '{word}'"))
    everywhere = replace(make_report(code, question()), title=sign * 40, question=word, do_next=word)
    assert everywhere.written
    assert beyond(to_pdf(replace(everywhere, notes=(word,)))) == []


def test_an_address_and_a_usual_word_can_be_copied_out_of_a_report() -> None:
    usual = "https://example.org/a/b?page=1 internationalization"
    assert usual in words(to_pdf(report(usual)))
