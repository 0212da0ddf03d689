"""What Review and Progress say: marked lines, comparisons, reports, and what to practise next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pypdfium2  # type: ignore[import-untyped]
import pytest

from analysis.next_up.progress_sentences import heard_shares
from analysis.next_up.suggestions import Seen, Wish, choose_next, spacing_days
from analysis.report import make_report, to_html, to_pdf
from analysis.reviewing.attempt_pairs import in_order, level_pairs, word_changes
from analysis.reviewing.transcript_lines import LONGEST_LINE, marked_lines
from data.domain import Code, OwnMark, Turn
from tests.stored import BEGAN, heard, question, result, score

TODAY = date(2026, 11, 24)


def test_the_words_of_a_quote_are_marked_with_its_criterion() -> None:
    (line,) = marked_lines(result().turns, result().assessment)
    assert [word.text for word in line.words] == ["the", "leader", "refuses", "writes"]
    assert all(word.marks == ("C2",) for word in line.words)
    assert (line.start_seconds, line.end_seconds) == (1.0, 2.0)


def test_lines_end_at_sentences_and_long_sentences_are_cut_evenly() -> None:
    text = "Short one. " + " ".join(["word"] * (LONGEST_LINE + 2))
    lines = marked_lines((Turn(1, "candidate", text),))
    assert [len(line.words) for line in lines] == [2, 10, 10]


def test_levels_of_two_scorers_are_not_comparable() -> None:
    same = level_pairs(result(1, score(2.0)).assessment, result(2, score(3.0)).assessment)
    other = level_pairs(result(1, score(2.0)).assessment, result(2, score(3.0, scorer="judge")).assessment)
    unscored = level_pairs(result(1, score(2.0)).assessment, result(2, score(None, "C2")).assessment)
    assert [pairs[0].comparable for pairs in (same, other, unscored)] == [True, False, False]


def test_the_earlier_attempt_comes_first_and_changed_words_are_told_apart() -> None:
    assert in_order(result(2, days=3), result(1)) == (result(1), result(2, days=3))
    changes = word_changes("we add a cache", "We add a local cache")
    assert [(change.kind, change.text) for change in changes] == [
        ("same", "We add a"),
        ("added", "local"),
        ("same", "cache"),
    ]


@pytest.mark.slow
def test_a_report_holds_quotes_fixes_and_nothing_is_read_as_markup() -> None:
    said = "the leader refuses writes <script>alert(1)</script> #panic() $x$"
    report = make_report(result(text=said), question())
    html = to_html(report)
    assert "<script>" not in html
    assert "src=" not in html
    assert "the leader refuses writes" in html
    assert "Unscored: The answer did not touch this." in html
    assert to_pdf(report).startswith(b"%PDF-")


@pytest.mark.slow
def test_code_and_sketch_are_in_the_report_line_by_line() -> None:
    report = make_report(replace(result(), code=Code("Python", "if a < b:\n    swap()")), question())
    assert [block.title for block in report.written] == ["Code in Python", "Design sketch"]
    assert "client -> api" in report.written[1].remark
    html = to_html(report)
    assert "<pre>if a &lt; b:\n    swap()</pre>" in html
    assert "The tests were not run." in html
    assert to_pdf(report).startswith(b"%PDF-")


@pytest.mark.slow
def test_a_report_with_a_letter_no_font_has_is_still_made() -> None:
    report = replace(make_report(result(), question()), notes=("\U0001f9ff \ue000",))
    assert to_pdf(report).startswith(b"%PDF-")


def test_what_next_names_the_weakest_competency_a_due_repeat_and_a_gap() -> None:
    bank = (question(1), question(2), question(3, "capacity", "mid"))
    seen = (Seen("question-1", 1, date(2026, 11, 1)),)
    chosen = choose_next(bank, seen, {"C1": 1.0, "C2": 3.0}, Wish("senior"), TODAY)
    assert "Design from requirements stands at 1; senior loops usually look for 3." in chosen[0].why
    assert any(
        choice.question.id == "question-1" and "Last answered 23 days ago" in choice.why for choice in chosen
    )
    assert len({choice.question.id for choice in chosen}) == len(chosen)


def test_a_gap_is_named_by_how_often_its_category_was_practised() -> None:
    story = replace(question(3, "behavioral"), key_points=(), competencies=())
    bank = (question(1), question(2), story)
    chosen = choose_next(bank, (Seen("question-2", 1, TODAY),), {}, Wish(), TODAY)
    assert chosen[-1].question.category == "behavioral"
    assert chosen[-1].why == "Its category is practised least: no questions so far."


def test_a_question_that_was_passed_over_is_not_offered() -> None:
    bank = (question(1), question(2))
    chosen = choose_next(bank, (), {}, Wish(), TODAY, frozenset({"question-1"}))
    assert {choice.question.id for choice in chosen} == {"question-2"}


def test_repeats_are_spaced_evenly_until_the_interview() -> None:
    assert spacing_days(TODAY, None) == 7
    assert spacing_days(TODAY, date(2026, 12, 2)) == 2
    assert spacing_days(TODAY, date(2026, 11, 25)) == 1
    assert spacing_days(TODAY, date(2027, 12, 2)) == 14


@pytest.mark.slow
def test_a_report_of_a_session_holds_every_answer_on_pages_of_its_own() -> None:
    reports = [
        make_report(result(number), replace(question(), title=f"Answer {number}")) for number in (1, 2)
    ]
    html = to_html(*reports)
    assert html.count("<article>") == 2
    assert "<title>2 answers, 20 November 2026, 18:30 UTC</title>" in html
    pages = pypdfium2.PdfDocument(to_pdf(*reports))
    first = [page.get_textpage().get_text_range().splitlines()[0] for page in pages]
    assert "Answer 1" in first and "Answer 2" in first


def test_a_report_draws_speech_fillers_and_quotes_over_time() -> None:
    strips = make_report(result(), question()).strips
    assert [(strip.title, strip.told) for strip in strips] == [
        ("Speech", "7 of 30 s in 2 stretches"),
        ("Fillers", "2"),
        ("Quotes", "1"),
    ]
    speech = strips[0].stretches
    assert [(one.begin, one.width) for one in speech] == [(0.0333, 0.05), (0.1167, 0.1833)]
    assert 'aria-label="Speech: 7 of 30 s in 2 stretches"' in to_html(make_report(result(), question()))


def test_a_typed_answer_has_no_strips_and_hidden_fillers_stay_hidden() -> None:
    assert make_report(replace(result(), speech=None), question()).strips == ()
    quiet = make_report(result(), question(), ("speaking_rate_wpm",))
    assert [strip.title for strip in quiet.strips] == ["Speech", "Quotes"]


@pytest.mark.slow
def test_a_report_of_what_was_heard_has_no_level_and_tells_own_marks_apart() -> None:
    own = OwnMark(heard().attempt.id, "h3", "refuses writes", 1, 1.6, BEGAN)
    report = make_report(heard(), question(), own_marks=(own,))
    assert report.levels == () and report.judged == "What was heard"
    assert "2 of 4 key points heard, 1 more marked by the candidate." in report.scored_by
    assert "Read by the reader, version 1." in report.scored_by and "no level" in report.scored_by
    told = {point.text: (point.status, point.quote) for point in report.points}
    assert told["Says what reads see."] == (
        "not found in these words, marked by the candidate",
        "0:01 “refuses writes”",
    )
    assert told["Says what breaks."] == ("not found in these words", "")
    html = to_html(report)
    assert "<h2>What was heard</h2>" in html and "<h2>Levels</h2>" not in html and "not heard" not in html
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(to_pdf(report)))
    assert "What was heard" in text and "Levels" not in text


@pytest.mark.slow
def test_a_report_of_a_judged_answer_says_beside_each_point_what_was_heard() -> None:
    read, levels = heard().assessment, result().assessment
    assert read is not None and levels is not None
    said = tuple(replace(point, status="covered") for point in read.key_points)
    judged = replace(heard(), assessment=replace(levels, key_points=said))
    report = make_report(judged, question(), heard=read)
    told = {point.text: (point.status, point.heard) for point in report.points}
    assert told["Says what reads see."] == ("said", "not found in these words")
    assert "said</b> · reader: not found in these words · Says what reads see." in to_html(report)
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(to_pdf(report)))
    assert "reader: not found in these words" in " ".join(text.split())


def test_without_levels_the_competency_heard_least_comes_first_and_with_them_it_does_not_count() -> None:
    bank = (question(1), question(2))
    heard_of = {"C1": 0.6, "C2": 0.25, "C4": 0.5, "C6": 0.4}
    first = choose_next(bank, (), {}, Wish(), TODAY, heard=heard_of)[0]
    assert first.why.endswith("25% of its key points were heard, the fewest of all competencies.")
    judged = choose_next(bank, (), {"C1": 1.0}, Wish("senior"), TODAY, heard=heard_of)[0]
    assert "stands at 1" in judged.why and "heard" not in judged.why


def test_a_share_heard_is_of_one_reader_and_of_three_points_or_more() -> None:
    def row(competency: str, version: str, told: int, heard: int, day: int) -> dict[str, object]:
        counts = {"told": told, "heard": heard, "started_at": pd.Timestamp(2026, 11, day)}
        return {"competency": competency, "scorer_version": version, "rubric_version": "r", **counts}

    rows = [row("C2", "1", 9, 0, 1), row("C2", "2", 2, 1, 2), row("C2", "2", 2, 2, 3)]
    rows += [row("C4", "2", 2, 0, 3), row("all", "2", 6, 3, 3)]
    assert heard_shares(pd.DataFrame(rows), 3) == {"C2": 0.75}
    assert heard_shares(pd.DataFrame(rows[:0]), 3) == {}
