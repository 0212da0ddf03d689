"""What cannot run on a machine is left out, never failed, and told once at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import left_out
from tests.needs import REQUIRE_ALL

ROOT = Path(__file__).parent.parent


def test_what_was_left_out_is_counted_with_the_one_command_that_brings_it() -> None:
    without = "chromium and espeak-ng are not installed (Debian: apt-get install chromium espeak-ng)"
    reasons = [without, "espeak-ng is not installed (Debian: apt-get install espeak-ng)", without]
    assert left_out.told(reasons).splitlines() == [
        "Every test that can run here passed. 3 were left out:",
        "     2  chromium and espeak-ng are not installed",
        "     1  espeak-ng is not installed",
        "To run these too, on Debian or Ubuntu: sudo apt install chromium espeak-ng",
    ]


def test_a_right_that_is_missing_is_told_without_a_package() -> None:
    assert "apt install" not in left_out.told(["no network of its own may be made here"])


def test_where_everything_ran_that_is_said() -> None:
    assert left_out.told([]) == "Every test ran; nothing was left out."


def test_the_reasons_of_several_runs_come_together(tmp_path: Path) -> None:
    noted = tmp_path / "noted.txt"
    for reason in ("one", "two\nlines"):
        left_out.note([reason], {left_out.NOTED: str(noted)})
    left_out.note(["nobody asked"], {})
    assert noted.read_text().splitlines() == ["one", "two lines"]


@pytest.mark.slow
def test_without_a_browser_every_browser_test_is_left_out_and_none_fails(tmp_path: Path) -> None:
    """The other programs are there, so that no test is left out for want of them."""
    for name in ("git", "ip", "sh", "strace", "turnserver", "unshare"):
        found = shutil.which(name)
        if found:
            (tmp_path / name).symlink_to(found)
    noted = tmp_path / "noted.txt"
    environ = {name: value for name, value in os.environ.items() if name != REQUIRE_ALL}
    environ |= {"PATH": str(tmp_path), left_out.NOTED: str(noted)}
    chosen = ["-q", "-p", "no:cacheprovider", "-n", "2", "-m", "browser", "tests/browser"]
    command = [sys.executable, "-m", "pytest", *chosen]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    reasons = noted.read_text()
    assert "chromium" in reasons
    assert f"{len(reasons.splitlines())} skipped" in done.stdout.splitlines()[-1]
