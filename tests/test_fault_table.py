"""What is tried of every part that may fail: each way to fail has a test, by name."""

from __future__ import annotations

import ast

import pytest

from data.settings import PROJECT_ROOT

PARTS = ("bucket", "database", "scheduler", "model server")
FAULTS = ("refused", "slow", "cut in mid-transfer", "full", "wrong credentials")

_BUCKET, _OPEN = "tests/data/test_bucket.py", "tests/data/test_store_open.py"
_AGAIN, _POSTGRES = "tests/data/test_store_again.py", "tests/data/test_store_postgres.py"
_DISK, _DASK = "tests/data/test_store_full_disk.py", "tests/analysis/batch/test_dask_pool.py"
_BATCH, _CHAT = "tests/analysis/batch/test_batch_run.py", "tests/analysis/llm/test_chat_model.py"
_STREAM, _ENDS = "tests/analysis/llm/test_streaming.py", "tests/analysis/llm/test_call_ends.py"

TRIED: dict[tuple[str, str], tuple[str, ...]] = {
    ("bucket", "refused"): (
        f"{_BUCKET}::test_a_bucket_that_is_gone_in_mid_answer_does_not_stop_it",
        f"{_BATCH}::test_a_bucket_that_is_away_leaves_every_answer_waiting",
    ),
    ("bucket", "slow"): (
        f"{_BUCKET}::test_a_bucket_that_is_slow_gets_it_and_one_that_says_nothing_is_left_in_bounded_time",
    ),
    ("bucket", "cut in mid-transfer"): (f"{_BUCKET}::test_a_bucket_that_fails_costs_nothing_but_time",),
    ("bucket", "full"): (
        f"{_BUCKET}::test_a_bucket_that_fails_costs_nothing_but_time",
        f"{_BUCKET}::test_a_disk_that_is_full_here_lets_go_of_what_the_bucket_has",
    ),
    ("bucket", "wrong credentials"): (f"{_BUCKET}::test_wrong_keys_say_so_and_are_not_repeated",),
    ("database", "refused"): (
        f"{_OPEN}::test_a_server_that_is_not_there_says_so",
        f"{_AGAIN}::test_a_server_that_is_starting_is_waited_for_and_then_told",
    ),
    ("database", "slow"): (
        f"{_POSTGRES}::test_a_save_is_there_once_however_slow_the_way_is",
        f"{_POSTGRES}::test_a_server_that_says_nothing_is_not_waited_for_for_ever",
    ),
    ("database", "cut in mid-transfer"): (
        f"{_POSTGRES}::test_a_save_that_is_cut_in_mid_transfer_is_there_once",
        f"{_POSTGRES}::test_a_save_that_the_server_refused_or_cut_off_is_tried_again",
    ),
    ("database", "full"): (
        f"{_POSTGRES}::test_a_server_whose_disk_is_full_says_so_and_keeps_nothing_of_what_did_not_fit",
        f"{_DISK}::test_a_backup_that_does_not_fit_is_none",
    ),
    ("database", "wrong credentials"): (f"{_POSTGRES}::test_a_database_that_cannot_be_used_says_why",),
    ("scheduler", "refused"): (
        f"{_DASK}::test_a_scheduler_that_is_not_there_is_told_in_plain_words",
        f"{_BATCH}::test_where_nobody_can_work_all_waits_and_the_reason_is_told",
    ),
    ("scheduler", "slow"): (f"{_DASK}::test_a_scheduler_that_says_nothing_is_left_in_bounded_time",),
    ("scheduler", "cut in mid-transfer"): (
        f"{_DASK}::test_a_scheduler_that_is_cut_off_with_pieces_out_is_away",
    ),
    ("scheduler", "full"): (
        f"{_DASK}::test_a_scheduler_without_room_for_anybody_says_so",
        f"{_DASK}::test_a_piece_that_kills_its_workers_is_lost_and_those_after_it_are_worked_on",
    ),
    ("scheduler", "wrong credentials"): (
        f"{_DASK}::test_a_scheduler_with_other_certificates_is_away_and_says_to_look_at_them",
        f"{_DASK}::test_a_scheduler_behind_tls_says_which_certificates_are_missing",
    ),
    ("model server", "refused"): (f"{_CHAT}::test_a_server_that_is_not_there_is_unreachable",),
    ("model server", "slow"): (
        f"{_CHAT}::test_a_server_that_does_not_answer_is_given_up_in_bounded_time",
        f"{_STREAM}::test_a_slow_server_is_left_in_bounded_time",
        f"{_ENDS}::test_a_deadline_holds_for_the_whole_call_with_its_retries",
    ),
    ("model server", "cut in mid-transfer"): (
        f"{_STREAM}::test_a_server_gone_in_mid_stream_is_told_after_the_words_that_came",
    ),
    ("model server", "full"): (f"{_CHAT}::test_a_passing_fault_is_tried_again",),
    ("model server", "wrong credentials"): (f"{_CHAT}::test_a_lasting_fault_is_named",),
}
"""By part and fault. A model server is full when it takes no more requests now (429, 503), a scheduler when
it has no worker with room."""


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_way_to_fail_of_each_part_is_tried(part: str, fault: str) -> None:
    for named in TRIED[part, fault]:
        file, _, name = named.partition("::")
        found = ast.parse((PROJECT_ROOT / file).read_text(encoding="utf-8")).body
        assert name in {one.name for one in found if isinstance(one, ast.FunctionDef)}, named
