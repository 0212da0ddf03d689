"""What `test_offline` runs where there is no network: an answer up to its review, a model elsewhere."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from data.access import LOCAL
from data.language_model import LanguageModel, connect
from data.settings import load_settings
from tests.browser.reviewing import score
from tests.browser.rig import handshake, new_tab, serving
from tests.browser.room import answer, finish, kept

INET = re.compile(r'sin_addr=inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
CALLS = "REHEARSE_TEST_CALLS"
"""Environment variable with the file that the watched calls are written to."""
ELSEWHERE = "192.0.2.1"
"""An address that is kept free for examples."""

pytestmark = pytest.mark.browser

TERMS = ("load balancer", "sessions", "redis", "primary", "replica", "queue", "follower")
"""Of the looped answer: a recording of 12 s begins anywhere in it, so no single one is always said."""


def outside_loopback(log: str) -> list[str]:
    """The system calls in an strace log that address anything but this machine's loopback."""
    lines = []
    for line in log.splitlines():
        found = INET.search(line)
        if found and not (found[1] or found[2]).startswith(("127.", "::1", "::ffff:127.")):
            lines.append(line)
    return lines


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


def test_a_model_elsewhere_is_named_before_it_is_contacted(browser: Browser, tmp_path: Path) -> None:
    calls = Path(os.environ[CALLS])
    settings = load_settings(
        {"LANGUAGE_MODEL_FILE": f"{tmp_path}/language_model.json"}, tmp_path / "none.toml"
    )
    connect(settings, LOCAL, LanguageModel("address", "far", f"http://{ELSEWHERE}/v1", "key"))
    with serving(tmp_path) as server:
        tab = new_tab(browser)
        tab.open(f"{server.url}/interview")
        tab.see(f"the language model far at {ELSEWHERE}")
        tab.open(f"{server.url}/settings")
        tab.see(f"your words to {ELSEWHERE}, model far (since")
        assert outside_loopback(calls.read_text()) == []
        tab.press("Test")
        tab.see("could not be reached")
        tab.page.close()
