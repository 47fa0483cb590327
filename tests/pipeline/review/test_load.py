"""A small load: nothing fails, nothing that was written is lost."""

from __future__ import annotations

from tests.pipeline.review.load import run


def test_readers_and_writers_at_once_lose_nothing() -> None:
    load = run(readers=6, writers=3, seconds=3.0)
    assert load.errors == []
    assert load.statuses[200] > 10
    assert load.written
