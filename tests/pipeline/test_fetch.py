"""Files are fetched once, politely, and with where they are from; nothing is written over."""

from __future__ import annotations

import csv
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from pipeline.fetch import read_list
from pipeline.sources import UsageError
from tests.pipeline.made import SHEET

Captured = pytest.CaptureFixture[str]
BODY = SHEET.encode()


class Site(BaseHTTPRequestHandler):
    """A site with a sheet, one that is there at the third try, one that is not for programs, and some that break."""

    asked: ClassVar[Counter[str]] = Counter()
    times: ClassVar[list[float]] = []

    def do_GET(self) -> None:
        path = self.path
        Site.asked[path] += 1
        Site.times.append(time.monotonic())
        if path == "/robots.txt":
            self.answer(200, b"User-agent: *\nDisallow: /private/\n", "text/plain")
        elif path == "/later.txt" and Site.asked[path] < 3:
            self.answer(503, b"later", "text/plain")
        elif path == "/away":
            self.send_response(302)
            self.send_header("Location", "ftp://127.0.0.1/sheet.txt")
            self.end_headers()
        elif path == "/cut.txt":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"half")
        elif path.startswith(("/sheet.txt", "/later.txt", "/other/sheet.txt", "/download", "/private/")):
            self.answer(200, BODY + path.encode(), "text/plain")
        else:
            self.answer(404, b"no", "text/plain")

    def answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked, Site.times = Counter(), []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)  # looks so often whether it ends
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def fetched(tmp_path: Path, *lines: str, pause: str = "0.01") -> int:
    (tmp_path / "list.csv").write_text("\n".join(lines), encoding="utf-8")
    return main(["fetch", str(tmp_path / "list.csv"), "--into", str(tmp_path / "raw"), "--pause", pause])


def manifest(tmp_path: Path) -> list[dict[str, str]]:
    with (tmp_path / "raw" / "sources.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_files_come_with_their_address_day_and_digest_and_go_into_the_tables(tmp_path: Path, site: str) -> None:
    assert fetched(tmp_path, "url,fiscal_year", f"{site}/sheet.txt,2024", f"{site}/download?id=1,") == 0
    first, second = manifest(tmp_path)
    assert (first["path"], second["path"]) == ("127.0.0.1/sheet.txt", "127.0.0.1/download.txt")
    data = (tmp_path / "raw" / first["path"]).read_bytes()
    assert first["sha256"] == hashlib.sha256(data).hexdigest()
    main(["convert", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--fail-on", "never"])
    table = pq.read_table(tmp_path / "out" / "documents.parquet")
    assert set(table["source_url"].to_pylist()) == {f"{site}/sheet.txt", f"{site}/download?id=1"}
    assert [str(day) for day in table["retrieved_on"].to_pylist()] == [first["date"]] * 2


def test_a_second_run_asks_for_nothing_that_is_there(tmp_path: Path, site: str) -> None:
    assert fetched(tmp_path, f"{site}/sheet.txt") == 0
    assert fetched(tmp_path, f"{site}/sheet.txt", f"{site}/later.txt") == 0
    assert Site.asked["/sheet.txt"] == 1
    assert Site.asked["/later.txt"] == 3
    assert len(manifest(tmp_path)) == 2


def test_nothing_is_written_over(tmp_path: Path, site: str) -> None:
    (tmp_path / "raw" / "127.0.0.1").mkdir(parents=True)
    mine = tmp_path / "raw" / "127.0.0.1" / "sheet.txt"
    mine.write_text("mine", encoding="utf-8")
    assert fetched(tmp_path, "url,path", f"{site}/sheet.txt,", f"{site}/other/sheet.txt,127.0.0.1/sheet.txt") == 1
    assert mine.read_text(encoding="utf-8") == "mine"
    (row,) = manifest(tmp_path)
    assert row["path"].startswith("127.0.0.1/sheet-")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone.pdf", "the server answers 404"),
        ("/private/sheet.txt", "robots.txt asks programs not to fetch it"),
        ("/away", "which is no address of the web"),
        ("/cut.txt", "the answer broke off"),
    ],
)
def test_what_cannot_be_had_is_named_and_the_rest_is_fetched(
    tmp_path: Path, site: str, capsys: Captured, path: str, said: str
) -> None:
    assert fetched(tmp_path, f"{site}{path}", f"{site}/sheet.txt") == 1
    assert said in capsys.readouterr().out
    assert [row["url"] for row in manifest(tmp_path)] == [f"{site}/sheet.txt"]
    assert len([one for one in (tmp_path / "raw").rglob("*") if one.is_file()]) == 2


def test_requests_to_a_host_keep_their_distance(tmp_path: Path, site: str) -> None:
    assert fetched(tmp_path, f"{site}/sheet.txt", f"{site}/other/sheet.txt", pause="0.3") == 0
    assert min(later - earlier for earlier, later in zip(Site.times, Site.times[1:], strict=False)) >= 0.29


def test_a_dead_network_is_called_so(tmp_path: Path, capsys: Captured) -> None:
    assert fetched(tmp_path, "http://127.0.0.1:9/a.pdf") == 1
    assert "does not answer" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name\na", "no addresses"),
        ("", "no addresses"),
        ("url\nftp://a/b", "is no address of the web"),
        ("url\nhttps://me:secret@example.jp/a.pdf", "holds credentials"),
    ],
)
def test_a_list_that_cannot_be_meant_is_told(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as found:
        read_list(text.encode())
    assert "secret" not in str(found.value)


def test_a_path_of_the_list_stays_below_the_folder(tmp_path: Path, site: str) -> None:
    assert fetched(tmp_path, "url,path", f"{site}/sheet.txt,../outside.txt") == 2
    assert not (tmp_path / "outside.txt").exists()
