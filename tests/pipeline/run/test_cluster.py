"""A real scheduler and real workers on loopback, and an object store where a server for one is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.convert import Ended, Way, convert
from pipeline.options import Options
from pipeline.remote import RemoteFolder
from pipeline.sources import UsageError, find_inputs
from tests.pipeline.run.made import everything, sheets

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes as POSIX has them")
ROOT = Path(__file__).parents[3]


class Processes(ExitStack):
    """Programs that end with the test."""

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )  # fmt: skip
        self.callback(process.wait)
        self.callback(process.kill)
        return process


@pytest.fixture
def processes() -> Iterator[Processes]:
    with Processes() as processes:
        yield processes


@pytest.fixture
def scheduler(processes: Processes, tmp_path: Path) -> Path:
    """The file that says where the scheduler is."""
    pytest.importorskip("distributed", reason="the extra hyoka[cluster] is not installed")
    file = tmp_path / "scheduler.json"
    processes.start(
        sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
        "--no-dashboard", "--scheduler-file", str(file), "--idle-timeout", "300s",
    )  # fmt: skip
    return file


def dask_worker(processes: Processes, scheduler: Path) -> subprocess.Popen[bytes]:
    return processes.start(
        sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(scheduler), "--host", "127.0.0.1",
        "--no-nanny", "--no-dashboard", "--nthreads", "1", "--death-timeout", "60", "--local-directory",
        str(scheduler.parent),
    )  # fmt: skip


def address(scheduler: Path) -> str:
    from distributed import Client

    with Client(scheduler_file=str(scheduler), timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
        return str(client.scheduler.address)


def test_a_cluster_gives_the_same_tables_also_when_a_worker_is_killed(
    tmp_path: Path, processes: Processes, scheduler: Path
) -> None:
    raw = sheets(tmp_path / "raw", 24)
    workers = [dask_worker(processes, scheduler) for _ in range(2)]
    where = address(scheduler)
    convert([raw], tmp_path / "one", Options())

    def kill(done: Iterable[Ended], _: int) -> Iterator[Ended]:
        for ended, item in enumerate(done, start=1):
            if ended == 3:
                workers[0].kill()
            yield item

    convert([raw], tmp_path / "two", Options(), kill, way=Way(cluster=where))
    assert workers[0].wait() != 0
    assert workers[1].poll() is None
    assert everything(tmp_path / "one") == everything(tmp_path / "two")


def test_a_cluster_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra hyoka[cluster] is not installed")
    raw = sheets(tmp_path / "raw", 1)
    with pytest.raises(UsageError, match="no scheduler answers there"):
        convert([raw], tmp_path / "out", Options(), way=Way(cluster="nowhere"))


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket of an object store on loopback; the environment says where it is."""
    from pyarrow.fs import S3FileSystem

    # Run this file by itself: workers are forked from a process that keeps the environment it was started with.
    server = shutil.which(os.environ.get("HYOKA_S3_SERVER", ""))
    if server is None:
        pytest.skip("no S3-compatible server: put the place of moto_server into HYOKA_S3_SERVER")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Processes() as processes, pytest.MonkeyPatch.context() as patch:
        processes.start(server, "-H", "127.0.0.1", "-p", endpoint.rpartition(":")[2])
        wait_for(endpoint)
        for name, value in (("ENDPOINT_URL", endpoint), ("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b"),
                            ("REGION", "us-east-1")):  # fmt: skip
            patch.setenv(f"AWS_{name}", value)
        S3FileSystem(endpoint_override=endpoint, allow_bucket_creation=True).create_dir("hyoka")
        yield "s3://hyoka"


def wait_for(endpoint: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(endpoint, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)


def upload(folder: Path, url: str) -> RemoteFolder:
    remote = RemoteFolder(url)
    for name in everything(folder):
        remote.put(folder / name, name)
    return remote


def download(remote: RemoteFolder, folder: Path) -> dict[str, bytes]:
    for name in remote.names():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        remote.get(name, folder / name)
    return everything(folder)


def test_an_object_store_is_read_and_written_as_a_folder_is(tmp_path: Path, bucket: str) -> None:
    raw = sheets(tmp_path / "raw", 6)
    (raw / "深い 所").mkdir()
    shutil.copy(raw / "0000.txt", raw / "深い 所" / "写し.txt")
    (raw / "0003.txt").rename(raw / ".hidden.txt")
    (raw / "a.png").write_bytes(b"")
    remote, out = upload(raw, f"{bucket}/in"), RemoteFolder(f"{bucket}/out")
    here, there = find_inputs([raw]), find_inputs([remote])
    assert [source.name for source in here.sources] == [source.name for source in there.sources]
    assert here.ignored == there.ignored
    summary = convert([raw], tmp_path / "here", Options())
    assert convert([remote], out, Options(), keys=("fiscal_year",), way=Way(1, resume=True)) == summary
    assert convert([remote], out, Options()) == summary
    assert download(out, tmp_path / "there") == everything(tmp_path / "here")


def test_a_cluster_reads_from_an_object_store(
    tmp_path: Path, processes: Processes, scheduler: Path, bucket: str
) -> None:
    raw = sheets(tmp_path / "raw", 6)
    for _ in range(2):
        dask_worker(processes, scheduler)
    remote = upload(raw, f"{bucket}/far-in")
    arguments = ["--out", f"{bucket}/far-out", "--cluster", address(scheduler)]
    assert main(["convert", remote.url, *arguments]) == 1
    convert([raw], tmp_path / "here", Options())
    assert download(RemoteFolder(f"{bucket}/far-out"), tmp_path / "there") == everything(tmp_path / "here")


def test_what_is_not_in_an_object_store_is_wrong_use(tmp_path: Path, bucket: str) -> None:
    assert main(["convert", f"{bucket}/nothing", "--out", str(tmp_path / "out")]) == 2


def test_a_scheme_that_nobody_reads_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "nosuch://a/b.pdf", "--out", str(tmp_path / "out")]) == 2
    assert (
        "“nosuch://a/b.pdf”, which is a place that cannot be read (such URLs cannot be read here"
        in capsys.readouterr().err
    )
