"""The order of a run: workers change nothing, nothing is done twice, and what happens to a file stays with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from pipeline.convert import Way, convert
from pipeline.correction import Correction
from pipeline.options import Options
from pipeline.run.batch import Means, convert_sources
from pipeline.run.job import Job, convert_job
from pipeline.run.means import InThisProcess
from pipeline.run.parts import Outcome, part_tables, read_outcome
from pipeline.sources import find_inputs
from pipeline.summary import Repeated
from schemas.limits import Limits
from tests.pipeline.made import SHEET
from tests.pipeline.run.made import everything, sheets

P = ParamSpec("P")
T = TypeVar("T")


class Here(InThisProcess):
    """Does what it is given at once, after something else has happened."""

    def __init__(self, before: Callable[[int], object] = lambda _: None) -> None:
        self.calls = 0
        self.before = before

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        self.calls += 1
        self.before(self.calls)
        return super().submit(fn, *args, **kwargs)


def run(raw: Path, folder: Path, executor: Executor, options: Options | None = None) -> dict[str, Outcome | Repeated]:
    folder.mkdir(exist_ok=True)
    sources = find_inputs([raw]).sources
    done = convert_sources(sources, folder, options or Options(), Means(executor, 4), reuse=True)
    return {source.name: found for source, found in done}


def findings(folder: Path, outcome: Outcome | Repeated) -> list[str]:
    assert isinstance(outcome, Outcome)
    messages: list[str] = part_tables(folder, {"findings": [outcome.part]})["findings"][0]["message"].to_pylist()
    return messages


def test_the_number_of_workers_does_not_show(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 12)
    (raw / "copy.txt").write_bytes((raw / "0000.txt").read_bytes())
    ways = [Way(0), Way(1, resume=True), Way(3)]
    summaries = [convert([raw], tmp_path / f"{way.workers}", Options(), way=way) for way in ways]
    assert summaries[0] == summaries[1] == summaries[2]
    assert summaries[0].repeated == (Repeated("copy.txt", "0000.txt"),)
    parts = {name for name in everything(tmp_path / "1") if name.startswith(".hyoka/")}
    assert len(parts) == 12
    for name in parts:
        (tmp_path / "1" / name).unlink()
    assert everything(tmp_path / "0") == everything(tmp_path / "1") == everything(tmp_path / "3")


def test_only_what_changed_is_converted_again(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 4)
    first, second, corrected, limited, damaged = (Here() for _ in range(5))
    run(raw, tmp_path / "parts", first)
    (raw / "0001.txt").write_text(SHEET, encoding="utf-8")
    found = run(raw, tmp_path / "parts", second)
    assert (first.calls, second.calls) == (4, 1)
    correction = Correction("", "0001.txt", "grades", "no such", "grade", "", "accept", "", "", "")
    assert run(raw, tmp_path / "parts", corrected, Options(corrections=(correction,))).keys() == found.keys()
    assert corrected.calls == 1
    run(raw, tmp_path / "parts", limited, Options(limits=replace(Limits(), pages=3)))
    assert limited.calls == 4
    outcome = found["0001.txt"]
    assert isinstance(outcome, Outcome)
    part = tmp_path / "parts" / outcome.part
    part.write_bytes(part.read_bytes()[:-40])
    assert read_outcome(part) is None
    assert run(raw, tmp_path / "parts", damaged) == found
    assert damaged.calls == 1


def test_a_file_that_changes_once_while_it_is_read_is_read_as_it_is_then(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 1)
    (raw / "copy.txt").write_bytes((raw / "0000.txt").read_bytes())
    executor = Here(lambda call: (raw / "0000.txt").write_text(SHEET, encoding="utf-8") if call == 1 else None)
    found = run(raw, tmp_path / "parts", executor)
    statuses = {name: found[name].summary.row.sha256 for name in found}  # type: ignore[union-attr]
    assert len(set(statuses.values())) == 2, "the copy still has the bytes that the other had"
    assert all(outcome.summary.row.status == "converted" for outcome in found.values())  # type: ignore[union-attr]


def test_a_file_that_always_changes_is_given_up_with_a_finding(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 1)
    found = run(raw, tmp_path / "parts", Here(lambda call: (raw / "0000.txt").write_text(f"{call}")))
    (message,) = findings(tmp_path / "parts", found["0000.txt"])
    assert "changed" in message


def test_a_file_that_goes_while_the_run_goes_on_is_said_to_be_gone(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 1)
    found = run(raw, tmp_path / "parts", Here(lambda _: (raw / "0000.txt").unlink()))
    (message,) = findings(tmp_path / "parts", found["0000.txt"])
    assert "cannot be opened (No such file" in message


def test_an_output_that_is_removed_in_mid_run_is_an_error_of_the_system(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 2)
    with pytest.raises(FileNotFoundError):
        run(raw, tmp_path / "out", Here(lambda _: shutil.rmtree(tmp_path / "out", ignore_errors=True)))


def test_a_worker_that_talks_nonsense_loses_its_document_only(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 3)
    (tmp_path / "parts").mkdir()

    def talk(job: Job) -> str | bytes | None:
        said = convert_job(job) or ""
        return {"0000.txt": "{}", "0001.txt": said.replace(job.part, "../x.part")}.get(job.source.name, said)

    means = Means(Here(), 4, talk)
    found = dict(convert_sources(find_inputs([raw]).sources, tmp_path / "parts", Options(), means))
    statuses = {source.name: out.summary.row.status for source, out in found.items() if isinstance(out, Outcome)}
    assert statuses == {"0000.txt": "unreadable", "0001.txt": "unreadable", "0002.txt": "converted"}
    assert {out.part for out in found.values() if isinstance(out, Outcome)} == {
        path.name for path in (tmp_path / "parts").iterdir()
    }


def test_parts_of_another_version_are_not_taken_for_this_one_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = sheets(tmp_path / "raw", 2)
    first, same, other = Here(), Here(), Here()
    run(raw, tmp_path / "parts", first)
    run(raw, tmp_path / "parts", same)
    monkeypatch.setattr("pipeline.run.batch.code_version", lambda: "another")
    run(raw, tmp_path / "parts", other)
    assert (first.calls, same.calls, other.calls) == (2, 0, 2)
