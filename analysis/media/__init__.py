"""Recordings: written as frames arrive, read back as plain arrays. The only home of `av` (PyAV).

`av` is imported inside functions, so importing this package costs nothing. What is read back may be a
stranger's: `take_in`, `probe`, `read_audio` and `read_frames` work in the limited worker.
"""

from analysis.media.bounds import LONGEST_SECONDS
from analysis.media.decoding import pixels
from analysis.media.facts import RecorderStatus, RecordingFacts
from analysis.media.in_worker import probe, read_audio, read_frames
from analysis.media.intake import TakenIn, take_in
from analysis.media.joining import join
from analysis.media.playback import recover
from analysis.media.recorder import AudioTap, Recorder, VideoTap
from analysis.media.unrecorded import Unrecorded

__all__ = [
    "LONGEST_SECONDS",
    "AudioTap",
    "Recorder",
    "RecorderStatus",
    "RecordingFacts",
    "TakenIn",
    "Unrecorded",
    "VideoTap",
    "join",
    "pixels",
    "probe",
    "read_audio",
    "read_frames",
    "recover",
    "take_in",
]
