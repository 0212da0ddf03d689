"""What axe-core holds against a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.rig import PATIENCE_MS, Tab

_AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
"""axe-core 4.14.1, Deque Systems, Mozilla Public License 2.0, unchanged."""


def serious(tab: Tab) -> list[str]:
    """What axe finds on the page once nothing moves any more: rule and element, serious ones only."""
    tab.page.get_by_test_id("stStatusWidget").wait_for(state="detached")
    expect(tab.page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE_MS)
    tab.page.wait_for_timeout(1200)
    tab.page.evaluate(_AXE)
    violations = tab.page.evaluate("axe.run(document).then(done => done.violations)")
    return [
        f"{one['id']} {one['nodes'][0]['target']} {one['nodes'][0]['html'][:300]}"
        for one in violations
        if one["impact"] in ("serious", "critical")
    ]
