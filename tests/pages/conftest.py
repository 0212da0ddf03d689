"""Page tests start Streamlit's runtime once for every run of a page; this keeps that start short."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from streamlit.components.v2 import manifest_scanner

from pages.widgets import resources


@pytest.fixture(scope="session", autouse=True)
def installed_components_are_looked_for_once() -> Iterator[None]:
    """What is installed stays the same while tests run, and looking through it takes longer than a page."""
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", functools.cache(scan))
        yield


@pytest.fixture(autouse=True)
def what_hangs_on_the_settings_is_made_anew() -> None:
    """The server makes these once; a test with other settings must not get those of the test before it."""
    for made_once in (
        resources.transcriber,
        resources._scorers,
        resources._chat_model,
    ):
        made_once.clear()
