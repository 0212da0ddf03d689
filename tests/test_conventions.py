"""The habits of the house, held by tests: short pages, lazy imports, plain words, a true README."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.drawn_text import csv_writers, data_drawn_as_markdown
from upkeep.lock import BESIDE_THE_APP, LOCKED, lock_of, pinned, unhashed

ROOT = Path(__file__).parent.parent
FORBIDDEN_WORDS = re.compile(
    r"\b(nervous|anxious|confident|trustworthy|attractive|emotional|emotions?)\b", re.I
)
PROSE = {".py", ".md", ".toml", ".yaml", ".sql", ".txt"}
HEAVY = (
    "mediapipe",
    "faster_whisper",
    "ctranslate2",
    "onnxruntime",
    "tokenizers",
    "openai",
    "av",
    "xllamacpp",
)
MAX_PAGE_LINES = 150
MOST_OF_OURS = {"analysis": 14, "data": 16, "pages": 22}
"""How many files of ours one file may import: a file that leans on many knows too much."""


def python_files(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "local" not in path.parts
    ]


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_page_is_short_and_says_what_the_user_does_there(page: Path) -> None:
    text = page.read_text()
    assert len(text.splitlines()) <= MAX_PAGE_LINES
    assert ast.get_docstring(ast.parse(text))


def ours_imported(path: Path) -> set[str]:
    """The files of ours that a file imports, also inside its functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{one.name}" for one in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
    return {name for name in names if (ROOT / f"{name.replace('.', '/')}.py").exists()}


@pytest.mark.slow
def test_a_file_leans_on_few_others() -> None:
    leaning = {
        str(path.relative_to(ROOT)): len(ours_imported(path)) - MOST_OF_OURS[path.relative_to(ROOT).parts[0]]
        for path in python_files(*MOST_OF_OURS)
    }
    assert {name: over for name, over in leaning.items() if over > 0} == {}


def test_no_files_import_each_other_in_a_circle() -> None:
    """Not even for the name of a type, or within a function: what is read stands below what reads it."""
    graph = grimp.build_graph("analysis", "data", "pages", include_external_packages=False, cache_dir=None)
    below = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    faces = {name for name in below if graph.find_children(name)}
    list(TopologicalSorter({name: found - faces for name, found in below.items()}).static_order())


def test_no_file_name_occurs_twice() -> None:
    """A name in a message or a search leads to one file. Pages and benches are named by what one types."""
    named: dict[str, list[str]] = defaultdict(list)
    free = re.compile(r"(pages|bench)/\w+\.py|.*(/__\w+__|conftest)\.py")
    for path in tracked_files():
        name = str(path.relative_to(ROOT))
        if path.suffix == ".py" and not free.fullmatch(name):
            named[path.name].append(name)
    assert {name: paths for name, paths in named.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("path", python_files("pages", "analysis"), ids=lambda path: path.name)
def test_nothing_we_say_labels_a_person(path: Path) -> None:
    strings = [
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [text for text in strings if FORBIDDEN_WORDS.search(text)] == []


def test_prompts_label_no_person() -> None:
    prompts = [path for folder in (ROOT / "analysis").rglob("prompts") for path in folder.iterdir()]
    assert prompts
    said = {
        path.name: FORBIDDEN_WORDS.findall(path.read_text())
        for path in prompts
        if path.suffix in {".md", ".txt", ".yaml"}
    }
    assert {name: words for name, words in said.items() if words} == {}


def loaded_after(code: str) -> set[str]:
    """The heavy modules that are loaded in a fresh interpreter after `code`."""
    script = f"import sys\n{code}\nprint(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    output = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return set(output.split())


@pytest.mark.slow
def test_the_core_imports_without_streamlit_or_any_model() -> None:
    rooms = (
        "analysis.answering.one_answer, analysis.live.answers_under_way, analysis.live.interviews_under_way"
    )
    modules = f"{rooms}, analysis.analyse, data.questions"
    assert loaded_after(f"import {modules}\nassert 'streamlit' not in sys.modules") == set()


@pytest.mark.slow
def test_serving_the_app_loads_no_model() -> None:
    assert loaded_after("import runpy; runpy.run_path('app.py', run_name='app')") == set()


def test_the_page_on_measures_names_every_signal_and_scorer() -> None:
    from analysis.scoring.scorers import SCORERS
    from analysis.signals.catalogue import SIGNALS

    page = (ROOT / "docs" / "measures.md").read_text()
    missing = [name for name in (*(signal.name for signal in SIGNALS), *SCORERS) if f"`{name}`" not in page]
    assert missing == []


def test_the_readme_tree_names_every_folder() -> None:
    readme = (ROOT / "README.md").read_text()
    folders = {
        path.name
        for top in ("analysis", "data", "pages")
        for path in (ROOT / top).iterdir()
        if path.is_dir() and not path.name.startswith("__")
    }
    assert {folder for folder in folders if f"{folder}/" not in readme} == set()


def test_every_direct_dependency_is_pinned_and_says_what_it_is_for() -> None:
    for name in LOCKED:
        lines = [
            line
            for line in (ROOT / name).read_text().splitlines()
            if line and not line.startswith(("#", "-c"))
        ]
        assert lines
        assert [line for line in lines if not re.fullmatch(r"[\w.-]+(\[\w+\])?==\S+\s+# .+", line)] == []


@pytest.mark.parametrize("requirements", LOCKED)
def test_the_lock_holds_what_is_required_with_hashes(requirements: str) -> None:
    required, lock = pinned(ROOT / requirements), lock_of(requirements)
    locked = pinned(lock)
    assert {name: locked.get(name) for name in required} == required, "run `make lock`"
    assert unhashed(lock) == []


def test_app_tests_and_server_lock_the_same_versions() -> None:
    app, *others = (pinned(lock_of(name)) for name in (LOCKED[0], LOCKED[1], *BESIDE_THE_APP))
    for other in others:
        both = app.keys() & other.keys()
        assert {name: app[name] for name in both} == {name: other[name] for name in both}, "run `make lock`"


@pytest.mark.slow
def test_no_file_names_a_path_of_one_machine() -> None:
    machine = re.compile(r"(?<![\w.])/(?:work|farm)/")
    texts = [path for path in tracked_files() if path.suffix in PROSE]
    assert [path.name for path in texts if machine.search(path.read_text())] == []


def test_no_installed_package_carries_a_usage_collector() -> None:
    """onnxruntime from 1.29 on and mediapipe 1.x report usage to their makers: not in a camera app."""
    libraries = [
        path
        for name in ("onnxruntime", "mediapipe")
        for folder in (importlib.util.find_spec(name).submodule_search_locations or ())  # type: ignore[union-attr]
        for path in Path(folder).rglob("*.so*")
    ]
    assert libraries
    assert [path.name for path in libraries if b"events.data.microsoft.com" in path.read_bytes()] == []
    assert [path.name for path in libraries if b"play.googleapis.com/log" in path.read_bytes()] == []


def test_the_guide_to_the_configuration_shows_the_settings_as_they_are() -> None:
    from data.configuration import settings_table

    assert settings_table() in (ROOT / "docs" / "configuration.md").read_text()


def test_the_guide_to_the_models_shows_the_table_as_it_is() -> None:
    from data.model_table import models_table

    guide = (ROOT / "docs" / "models.md").read_text()
    assert models_table("language") in guide and models_table("speech") in guide


def test_the_guide_for_contributors_names_every_command() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.M)
    assert phony
    guide = (ROOT / "CONTRIBUTING.md").read_text()
    assert [name for name in phony[1].split() if f"| `make {name}` |" not in guide] == []


def test_every_decision_has_the_form_of_the_others_and_a_line_in_the_index() -> None:
    from upkeep.decisions import INDEX, index

    assert INDEX.read_text() == index(), "run `make decisions`"


def test_migrations_are_one_chain() -> None:
    """Two of one number, which two branches may make, leave a database that cannot be opened."""
    files = sorted((ROOT / "data" / "migrations" / "versions").glob("[0-9]*.py"))
    told = [
        re.findall(r'^(?:down_)?revision = "(\d+)"', path.read_text(encoding="utf-8"), re.M) for path in files
    ]
    numbers = [path.stem.split("_")[0] for path in files]
    assert numbers == [f"{place:04d}" for place in range(1, len(files) + 1)]
    assert told == [
        [number, before][: 1 + bool(before)]
        for number, before in zip(numbers, ["", *numbers[:-1]], strict=True)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("page", [ROOT / "app.py", *python_files("pages")], ids=lambda path: path.name)
def test_no_page_draws_data_as_markdown(page: Path) -> None:
    """Whatever people, files and models wrote goes through `plain()` of `pages/widgets/plain.py` first."""
    assert data_drawn_as_markdown(page.read_text(), ROOT) == []


@pytest.mark.slow
def test_only_one_file_writes_csv() -> None:
    """All others use `data/safe_csv.py`, so that no spreadsheet program runs a cell."""
    files = python_files("analysis", "data", "pages")
    assert {path.name for path in files if csv_writers(path.read_text())} == {"safe_csv.py"}
