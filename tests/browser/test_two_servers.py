"""Two servers behind a proxy, below a sub-path: the one that holds an interview is killed in its middle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from data.store import Database
from tests.browser.interviewing import report, write
from tests.browser.rig import new_tab
from tests.two_servers import two_servers
from upkeep.replicas import Replicas

pytestmark = pytest.mark.browser

ANSWER = (
    "I would first ask how much data there is and how fast it must be read. I would keep the primary in one "
    "database with replicas, put a cache before it, and send the writes through a queue."
)


@pytest.fixture
def both() -> Iterator[Replicas]:
    with two_servers() as running:
        yield running


def test_an_interview_goes_on_at_the_other_server_with_all_that_was_said(
    browser: Browser, both: Replicas
) -> None:
    tab = new_tab(browser, viewport={"width": 1280, "height": 900})
    tab.open(f"{both.url}/")
    tab.see("A 15-minute mock")
    tab.page.get_by_role("link", name="Interview").first.click()
    tab.see("Your plan")
    tab.page.get_by_role("radio", name="15 min").first.click()
    tab.page.get_by_role("radio", name="Typed").first.click()
    tab.press("Start the interview")
    tab.see("Question 1 of 3")
    write(tab, ANSWER)
    tab.see("Asked now")
    box = tab.page.get_by_label("Your answer, or a question")
    box.fill("A draft that nobody has sent yet.")
    tab.page.wait_for_timeout(1500)
    [stays_with] = [one["value"] for one in tab.page.context.cookies() if one["name"] == "rehearse_server"]
    gone = both.servers[stays_with]
    gone.kill()
    gone.wait(60)
    tab.page.reload()
    tab.see("Asked now")
    assert box.input_value() == "A draft that nobody has sent yet."
    tab.press("Skip")
    tab.see("Question 2 of 3")
    write(tab, ANSWER)
    tab.see("Asked now")
    tab.press("End")
    tab.press("End the interview")
    report(tab)
    tab.page.close()
    kept = Database.open(both.database)
    mine = kept.session()
    said = [mine.answers.load(attempt.id) for attempt in mine.answers.of("local")]
    kept.close()
    first = min((one for one in said if one is not None), key=lambda one: one.attempt.started_at)
    words = [turn.text for turn in first.turns if turn.speaker == "candidate"]
    assert words == [ANSWER, "A draft that nobody has sent yet."]
