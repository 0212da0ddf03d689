"""The folder of models: which are whole, how much of one is there, and how one goes."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from data.domain import RehearseError
from data.model_table import Model, Packages, Part

DEFAULT_MODELS_DIR = Path(__file__).parents[2] / "data" / "local" / "models"
"""Where models are kept; the setting `MODELS_DIR` moves it."""


def folder_of(model: Model, models_dir: Path) -> Path:
    """Where a model lies once it is whole. It gets this name only after every hash matched."""
    return models_dir / model.folder


def unfinished(model: Model, models_dir: Path) -> Path:
    """Where what has arrived of a model is kept until it is whole."""
    return models_dir / f".{model.folder}.arriving"


def is_whole(model: Model, models_dir: Path) -> bool:
    """Whether a model lies in the folder, ready to be used. Names are enough: see `folder_of`."""
    return all((folder_of(model, models_dir) / file.name).is_file() for file in model.files)


def is_installed(model: Model, models_dir: Path) -> bool:
    """Whether a model can be used without a download (nothing is hashed or written)."""
    return is_whole(model, models_dir) or any(
        all(installed_part(part) for parts in source.files.values() for part in parts)
        for source in model.sources
        if isinstance(source, Packages)
    )


def arrived_bytes(model: Model, models_dir: Path) -> int:
    """How many bytes of a model that is not whole were kept, to go on from."""
    folder = unfinished(model, models_dir)
    return sum(path.stat().st_size for path in folder.glob("*") if path.is_file())


def remove(model: Model, models_dir: Path) -> None:
    """Erase a model and whatever has arrived of it. Raises RehearseError when it cannot be."""
    for folder in (folder_of(model, models_dir), unfinished(model, models_dir)):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise RehearseError(
                f"{model.title} could not be removed from {models_dir}: {error.strerror or error}.",
                f"Delete the folder {folder} by hand.",
            ) from error


def installed_part(part: Part) -> Path | None:
    """The file of a part in an installed package, which is found and never imported."""
    package, _, path = part.path.partition("/")
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return None
    for folder in (spec and spec.submodule_search_locations) or ():
        found = Path(folder) / path
        if found.is_file():
            return found
    return None
