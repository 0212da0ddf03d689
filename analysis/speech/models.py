"""Which speech model is used: a folder the user named, the one chosen in Settings, or the default."""

from __future__ import annotations

from pathlib import Path

from analysis.models.fetching import fetch
from analysis.models.network import no_network
from analysis.models.shelf import DEFAULT_MODELS_DIR, folder_of, is_installed, is_whole
from data.domain import RehearseError
from data.model_table import Model, model_named, models_for

DEFAULT = "base"
"""The model that `make install` brings."""
_CHOICE = "chosen"
"""The file in the folder of models that names the one in use."""


def default_model() -> Model:
    """The speech model that is used while no other was chosen."""
    return model_named(DEFAULT)


def speech_models() -> dict[str, Model]:
    """Every speech model by name."""
    return {model.name: model for model in models_for("speech")}


def named_folder(folder: Path) -> Path:
    """Check a model folder the user named (`STT_MODEL_DIR`): it must hold a CTranslate2 Whisper."""
    missing = [
        name for name in ("model.bin", "config.json", "tokenizer.json") if not (folder / name).is_file()
    ]
    if missing:
        raise RehearseError(
            f"The speech model folder {folder} lacks {', '.join(missing)}.",
            "Set STT_MODEL_DIR to a folder with a CTranslate2 Whisper model, or remove the setting.",
        )
    return folder


def chosen_model(models_dir: Path = DEFAULT_MODELS_DIR) -> Model:
    """Return the model chosen in Settings while it is there, else the default."""
    try:
        name = (models_dir / _CHOICE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return default_model()
    model = speech_models().get(name, default_model())
    return model if is_installed(model, models_dir) else default_model()


def choose_model(model: Model, models_dir: Path = DEFAULT_MODELS_DIR) -> None:
    """Use this model from the next answer on. Raises RehearseError when the choice cannot be kept."""
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        (models_dir / _CHOICE).write_text(f"{model.name}\n", encoding="utf-8")
    except OSError as error:
        raise RehearseError(
            f"The choice could not be kept in {models_dir}: {error.strerror or error}.",
            "Free some space there or set MODELS_DIR to another folder.",
        ) from error


def missing(model: Model) -> RehearseError:
    """What is said where a speech model is needed that is not on this machine."""
    return RehearseError(
        f"The speech model {model.name} is not on this machine.",
        "Install it in Settings, or type the answer.",
    )


def model_folder(model: Model, models_dir: Path = DEFAULT_MODELS_DIR) -> Path:
    """Return the folder of an installed model, put together from installed packages on first use.

    Asks no network. Raises RehearseError when the model is missing, damaged or the disk is full.
    """
    if is_whole(model, models_dir):
        return folder_of(model, models_dir)
    if not is_installed(model, models_dir):
        raise missing(model)
    return fetch(model, lambda here, whole: None, models_dir, network=no_network())
