"""The table of models: whole rows, exact fingerprints, sources in order."""

from __future__ import annotations

import re
import typing

import pytest

from data.model_table import Address, Model, Packages, Purpose, Shipped, model_named, models_for
from data.weights import FOLDER

MODELS = [model for purpose in typing.get_args(Purpose) for model in models_for(purpose)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_every_row_says_size_licence_fingerprints_and_a_source(model: Model) -> None:
    assert model.size_bytes > 1_000_000
    assert model.licence in {"Apache-2.0", "MIT", "BSD-2-Clause"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", file.sha256) for file in model.files)
    assert model.sources
    assert model.title and model.folder


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_a_source_has_every_file_of_its_model(model: Model) -> None:
    names = [file.name for file in model.files]
    for source in model.sources:
        if isinstance(source, Shipped):
            assert [name for name in names if not (FOLDER / name).is_file()] == []
        elif isinstance(source, Packages):
            assert list(source.files) == names
            parts = [part for parts in source.files.values() for part in parts]
            assert all(re.fullmatch(r"[\w.-]+==[\w.]+", part.requirement) for part in parts)
            assert all(re.fullmatch(r"[0-9a-f]{64}", part.sha256) for part in parts)
        else:
            assert re.search(r"^https://[\w.]+/.+/resolve/[0-9a-f]{40}$", source.url)


def test_no_two_models_share_a_name_or_a_folder() -> None:
    assert len({model.name for model in MODELS}) == len({model.folder for model in MODELS}) == len(MODELS)


def test_what_a_model_is_good_for_is_told_where_it_can_be_chosen() -> None:
    assert all(model.good_for and model.cache_bytes_a_token for model in models_for("language"))
    assert all(model.good_for for model in models_for("speech"))


def test_the_registry_is_asked_before_the_maker() -> None:
    base = model_named("base")
    assert [type(source) for source in base.sources] == [Packages, Address]
    assert [source.place for source in base.sources if not isinstance(source, Shipped)] == [
        "the Python package registry",
        "huggingface.co",
    ]
