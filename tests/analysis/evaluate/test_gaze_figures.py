from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from analysis.evaluate.__main__ import main
from analysis.evaluate.gaze import UNSEEN, area_under_curve, figures
from analysis.evaluate.gaze_simulation import simulate
from analysis.evaluate.headpose import angles_3ddfa
from tests.media import face_image


def test_missed_faces_count_as_not_contact() -> None:
    contact = np.array([True, True, False, False])
    found = figures(contact, np.array([1.0, UNSEEN, 2.0, UNSEEN]))
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.auc == pytest.approx((1 + 1 + 0 + 0.5) / 4)


def test_the_area_is_undefined_without_both_labels() -> None:
    assert np.isnan(area_under_curve(np.array([True, True]), np.array([1.0, 2.0])))


@pytest.mark.slow
def test_calibration_removes_error_in_every_simulated_seat() -> None:
    for seat in simulate():
        assert seat.calibrated < 0.7 * seat.uncalibrated, seat


@pytest.mark.parametrize("angles", [(0.0, 0.0, 0.0), (20.0, -35.0, 10.0), (-30.0, 60.0, -15.0)])
def test_angles_come_back_from_the_rotation_that_3ddfa_builds_of_them(
    angles: tuple[float, float, float],
) -> None:
    p, y, r = np.radians(angles) * -1
    about_x = np.array([(1, 0, 0), (0, np.cos(p), -np.sin(p)), (0, np.sin(p), np.cos(p))])
    about_y = np.array([(np.cos(y), 0, np.sin(y)), (0, 1, 0), (-np.sin(y), 0, np.cos(y))])
    about_z = np.array([(np.cos(r), -np.sin(r), 0), (np.sin(r), np.cos(r), 0), (0, 0, 1)])
    assert angles_3ddfa(about_x @ about_y @ about_z) == pytest.approx(angles)


def test_a_bad_label_file_names_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("path,contact\na.jpg,maybe\n")
    assert main(["gaze", str(labels)]) == 1
    assert "Line 2" in capsys.readouterr().err
    assert main(["nonsense"]) == 2


@pytest.mark.slow
def test_the_commands_write_the_promised_keys(tmp_path: Path) -> None:
    Image.fromarray(face_image(480, 480)).resize((320, 320)).save(tmp_path / "face.png")
    Image.new("RGB", (320, 320)).save(tmp_path / "blank.png")
    gaze, pose = tmp_path / "gaze.csv", tmp_path / "pose.csv"
    gaze.write_text("path,contact\nface.png,1\nblank.png,0\n")
    pose.write_text("path,pitch_degrees,yaw_degrees,roll_degrees\nface.png,0,0,0\n")
    assert main(["gaze", str(gaze), "--json", str(tmp_path / "gaze.json")]) == 0
    assert main(["headpose", str(pose), "--json", str(tmp_path / "pose.json")]) == 0
    gaze_figures = json.loads((tmp_path / "gaze.json").read_text())
    assert {"n", "precision", "recall", "f1", "auc", "not_measurable"} <= set(gaze_figures)
    assert gaze_figures["n"] == 2
    assert {"n", "pitch_mae", "yaw_mae", "roll_mae"} <= set(json.loads((tmp_path / "pose.json").read_text()))
