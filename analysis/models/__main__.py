"""`python -m analysis.models [NAME ...]`: bring models into their folder; without a name, list them.

`make install` does it for the speech model and goes on without it.
"""

from __future__ import annotations

import argparse
import os
import sys

from analysis.models.fetching import fetch
from analysis.models.shelf import is_installed
from data.domain import RehearseError
from data.model_table import Model, Shipped, model_named, models_for
from data.private_files import keep_private
from data.settings import load_settings


def main(arguments: list[str] | None = None) -> int:
    """Fetch what is named; 1 where something could not be had."""
    parser = argparse.ArgumentParser(prog="python -m analysis.models", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    names = parser.parse_args(arguments).names
    models_dir = load_settings(os.environ).models_dir
    if not names:
        for model in (*models_for("speech"), *models_for("language")):
            here = "here" if is_installed(model, models_dir) else "not here"
            print(f"{model.name:36} {model.megabytes:6d} MB  {model.licence:12} {here}")
        return 0
    try:
        for name in names:
            _fetch(model_named(name))
    except KeyError as error:
        parser.error(f"no model is called {error}")
    except RehearseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _fetch(model: Model) -> None:
    models_dir = load_settings(os.environ).models_dir
    if is_installed(model, models_dir):
        print(f"{model.title} is here.")
        return
    places = " or ".join(source.place for source in model.sources if not isinstance(source, Shipped))
    print(f"{model.title}: {model.megabytes} MB, {model.licence}, from {places}", flush=True)
    tenths = 0

    def progress(here: int, whole: int) -> None:
        nonlocal tenths
        if here * 10 // whole > tenths:
            tenths = here * 10 // whole
            print(f"  {tenths}0 %", flush=True)

    print(f"{model.title} is in {fetch(model, progress, models_dir)}.")


if __name__ == "__main__":
    keep_private()
    sys.exit(main())
