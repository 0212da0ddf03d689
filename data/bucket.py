"""A bucket, or any other place that fsspec can reach: whole files go there, pieces of them come back.

`s3://`, `gs://` and `az://` go through obstore, which takes keys and the address of the store from the
environment (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL` and so on) and sends large files in parts; for another
scheme the package that fsspec names must be installed. The only home of both.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data.domain import RehearseError
from data.domain.credentials import address_shown

_SCHEMES = ("s3", "gs", "az")
_PIECE = 8 << 20
"""Bytes that are fetched at a time: each has its own time limit."""
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_TIMES = {"connect_timeout": "5s", "timeout": "60s"}
_RETRIES = {"max_retries": 2}

_REFUSED = re.compile(r"denied|forbidden|signature|accesskey|unauthenticated|credential|status code: 40[13]")
_FULL = re.compile(r"quota|storage ?full|insufficient|no space left|status code: 507")
_NO_BUCKET = re.compile(r"nosuchbucket|bucket does not exist")


class Bucket:
    """Files below one address, by keys such as `<attempt id>/<name>`. Safe to use from any thread."""

    def __init__(self, url: str) -> None:
        """Nothing is asked of it yet. `RehearseError` where nothing here can reach such an address."""
        self.place = address_shown(url)
        self._files, self._root = _opened(url)

    def put(self, file: Path, key: str) -> None:
        """Keep a copy of a file; it is there whole or not at all."""
        with self._plainly():
            self._files.makedirs(f"{self._root}/{key}".rpartition("/")[0], exist_ok=True)
            self._files.put_file(str(file), f"{self._root}/{key}")

    def mark(self, key: str) -> None:
        """Keep an empty file under a key."""
        with self._plainly():
            self._files.makedirs(f"{self._root}/{key}".rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(f"{self._root}/{key}", b"")

    def size(self, key: str) -> int | None:
        """How many bytes are under a key; None where nothing is."""
        with self._plainly():
            try:
                return int(self._files.info(f"{self._root}/{key}")["size"])
            except FileNotFoundError:
                return None

    def piece(self, key: str, first: int, after: int) -> bytes:
        """The bytes from `first` up to and without `after`."""
        with self._plainly():
            return bytes(self._files.cat_file(f"{self._root}/{key}", start=first, end=after))

    def fetch(self, key: str, target: Path) -> bool:
        """Write what is under a key to a file, which appears when it is whole; False where nothing is."""
        size = self.size(key)
        if size is None:
            return False
        part = target.with_name(f"{target.name}.arriving")
        try:
            with part.open("wb") as file:
                for first in range(0, size, _PIECE):
                    file.write(self.piece(key, first, min(first + _PIECE, size)))
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return True

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of the files directly below a key."""
        with self._plainly():
            try:
                found = self._files.ls(f"{self._root}/{folder}", detail=False)
            except FileNotFoundError:
                return ()
            return tuple(sorted(str(path).rpartition("/")[2] for path in found))

    def erase(self, key: str) -> None:
        """Take away what is under a key; nothing happens where nothing is."""
        with self._plainly():
            try:
                self._files.rm_file(f"{self._root}/{key}")
            except FileNotFoundError:
                return

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn what a store says into a sentence with a remedy."""
        try:
            yield
        except _errors() as error:
            raise _in_plain_words(self.place, str(error)) from error


def _opened(url: str) -> tuple[Any, str]:
    """The file system behind an address, and what stands before every key."""
    scheme = url.partition("://")[0]
    try:
        import fsspec

        if scheme in _SCHEMES:
            return _obstore(scheme), url.partition("://")[2].rstrip("/")
        files, root = fsspec.core.url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
        return files, str(root).rstrip("/")
    except (ImportError, ValueError) as error:
        raise RehearseError(
            f"Nothing here can keep recordings at {scheme}://: {error}.",
            "For s3://, gs:// and az:// run `make install-server` (or `pip install '.[server]'`); "
            "for others install what fsspec names. Or set RECORDINGS_URL to file:///folder.",
        ) from error


def _obstore(scheme: str) -> Any:
    from obstore.fsspec import FsspecStore

    endpoint = next((os.environ[name] for name in _ENDPOINTS if os.environ.get(name)), "")
    options = {**_TIMES, "allow_http": endpoint.startswith("http://")}
    given: Any = {"client_options": options, "retry_config": _RETRIES}
    if scheme == "s3" and endpoint:
        given["endpoint"] = endpoint
    store: Any = FsspecStore  # fsspec keeps instances, which its types leave out
    return store(scheme, skip_instance_cache=True, **given)


def _errors() -> tuple[type[Exception], ...]:
    """What a store that cannot be used raises."""
    try:
        from obstore.exceptions import BaseError
    except ImportError:
        return (OSError, ValueError)
    return (OSError, ValueError, BaseError)


def _in_plain_words(place: str, said: str) -> RehearseError:
    words = said.lower()
    if _NO_BUCKET.search(words):
        return RehearseError(f"There is no bucket at {place}.", "Make it, or correct RECORDINGS_URL.")
    if _FULL.search(words):
        return RehearseError(f"There is no room left at {place}.", "Make room there; nothing is lost here.")
    if _REFUSED.search(words):
        return RehearseError(
            f"{place} does not let Rehearse in.",
            "Check the keys in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION for "
            "s3://), and that they may read, write, list and delete there.",
        )
    return RehearseError(
        f"{place} cannot be reached.",
        "Check the network and the address (AWS_ENDPOINT_URL for a store of your own), then try again.",
    )
