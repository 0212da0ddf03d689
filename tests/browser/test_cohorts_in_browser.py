"""People who sign in: joining a cohort, sharing a recording, revoking it, an assignment, an override."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from data.domain.cohort import Identity
from data.store.people import person_id
from tests import fake_openid
from tests.browser import practised
from tests.browser.axe import serious
from tests.browser.reviewing import score
from tests.browser.rig import HAND_MS, WIDE, Server, Tab, new_tab, serving
from tests.engines import Engine

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hosted(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server where people sign in; Ada is its administrator."""
    folder = tmp_path_factory.mktemp("hosted")
    with fake_openid.provider() as issuer, engine.database(folder, blank=True) as address:
        secrets = fake_openid.secrets_file(folder / "secrets.toml", issuer)
        carl = person_id(Identity(issuer, "carl", "", "", True, "", datetime.now(UTC)))
        practised.fill(folder, answers=1, candidate=carl, levels=True, address=address)
        given = {"DATABASE_URL": address, "STREAMLIT_SECRETS_FILES": str(secrets), "ADMIN": f"{issuer} ada"}
        with serving(folder, settings=given) as server:
            yield server


def signed_in(browser: Browser, server: Server, name: str) -> Tab:
    tab = new_tab(browser, viewport=WIDE)
    tab.open(server.url)
    tab.press("Sign in with School")
    tab.page.get_by_role("link", name=name).click()
    return tab


def fill(tab: Tab, label: str, text: str) -> None:
    field = tab.page.get_by_label(label, exact=True).first
    field.fill(text)
    field.press("Tab")


def go(tab: Tab, page: str) -> None:
    tab.page.get_by_role("link", name=page, exact=True).first.click()
    tab.page.get_by_role("heading", name=page, exact=True).wait_for()


def code_on(tab: Tab) -> str:
    return tab.page.locator("code").last.inner_text()


def play(tab: Tab, seconds: float) -> str:
    """Seek to `seconds`, wait for the picture, and give the address that was played."""
    video = tab.page.locator("video").first
    video.wait_for(timeout=30_000)
    video.evaluate(
        """(video, seconds) => new Promise((done, fail) => {
            video.addEventListener("seeked", done, {once: true});
            video.addEventListener("error", () => fail(new Error("not played")), {once: true});
            const seek = () => { video.currentTime = seconds; };
            if (video.readyState > 0) seek();
            else video.addEventListener("loadedmetadata", seek, {once: true});
        })""",
        seconds,
    )
    return str(video.evaluate("video => video.currentSrc"))


def status(tab: Tab, address: str) -> int:
    """What the server answers this browser at an address."""
    return int(tab.page.evaluate("async address => (await fetch(address)).status", address))


def choose(tab: Tab, label: str, option: str) -> None:
    tab.settle()
    tab.page.get_by_label(label, exact=True).first.click()
    tab.page.get_by_role("option", name=option).first.click(delay=HAND_MS)


def test_a_cohort_from_the_first_code_to_what_was_heard(browser: Browser, hosted: Server) -> None:
    ada = signed_in(browser, hosted, "Ada Admin")
    go(ada, "People")
    ada.see("A code for new people")
    assert serious(ada) == []
    choose(ada, "For", "instructor")
    ada.press("Make a code")
    ada.see("Shown once")

    ines = signed_in(browser, hosted, "Ines Instructor")
    fill(ines, "Code", code_on(ada))
    ines.press("Go on")
    go(ines, "Cohort")
    fill(ines, "Name of the cohort", "Spring")
    ines.press("Begin a cohort")
    ines.see("Nobody has joined yet")
    ines.page.get_by_role("radio", name="Assignments and people").click()
    ines.see("A code to join")
    ines.press("Make a code")
    ines.see("Shown once")
    joining = code_on(ines)
    ines.page.get_by_text("Set questions or a mock interview").click()
    ines.see("What to set")
    fill(ines, "Title", "Week 1")
    ines.settle()
    ines.page.get_by_label("Questions", exact=True).click()
    ines.page.keyboard.type("URL shortener", delay=HAND_MS)
    first = ines.page.get_by_role("option").first
    expect(first).to_contain_text("URL shortener")
    first.click(delay=HAND_MS)
    expect(ines.page.get_by_test_id("stMultiSelect")).to_contain_text("URL shortener")
    ines.page.keyboard.press("Tab")
    ines.screenshot("assign")
    ines.press("Set")
    ines.see("0 of 0 candidates have answered")

    carl = signed_in(browser, hosted, "Carl Candidate")
    fill(carl, "Code", "AAAAA-AAAAA")
    carl.press("Go on")
    carl.see("It may have run out")
    fill(carl, "Code", joining)
    carl.press("Go on")
    go(carl, "Sharing")
    carl.see("0 of 1 answered; due in")

    # Shared with the cohort's instructors, played, revoked, not played.
    carl.page.get_by_text("Also the recording").click()
    carl.press("Share")
    carl.see("Revoke")
    carl.screenshot("sharing")
    assert serious(carl) == []
    go(ines, "Sharing")
    ines.page.get_by_role("link", name="Carl Candidate").click()
    ines.see("Levels and why")
    played = play(ines, practised.SECONDS - 10)
    assert status(ines, played) == 206
    ines.screenshot("answer")
    assert serious(ines) == []
    sam = signed_in(browser, hosted, "Sam Stranger")
    sam.see("not admitted here yet")
    assert serious(sam) == []
    assert status(sam, played) == 403
    assert status(ada, played) == 403
    carl.page.reload()
    carl.see("recording")
    carl.press("Revoke")
    carl.see("You share nothing at the moment")
    assert status(ines, played) == 403
    assert status(carl, played) == 200
    ines.page.reload()
    ines.see("You may not see this")

    # The assignment is answered in writing; its instructor sees that, and what was heard in it.
    carl.page.get_by_role("link", name="Answer the next question").click()
    carl.page.get_by_role("radio", name="Typed").click()
    answer = carl.page.get_by_label("Your answer").first
    answer.fill(practised.ANSWER)
    answer.press("Control+Enter")
    carl.see("Check your words", 60_000)
    score(carl)
    attempt = carl.page.url.partition("attempt=")[2]
    go(ines, "Cohort")
    ines.page.get_by_role("radio", name="Assignments and people").click()
    ines.see("1 of 1 candidates have answered")
    assert serious(ines) == []
    ines.open(f"{hosted.url}/answer?attempt={attempt}")
    ines.see("key points heard")
    ines.see("Give your own level or a comment")

    # The administrator, who teaches nobody, sees all cohorts, and figures of one person are left out.
    go(ada, "Cohort")
    ada.see("Listed by name, not ranked")
    shown = ada.page.locator("canvas td")
    expect(shown.filter(has_text="Spring")).to_have_count(1)
    assert "left out" in shown.all_inner_texts()
    assert "Carl" not in ada.page.locator("body").inner_text()
    ada.screenshot("all-cohorts")
    assert serious(ada) == []

    # A link opens one answer for whoever has it, until it is revoked.
    go(carl, "Sharing")
    choose(carl, "Answer", "· camera")
    choose(carl, "With", "Whoever has a link")
    carl.page.get_by_text("Also the recording").click()
    carl.press("Share")
    carl.see("The link, shown once")
    anyone = new_tab(browser, viewport=WIDE)
    anyone.open(code_on(carl))
    anyone.see("Levels and why")
    linked = play(anyone, 60)
    assert status(anyone, linked) == 206
    carl.press("Revoke")
    carl.see("You share nothing at the moment")
    assert status(anyone, linked) == 403
    anyone.page.reload()
    anyone.see("has ended or was revoked")

    # Signing out ends the session on every device, also for a copied address.
    other = signed_in(browser, hosted, "Carl Candidate")
    go(other, "Settings")
    other.press("Sign out on every device")
    other.see("Sign in with School")
    assert status(carl, played) == 403
    carl.page.reload()
    carl.see("that has ended")
    carl.press("Sign in again")
    carl.see("Sign in with School")
