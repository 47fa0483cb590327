"""What documents say together, worked out here and in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import across
from pipeline.convert import Way, convert
from pipeline.options import Options

RAW = Path(__file__).parents[2] / "data" / "raw"


def test_a_process_of_its_own_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [RAW / "akiruno-progress.txt", RAW / "musashino-summary.txt"]
    monkeypatch.setattr(across, "_MANY", 2)
    outs = tmp_path / "here", tmp_path / "apart"
    for out, workers in zip(outs, (0, 1), strict=True):
        convert(sources, out, Options(), way=Way(workers=workers))
    for name in ("series", "matches", "findings"):
        told = [(out / f"{name}.parquet").read_bytes() for out in outs]
        assert told[0] == told[1]
