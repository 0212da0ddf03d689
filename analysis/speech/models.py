"""Where a speech model's folder comes from: named by the user, assembled from data packages, or fetched.

Packages are read as data (found, never imported). Nothing here touches the network except
`download_model`, which is called only after the user agreed to the size.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from errno import ENOSPC
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from data.domain import RehearseError
from data.speech_weights import BASE, MODELS, ModelFile, Part, SpeechModel

DEFAULT_MODELS_DIR = Path(__file__).parents[2] / "data" / "local" / "models"
"""Assembled and downloaded models; the setting `MODELS_DIR` moves it."""

Progress = Callable[[int, int], None]
"""Called with bytes so far and bytes in all (0 when the server does not say)."""

Fetch = Callable[[str], Iterator[bytes]]
"""Gives the bytes behind an address, in blocks; raises OSError when it cannot."""

_BLOCK = 1 << 20
_CHOICE = "chosen"
"""The file in the folder of models that names the one in use."""
_REINSTALL = "Run `make install` again, or type the answer."


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


def installed(model: SpeechModel, models_dir: Path) -> bool:
    """Whether the model can be used without a download (nothing is hashed or written)."""
    if _complete(model, models_dir / _folder_name(model)):
        return True
    return model.packaged and all(_part_path(part) for file in model.files for part in file.parts)


def chosen_model(models_dir: Path = DEFAULT_MODELS_DIR) -> SpeechModel:
    """Return the model chosen in Settings while it is there, else the one that ships."""
    try:
        name = (models_dir / _CHOICE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return BASE
    model = MODELS.get(name, BASE)
    return model if installed(model, models_dir) else BASE


def choose_model(model: SpeechModel, models_dir: Path = DEFAULT_MODELS_DIR) -> None:
    """Use this model from the next answer on. Raises RehearseError when the choice cannot be kept."""
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        (models_dir / _CHOICE).write_text(f"{model.name}\n", encoding="utf-8")
    except OSError as error:
        raise RehearseError(
            f"The choice could not be kept in {models_dir}: {error.strerror or error}.",
            "Free some space there or set MODELS_DIR to another folder.",
        ) from error


def packaged_folder(model: SpeechModel, models_dir: Path = DEFAULT_MODELS_DIR) -> Path:
    """Return the folder of an installed model, put together and checked on first use.

    Safe against two processes doing it at once (each writes its own temporary folder, the first
    rename wins). Raises RehearseError when packages are missing, damaged or the disk is full.
    """
    target = models_dir / _folder_name(model)
    if _complete(model, target):
        return target
    if not model.packaged:
        raise RehearseError(
            f"The speech model {model.name} is not on this machine.",
            "Download it in Settings, or choose another one there.",
        )
    return _place(model, target, lambda file, path: _assemble(model, file, path))


def download_model(
    model: SpeechModel,
    progress: Progress,
    models_dir: Path = DEFAULT_MODELS_DIR,
    fetch: Fetch | None = None,
    hub: str = "https://huggingface.co",
) -> Path:
    """Fetch a larger model at its pinned revision, after the user agreed to `model.megabytes`.

    Every file's hash is checked. Raises RehearseError when the network, the disk or a hash says no;
    nothing half-done stays behind.
    """
    target = models_dir / _folder_name(model)
    if _complete(model, target):
        return target
    counted = _Counted(progress, model.megabytes * 1_000_000)
    source = fetch or fetch_blocks
    _require_room(model, models_dir)

    def fill(file: ModelFile, path: Path) -> None:
        address = f"{hub}/{model.origin}/resolve/{model.revision}/{file.name}"
        blocks = counted.through(_fetched(model, source, address))
        _write(path, blocks, file.sha256, f"{model.name}/{file.name}")

    return _place(model, target, fill)


def fetch_blocks(address: str) -> Iterator[bytes]:
    """Stream one file over HTTPS (the standard library's client; OSError on any failure)."""
    with urlopen(address, timeout=30) as answer:
        while block := answer.read(_BLOCK):
            yield block


def _fetched(model: SpeechModel, source: Fetch, address: str) -> Iterator[bytes]:
    """Tell a network that fails from a disk that does."""
    try:
        yield from source(address)
    except (OSError, HTTPException) as error:
        place = urlsplit(address).netloc
        raise RehearseError(
            f"The speech model {model.name} could not be fetched from {place}: {error}.",
            "The download needs the internet. Connect this machine and try again; or copy the model's folder "
            "here from another machine and set STT_MODEL_DIR to it. The present model goes on working.",
        ) from error


def _require_room(model: SpeechModel, models_dir: Path) -> None:
    place = next(folder for folder in (models_dir, *models_dir.parents) if folder.exists())
    if shutil.disk_usage(place).free < (model.megabytes + 20) * 1_000_000:
        raise _unwritable(model, models_dir, OSError(ENOSPC, "the disk is full"))


class _Counted:
    def __init__(self, progress: Progress, expected: int) -> None:
        self._progress = progress
        self._expected = expected
        self._seen = 0

    def through(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self._seen += len(block)
            self._progress(self._seen, max(self._expected, self._seen))
            yield block


def _folder_name(model: SpeechModel) -> str:
    return f"whisper-{model.name}-{model.revision[:8]}"


def _complete(model: SpeechModel, folder: Path) -> bool:
    """A folder gets its final name only after every hash matched, so names are enough here."""
    return all((folder / file.name).is_file() for file in model.files)


def _place(model: SpeechModel, target: Path, fill: Callable[[ModelFile, Path], None]) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _unwritable(model, target.parent, error) from error
    try:
        for file in model.files:
            fill(file, work / file.name)
        _rename(model, work, target)
    except OSError as error:
        raise _unwritable(model, target.parent, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target


def _rename(model: SpeechModel, work: Path, target: Path) -> None:
    if target.exists() and not _complete(model, target):
        shutil.rmtree(target)
    try:
        work.rename(target)
    except OSError:
        if not _complete(model, target):
            raise


def _assemble(model: SpeechModel, file: ModelFile, path: Path) -> None:
    """Link or copy a whole file; join one that comes in parts. Each part is checked as it is read."""
    blocks = (block for part in file.parts for block in _checked(model, part))
    _write(path, blocks, file.sha256, f"{model.name}/{file.name}")


def _checked(model: SpeechModel, part: Part) -> Iterator[bytes]:
    source = _part_path(part)
    if source is None:
        raise RehearseError(
            f"The speech model {model.name} is not installed ({part.package} is missing).", _REINSTALL
        )
    seen = hashlib.sha256()
    with source.open("rb") as stream:
        while block := stream.read(_BLOCK):
            seen.update(block)
            yield block
    if seen.hexdigest() != part.sha256:
        raise RehearseError(f"The model file {source} is damaged or a different version.", _REINSTALL)


def _write(path: Path, blocks: Iterator[bytes], sha256: str | None, label: str) -> None:
    seen = hashlib.sha256()
    with path.open("wb") as out:
        for block in blocks:
            seen.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if sha256 is not None and seen.hexdigest() != sha256:
        raise RehearseError(f"The speech model file {label} is damaged or a different version.", _REINSTALL)


def _part_path(part: Part) -> Path | None:
    """Find a file inside an installed package without importing the package."""
    try:
        spec = importlib.util.find_spec(part.package)
    except (ImportError, ValueError):
        return None
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / part.path
        if path.is_file():
            return path
    return None


def _unwritable(model: SpeechModel, folder: Path, error: OSError) -> RehearseError:
    return RehearseError(
        f"The speech model {model.name} could not be put into {folder}: {error.strerror or error}.",
        f"Free about {model.megabytes + 20} MB there or set MODELS_DIR to another folder; "
        "typed answers work meanwhile.",
    )
