"""Lists are read one way: entries in their order, remarks and empty lines left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.domain import RehearseError
from data.word_lists import load_list


def test_remarks_empty_lines_and_blanks_around_an_entry_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# a remark\nredis\n\n  a # b \n  # indented\nkafka", encoding="utf-8")
    assert load_list(path) == ("redis", "a # b", "kafka")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None], ids=["not text", "not there"])
def test_a_list_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "words.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RehearseError, match=r"words\.txt cannot be read") as told:
        load_list(path, remedy="Save it as text.")
    assert told.value.remedy == "Save it as text."
