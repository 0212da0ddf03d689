"""The fields of a rubric file, with errors that name file and field."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from data.domain import RehearseError

REMEDY = "Correct the file, or restore it from the repository."


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one file (or of a part of it), with errors that say where."""

    path: Path
    values: dict[str, Any]
    prefix: str = ""

    @classmethod
    def of(cls, path: Path) -> Fields:
        """Read a file."""
        try:
            loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise RehearseError(f"{path.name} cannot be read ({error.strerror}).", REMEDY) from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise RehearseError(f"{path.name} is not valid YAML: {error}.", REMEDY) from error
        if not isinstance(loaded, dict):
            raise RehearseError(f"{path.name} must be a list of named fields.", REMEDY)
        return cls(path, loaded)

    def wrong(self, name: str, problem: str) -> RehearseError:
        """The error for a field of this file."""
        return RehearseError(f"{self.path.name}, field {self.prefix}{name}: {problem}.", REMEDY)

    def get(self, name: str) -> Any:
        """A field that must be there."""
        if name not in self.values:
            raise self.wrong(name, "is missing")
        return self.values[name]

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "must be a text that is not empty")
        return value.strip()

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.get(name)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(name, "must be a list of texts")
        return tuple(value)

    def part(self, name: str) -> Fields:
        """A field that holds fields."""
        value = self.get(name)
        if not isinstance(value, dict):
            raise self.wrong(name, "must be a list of named fields")
        return Fields(self.path, {str(key): item for key, item in value.items()}, f"{self.prefix}{name}.")

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number within limits."""
        value = self.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(name, f"must be a whole number from {low} to {high}")
        return value

    def known(self, name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts, all of them allowed."""
        values = self.strings(name)
        if unknown := [value for value in values if value not in allowed]:
            raise self.wrong(name, f"does not know {', '.join(unknown)}")
        return values
