"""Collections come by time; what lives for ever is set aside, and looked at again now and then."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from data.settings import PROJECT_ROOT
from pages.widgets.garbage_collection import WHOLE_EVERY, Rounds


class Heap:
    """Writes down what the collector is asked to do."""

    def __init__(self, modules: Iterator[int]) -> None:
        self.done: list[str] = []
        self.modules = modules

    def rounds(self) -> Rounds:
        return Rounds(
            collect=lambda: self.done.append("collect"),
            set_aside=lambda: self.done.append("set aside"),
            take_back=lambda: self.done.append("take back"),
            modules=lambda: next(self.modules),
        )


def after(modules: list[int]) -> list[str]:
    heap = Heap(iter(modules))
    rounds = heap.rounds()
    for _ in modules:
        rounds.next()
    return heap.done


def test_what_was_loaded_is_set_aside_once_and_then_only_the_rest_is_collected() -> None:
    whole = ["take back", "collect", "set aside"]
    assert after([100, 100, 100]) == [*whole, "collect", "collect"]


def test_libraries_loaded_later_are_set_aside_too() -> None:
    assert after([100, 100, 900]).count("set aside") == 2


def test_now_and_then_everything_is_looked_at_again() -> None:
    done = after([100] * (WHOLE_EVERY + 1))
    assert done.count("take back") == 2
    assert done[-1] == "set aside"


def test_streamlit_does_not_collect_after_every_run() -> None:
    config = tomllib.loads((PROJECT_ROOT / ".streamlit" / "config.toml").read_text())
    assert config["runner"]["postScriptGC"] is False
