"""A package under the GPL, or without a licence, may not get into the default install."""

from __future__ import annotations

from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from upkeep.licences import ACCEPTED, Package, read_package, told


def installed(folder: Path, metadata: str, *files: str) -> PathDistribution:
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: one\nVersion: 1\n{metadata}\n")
    (folder / "RECORD").write_text("".join(f"{name},,\n" for name in files))
    return PathDistribution(folder)


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: Apache-2.0 OR MIT\nLicense: something else", "Apache-2.0 OR MIT"),
        ("License: a long text\nClassifier: License :: OSI Approved :: BSD License", "BSD License"),
        ("License: MIT", "MIT"),
    ],
)
def test_a_licence_is_read_where_a_package_states_it(tmp_path: Path, metadata: str, licence: str) -> None:
    package = read_package("one", installed(tmp_path, metadata))
    assert package.licence == licence
    assert package.fault is None


@pytest.mark.parametrize(
    "metadata",
    [
        "License-Expression: GPL-3.0-or-later",
        "License: LGPLv2+",
        "Classifier: License :: OSI Approved :: GNU Affero General Public License v3",
        "License-Expression: MIT AND AGPL-3.0-only",
        "Summary: says nothing of it",
    ],
)
def test_copyleft_and_silence_are_faults(tmp_path: Path, metadata: str) -> None:
    assert read_package("one", installed(tmp_path, metadata)).fault


def test_a_gpl_library_inside_a_wheel_is_a_fault_unless_it_was_decided(tmp_path: Path) -> None:
    wheel = installed(tmp_path, "License: BSD", "one.libs/libx264-d6533a8d.so.165", "one/core.py")
    package = read_package("one", wheel)
    assert package.carries == ("libx264",)
    assert package.fault == "carries libx264 (GPL)"
    lines, faults = told([Package("av", "BSD-3-Clause", ("libx264", "libx265"))])
    assert faults == []
    assert any("libx264, libx265 (GPL)" in line and ACCEPTED["av"] in line for line in lines)


def test_every_accepted_package_names_a_decision_that_exists() -> None:
    root = Path(__file__).parent.parent.parent
    assert [path for path in ACCEPTED.values() if not (root / path).exists()] == []
