"""A report as one HTML file: no script, no outside address, prints well, reads in light and dark."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from analysis.report.content import LevelLine, MeasuredLine, Report, title_of
from analysis.report.strips import Stretch

_STYLE = """
:root { color-scheme: light dark; --ink: #1b2126; --quiet: #56616b; --line: #d3d9df; --bar: #0072b2; --band: #e69f00; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecef; --quiet: #a9b4bd; --line: #39424b; --bar: #56b4e9; --paper: #14181c; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); }
blockquote { margin: .3rem 0 .3rem 1rem; color: var(--quiet); }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
svg { width: 100%; height: 1.1rem; } .quiet { color: var(--quiet); font-size: .9rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; border: 1px solid var(--line); padding: .6rem; }
.lines { white-space: pre-line; }
article + article { margin-top: 4rem; break-before: page; } .strip { width: 60%; }
section.level, .fix { break-inside: avoid; margin: 1rem 0; }
"""  # noqa: E501 - a style sheet reads better unbroken


def to_html(*reports: Report) -> str:
    """One document of one or more answers; everything the candidate said is escaped."""
    body = "".join(f"<article>{''.join(_body(report))}</article>" for report in reports)
    title = escape(title_of(reports))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _body(report: Report) -> Iterable[str]:
    yield f"<h1>{escape(report.title)}</h1><p>{escape(report.question)}</p>"
    yield f'<p class="quiet">{escape(report.when)}</p>'
    yield from (f'<p class="quiet">{escape(note)}</p>' for note in report.notes)
    yield from _advice(report)
    yield f"<h2>{escape(report.judged)}</h2>"
    yield from (_level(line) for line in report.levels)
    yield f'<p class="quiet">{escape(report.scored_by)}</p>'
    yield from _strips(report)
    if report.points:
        yield "<h2>Key points</h2><ul>"
        for point in report.points:
            said = f"<blockquote>{escape(point.quote)}</blockquote>" if point.quote else ""
            heard = f" · reader: {escape(point.heard)}" if point.heard else ""
            yield f"<li><b>{escape(point.status)}</b>{heard} · {escape(point.text)}{said}</li>"
        yield "</ul>"
    for block in report.written:
        yield f"<h2>{escape(block.title)}</h2><pre>{escape(block.text)}</pre>"
        yield f'<p class="quiet lines">{escape(block.remark)}</p>'
    yield from _measured("Delivery", report.delivery)
    yield from _measured("Camera", report.camera)
    yield "<h2>What was said</h2><table>"
    for line in report.said:
        yield f"<tr><td>{line.time}</td><td>{line.speaker}</td><td>{escape(line.text)}</td></tr>"
    yield "</table>"


def _advice(report: Report) -> Iterable[str]:
    if not (report.worked or report.fixes or report.do_next):
        return
    yield "<h2>What to do with it</h2>"
    yield from (f"<p>✓ {escape(worked)}</p>" for worked in report.worked)
    for place, fix in enumerate(report.fixes, start=1):
        quote = f"<blockquote>{escape(fix.quote)}</blockquote>" if fix.quote else ""
        yield f'<div class="fix"><b>{place}. {escape(fix.what)}</b><br>{escape(fix.how)}{quote}</div>'
    if report.do_next:
        yield f"<p><b>Do next:</b> {escape(report.do_next)}</p>"


def _level(line: LevelLine) -> str:
    quotes = "".join(f"<blockquote>{escape(quote)}</blockquote>" for quote in line.quotes)
    missing = f'<p class="quiet">For the next level: {escape(line.missing)}</p>' if line.missing else ""
    title = f"<b>{escape(line.title)}</b> · {escape(line.text)}"
    wrong = "".join(f'<p class="quiet">Does not hold: {escape(claim)}</p>' for claim in line.wrong)
    return f'<section class="level">{title}{_bar(line)}{quotes}{wrong}{missing}</section>'


def _bar(line: LevelLine) -> str:
    """Levels 1 to 4 on a scale from 0 to 4, the range as a thinner bar across its end."""
    if line.level is None:
        return ""
    low, high = line.low or line.level, line.high or line.level
    return (
        f'<svg viewBox="0 0 400 16" preserveAspectRatio="none" role="img" aria-label="{escape(line.text)}">'
        '<rect x="0" y="0" width="400" height="16" fill="var(--line)"/>'
        f'<rect x="0" y="2" width="{line.level * 100:.0f}" height="12" fill="var(--bar)"/>'
        f'<rect x="{low * 100:.0f}" y="6" width="{max(2.0, (high - low) * 100):.0f}" height="4" '
        'fill="var(--band)"/></svg>'
    )


def _strips(report: Report) -> Iterable[str]:
    if not report.strips:
        return
    yield "<h2>Over time</h2><table>"
    for strip in report.strips:
        title, told = escape(strip.title), escape(strip.told)
        parts = "".join(_stretch(part) for part in strip.stretches)
        drawn = (
            f'<svg viewBox="0 0 1000 16" preserveAspectRatio="none" role="img" aria-label="{title}: {told}">'
            f'<rect width="1000" height="16" fill="var(--line)"/>{parts}</svg>'
        )
        yield f'<tr><td>{title}</td><td class="strip">{drawn}</td><td>{told}</td></tr>'
    yield f'</table><p class="quiet">From 0:00 to {report.length}.</p>'


def _stretch(part: Stretch) -> str:
    begin, width = part.begin * 1000, part.width * 1000
    return f'<rect x="{begin:.0f}" width="{width:.0f}" y="0" height="16" fill="var(--bar)"/>'


def _measured(title: str, lines: tuple[MeasuredLine, ...]) -> Iterable[str]:
    if not lines:
        return
    yield f"<h2>{title}</h2><table>"
    for line in lines:
        cells = (line.title, line.value, line.remark)
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>"
