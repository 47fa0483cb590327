"""Tables are exchanged as a set: at whatever step a run is killed, readers are told, and the next run finishes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.parquet import write_snapshot
from pipeline.run.folder import work_folder
from pipeline.snapshot import snapshot_files
from pipeline.sources import UsageError
from tests.pipeline.example import NOTES, example_tables
from tests.pipeline.run.made import everything


class Killed(BaseException):
    """From here on nothing is done any more."""


def dies_at(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    real = Path.rename
    steps: Iterator[int] = iter(range(1000))

    def rename(self: Path, target: Path) -> Path:
        if next(steps) >= step:
            raise Killed
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)


def test_a_run_killed_at_any_step_of_the_exchange_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = example_tables()
    write_snapshot({}, tmp_path / "old", NOTES, ("fiscal_year",))
    write_snapshot(tables, tmp_path / "new", NOTES)
    old, new = everything(tmp_path / "old"), everything(tmp_path / "new")
    steps = len(list((tmp_path / "old").iterdir())) + len(new)
    for step in range(1, steps, 4):
        out = tmp_path / str(step)
        write_snapshot({}, out, NOTES, ("fiscal_year",))
        with monkeypatch.context() as patch:
            dies_at(patch, step)
            with pytest.raises(Killed):
                write_snapshot(tables, out, NOTES)
        with pytest.raises(UsageError, match="are being replaced, or a run was stopped"):
            snapshot_files(out)
        visible = {name: data for name, data in everything(out).items() if not name.startswith(".hyoka/")}
        assert "datapackage.json" not in visible or visible == old
        with work_folder(out):
            pass
        assert everything(out) == new


def test_the_work_folder_goes_with_the_run_and_so_does_an_output_that_nothing_was_written_to(tmp_path: Path) -> None:
    with work_folder(tmp_path / "deep" / "out") as work:
        (work / "parts" / "a.part").write_bytes(b"")
        assert work.is_dir()
    assert not (tmp_path / "deep" / "out").exists()


def test_parts_stay_where_a_run_fails_or_is_to_be_resumed(tmp_path: Path) -> None:
    with suppress(Killed), work_folder(tmp_path) as work:
        (work / "parts" / "a.part").write_bytes(b"")
        (work / "new").mkdir()
        raise Killed
    assert list(everything(tmp_path)) == [".hyoka/parts/a.part"]
    with work_folder(tmp_path, keep_parts=True):
        pass
    assert list(everything(tmp_path)) == [".hyoka/parts/a.part"]
    with work_folder(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_into_one_output_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with work_folder(tmp_path) as work:
        with pytest.raises(UsageError, match="another run writes into"), work_folder(tmp_path):
            pass
        assert work.is_dir()
    with work_folder(tmp_path):
        pass
