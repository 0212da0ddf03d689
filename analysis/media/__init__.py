"""Recordings: written as frames arrive, read back as plain arrays. The only home of `av` (PyAV).

`av` is imported inside functions, so importing this package costs nothing.
"""

from analysis.media.facts import RecorderStatus, RecordingFacts
from analysis.media.joining import join
from analysis.media.playback import for_playback, recover
from analysis.media.probing import probe
from analysis.media.reading import AudioChunk, pixels, read_audio, read_audio_chunks, read_frames
from analysis.media.recorder import AudioTap, Recorder, VideoTap

__all__ = [
    "AudioChunk",
    "AudioTap",
    "Recorder",
    "RecorderStatus",
    "RecordingFacts",
    "VideoTap",
    "for_playback",
    "join",
    "pixels",
    "probe",
    "read_audio",
    "read_audio_chunks",
    "read_frames",
    "recover",
]
