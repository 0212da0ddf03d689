"""A page that should redraw itself and no longer does is drawn anew by the server."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from pages.widgets.pulse import MOST, SILENT_SECONDS, Pulse, go_round


@dataclass
class Browsers:
    now: float = 100.0
    opened: set[str] = field(default_factory=lambda: {"ada", "bob"})
    redrawn: list[str] = field(default_factory=list)

    def pulse(self) -> Pulse:
        return Pulse(self.opened.__contains__, self.redrawn.append, lambda: self.now)


def test_a_page_that_moves_is_left_alone() -> None:
    browsers = Browsers()
    pulse = browsers.pulse()
    for _ in range(60):
        pulse.beat("ada")
        browsers.now += 1.0
        pulse.look()
    assert browsers.redrawn == []


def test_a_page_that_stands_still_is_drawn_anew_and_no_other() -> None:
    browsers = Browsers()
    pulse = browsers.pulse()
    pulse.beat("ada")
    browsers.now += SILENT_SECONDS + 1.0
    pulse.beat("bob")
    pulse.look()
    pulse.look()
    assert browsers.redrawn == ["ada"]


def test_a_browser_that_sleeps_is_asked_a_few_times_and_again_after_it_woke() -> None:
    browsers = Browsers()
    pulse = browsers.pulse()
    pulse.beat("ada")
    for _ in range(1000):
        browsers.now += 5.0
        pulse.look()
    assert browsers.redrawn == ["ada"] * MOST
    pulse.beat("ada")
    browsers.now += SILENT_SECONDS + 1.0
    pulse.look()
    assert len(browsers.redrawn) == MOST + 1


def test_a_page_that_need_not_move_or_was_closed_is_not_drawn() -> None:
    browsers = Browsers()
    pulse = browsers.pulse()
    pulse.beat("ada")
    pulse.beat("bob")
    pulse.still("ada")
    browsers.opened.remove("bob")
    browsers.now += SILENT_SECONDS + 1.0
    pulse.look()
    assert browsers.redrawn == []


def test_a_page_that_cannot_be_drawn_does_not_end_the_looking(caplog: pytest.LogCaptureFixture) -> None:
    looks = iter([KeyError("gone"), None, None])

    def look() -> None:
        if (failure := next(looks)) is not None:
            raise failure

    pauses = iter([False, False, False, True])
    go_round(look, lambda _: next(pauses))
    assert list(looks) == []
    assert "pulse: it failed" in caplog.text
