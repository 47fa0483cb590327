"""What the machine does to a run, tried for real: each ends as it should, says what to do, and harms no table."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import psutil
import pytest

from pipeline.convert import convert
from pipeline.options import Options
from pipeline.run.folder import work_folder
from tests.pipeline.made import SHEET
from tests.pipeline.run.killing import command, kill_and_resume
from tests.pipeline.run.made import everything, sheets

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def ended(arguments: list[str], **changed: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **changed}
    return subprocess.run(arguments, capture_output=True, check=False, text=True, errors="replace", env=environment)


def test_killed_runs_end_as_others_do_when_they_are_started_again(tmp_path: Path) -> None:
    assert len(list(kill_and_resume(tmp_path, runs=2, documents=8, seed=20261122))) == 2


@pytest.mark.long
def test_a_hundred_killed_runs_end_as_others_do(tmp_path: Path) -> None:
    assert len(list(kill_and_resume(tmp_path, runs=100, documents=14, seed=20261122))) == 100


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_asked_to_stop_stops_and_can_be_resumed(tmp_path: Path, number: int, status: int) -> None:
    raw = sheets(tmp_path / "raw", 150)
    convert([raw / "0000.txt"], tmp_path / "out", Options())
    before = everything(tmp_path / "out")
    with subprocess.Popen(command(raw, tmp_path / "out"), stderr=subprocess.PIPE, text=True) as process:
        while not list((tmp_path / "out").glob(".hyoka/parts/*.part")):
            time.sleep(0.002)
        workers = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(number)
        _, said = process.communicate()
    assert process.returncode == status
    assert said.startswith("hyoka: stopped; no table was changed. `hyoka convert --resume` with the same IN and OUT")
    after = everything(tmp_path / "out")
    assert {name: data for name, data in after.items() if not name.startswith(".hyoka/parts/")} == before
    assert before.keys() < after.keys()
    _, alive = psutil.wait_procs(workers, 10)
    assert alive == []


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no prlimit, which makes files that cannot grow")
def test_a_disk_that_is_full_is_said_and_harms_no_table(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 3)
    convert([raw], tmp_path / "out", Options())
    before = everything(tmp_path / "out")
    (raw / "0000.txt").write_text(SHEET, encoding="utf-8")
    done = ended(["prlimit", "--fsize=9000", *command(raw, tmp_path / "out")])
    assert done.returncode == 2
    assert "File too large. Free some space" in done.stderr
    assert {k: v for k, v in everything(tmp_path / "out").items() if not k.startswith(".hyoka/parts/")} == before


def test_an_output_that_another_run_writes_is_refused(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 1)
    with work_folder(tmp_path / "out"):
        done = ended(command(raw, tmp_path / "out"))
    assert done.returncode == 2
    assert done.stderr.startswith("hyoka: another run writes into")


@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write where nobody may")
def test_an_output_that_may_not_be_written_is_said_before_anything_is_read(tmp_path: Path) -> None:
    raw = sheets(tmp_path / "raw", 1)
    (tmp_path / "out").mkdir(mode=0o500)
    done = ended(command(raw, tmp_path / "out"))
    assert (done.returncode, done.stderr) == (2, f"hyoka: {tmp_path / 'out' / '.hyoka'}: Permission denied\n")


def test_names_locale_and_time_zone_do_not_show(tmp_path: Path) -> None:
    name = "令和7年度 評価シート が.txt"
    plain, odd = tmp_path / "plain", tmp_path / "a folder 評価"
    for folder, written in ((plain, name), (odd, unicodedata.normalize("NFD", name))):
        folder.mkdir()
        (folder / written).write_text(SHEET, encoding="utf-8")
    convert([plain], tmp_path / "one", Options())
    done = ended(
        command(odd, tmp_path / "two 結果"), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", TZ="Pacific/Apia"
    )
    assert done.returncode == 0
    assert everything(tmp_path / "one") == everything(tmp_path / "two 結果")
