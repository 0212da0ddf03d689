"""A short answer on camera up to its review: what `test_offline` runs where there is no network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.reviewing import score
from tests.browser.rig import handshake, new_tab, serving
from tests.browser.room import answer, finish, kept

pytestmark = pytest.mark.browser

TERMS = ("load balancer", "sessions", "redis", "primary", "replica", "queue", "follower")
"""Of the looped answer: a recording of 12 s begins anywhere in it, so no single one is always said."""


def test_a_short_answer_on_camera_reaches_its_review(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        # Asked by a page of another site, Streamlit would ask the internet for this machine's address.
        assert handshake(server, origin="http://elsewhere.example") == 403
        tab = new_tab(browser)
        answer(tab, server, "0:12")
        finish(tab)
        score(tab)
        tab.see("Key points")
        assert tab.errors == []
        tab.page.close()
    (result,) = kept(tmp_path)
    assert result.frames
    said = result.turns[1].text.lower().replace("-", " ")
    assert sum(term in said for term in TERMS) >= 3, said
    assert result.assessment is not None
