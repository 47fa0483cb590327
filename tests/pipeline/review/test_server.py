"""The served review answers its own pages only, and writes nowhere but into the folder of corrections."""

from __future__ import annotations

import http.client
import json
import socket
import struct
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.corrections import read_corrections
from pipeline.manifest import parse_manifest
from pipeline.review.deciding import correct
from pipeline.review.desk import Desk
from pipeline.review.pictures import Pages
from pipeline.review.server import ADDRESS, LONGEST_BODY, make_server
from pipeline.review.session import cookie_with_token
from tests.pipeline.review.made import SOURCE, serving, tables, write_example

RECORD = tables()["observations"][0]
DOCUMENT = str(getattr(tables()["documents"][0], "document_id", ""))
GOOD: Mapping[str, str] = {
    "document": DOCUMENT,
    "table": "observations",
    "record": f"{DOCUMENT}-m1-i1-target-2025",
    "field": "value",
    "decision": "correct",
    "value": "25",
    "reason": "as printed",
    "reviewer": "Sato",
}


class Served:
    """A running server, and requests to it."""

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk = desk
        self.port = port

    def ask(
        self, method: str, path: str, headers: Mapping[str, str | None] | None = None, body: bytes | None = None
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """One request; a header that is None is left out."""
        connection = http.client.HTTPConnection(ADDRESS, self.port, timeout=10)
        given = {"Host": f"{ADDRESS}:{self.port}", **(headers or {})}
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in given.items():
            if value is not None:
                connection.putheader(name, value)
        if body is not None and "Content-Length" not in given:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        if body:
            connection.send(body)
        answer = connection.getresponse()
        found = answer.status, answer.read(), dict(answer.getheaders())
        connection.close()
        return found

    def correct(self, said: object = GOOD, headers: Mapping[str, str | None] | None = None) -> tuple[int, bytes]:
        own = {
            "Origin": f"http://{ADDRESS}:{self.port}",
            "X-Hyoka-Token": self.desk.token,
            "Content-Type": "application/json",
        }
        status, body, _ = self.ask("POST", "/corrections", {**own, **(headers or {})}, json.dumps(said).encode())
        return status, body


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    out, source = write_example(tmp_path)
    desk = Desk(out, [source], tmp_path / "corrections")
    server = make_server(desk, 0)
    with serving(server):
        yield Served(desk, server.server_address[1])


def test_it_listens_on_the_loopback_address_only(served: Served) -> None:
    assert ADDRESS == "127.0.0.1"
    server = make_server(served.desk, 0)
    assert server.socket.getsockname()[0] == "127.0.0.1"
    server.server_close()


def test_it_serves_the_pages_with_headers_that_let_nothing_else_in(served: Served) -> None:
    for path in ("/", f"/documents/{DOCUMENT}.html", "/static/review.css", "/static/review.js"):
        status, body, headers = served.ask("GET", path)
        assert (status, bool(body)) == (200, True), path
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    status, body, headers = served.ask("GET", f"/pages/{DOCUMENT}-1.webp")
    assert (status, body[8:12], headers["Content-Type"]) == (200, b"WEBP", "image/webp")


@pytest.mark.parametrize("host", ["example.invalid", "127.0.0.1", "127.0.0.1.example.invalid:1", None])
def test_another_host_is_refused(served: Served, host: str | None) -> None:
    assert served.ask("GET", "/", {"Host": host})[0] == 403
    assert served.correct(headers={"Host": host})[0] == 403


@pytest.mark.parametrize("origin", ["http://example.invalid", "null", "https://127.0.0.1", None])
def test_a_correction_from_another_origin_is_refused(served: Served, origin: str | None) -> None:
    assert served.correct(headers={"Origin": origin})[0] == 403
    assert not served.desk.corrections.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Hyoka-Token": None}, 403),
        ({"X-Hyoka-Token": "guess"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Length": str(LONGEST_BODY + 1)}, 413),
        ({"Content-Length": "-1"}, 413),
        ({"Content-Length": "9" * 5000}, 413),
        ({"Content-Length": None, "Transfer-Encoding": "chunked"}, 413),
        ({"Content-Type": None}, 415),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, 403),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(served: Served, headers: Mapping[str, str | None], status: int) -> None:
    assert served.correct(headers=headers)[0] == status
    assert not served.desk.corrections.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd", "/static/../../cli.py", "/static/%2e%2e/review.css", "/documents/../tables.html",
        "/pages/../../in/sheet.pdf", "/pages/x-1.webp", f"/pages/{DOCUMENT}-99.webp",
        "/tables/blocks.parquet", "//example.invalid/", "/corrections", "//[", "/documents/%00.html",
        "/documents/..%2f..%2ftables%2fblocks.parquet", "/documents/..\\..\\in\\sheet.pdf",
        f"/pages/{DOCUMENT}-{'9' * 5000}.webp", f"/second/{DOCUMENT}", "/second/..%2fx.js", "/second/x.js",
    ],
)  # fmt: skip
def test_nothing_else_is_served(served: Served, path: str) -> None:
    assert served.ask("GET", path)[0] == 404


def test_another_site_s_page_gets_nothing_but_a_link_followed(served: Served) -> None:
    path = f"/second/{DOCUMENT}.js"
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert served.ask("GET", path)[0] == 200
    assert served.ask("GET", path, elsewhere)[0] == 403
    assert served.ask("GET", "/", {**elsewhere, "Sec-Fetch-Mode": "navigate"})[0] == 200


def test_the_parts_of_a_page_follow_each_other_and_its_picture_is_drawn_once(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = Pages.picture

    def counted(pages: Pages, number: int) -> bytes:
        drawn.append(number)
        return draw(pages, number)

    monkeypatch.setattr(Pages, "picture", counted)
    status, body, headers = served.ask("GET", f"/documents/{DOCUMENT}.html")
    assert (status, body[-8:].strip(), "Content-Length" in headers) == (200, b"</html>", False)
    served.ask("GET", f"/pages/{DOCUMENT}-1.webp")
    assert drawn == [1]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(served: Served, method: str) -> None:
    assert served.ask(method, "/corrections")[0] == 501


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"document": "../../elsewhere"}, "no such document"),
        ({"record": "other"}, "no such record"),
        ({"table": "nowhere"}, "no such record"),
        ({"field": "value_text"}, "cannot be corrected"),
        ({"field": "observation_id"}, "cannot be corrected"),
        ({"value": "many"}, "expected a number"),
        ({"reason": " "}, "reason"),
        ({"decision": "delete"}, "decision"),
        ({"value": None}, "expected texts"),
        ({"reason": "\ud800"}, "half a character"),
    ],
)
def test_a_wrong_correction_is_told_and_not_written(served: Served, change: Mapping[str, str], message: str) -> None:
    status, body = served.correct({**GOOD, **change})
    assert status == 400
    assert message in json.loads(body)["message"]["en"]
    assert not served.desk.corrections.exists()


def test_a_correction_is_one_file_that_says_of_what(served: Served) -> None:
    before = sorted(path for path in served.desk.out.parent.rglob("*") if path.is_file())
    assert served.correct()[0] == 200
    assert served.correct({**GOOD, "value": "26"})[0] == 200
    (path,) = served.desk.corrections.iterdir()
    assert path.name == f"{DOCUMENT}.yaml"
    assert sorted(p for p in served.desk.out.parent.rglob("*") if p.is_file() and p != path) == before
    (made,) = read_corrections(served.desk.corrections)
    assert (made.value, made.printed, made.source_name) == ("26", "20 firms", SOURCE)


def test_a_link_in_the_folder_is_replaced_and_not_written_through(served: Served, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text("", encoding="utf-8")
    served.desk.corrections.mkdir()
    (served.desk.corrections / f"{DOCUMENT}.yaml").symlink_to(elsewhere)
    assert served.correct()[0] == 200
    assert elsewhere.read_text(encoding="utf-8") == ""
    assert not (served.desk.corrections / f"{DOCUMENT}.yaml").is_symlink()


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = write_example(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    for name in ("elsewhere", "nowhere"):
        link = tmp_path / f"to-{name}"
        link.symlink_to(tmp_path / name)
        assert main(["review", str(out), "--serve", "--port", "0", "--corrections", str(link)]) == 2
        assert "is a link" in capsys.readouterr().err


def test_a_folder_that_becomes_a_link_is_not_written_through(served: Served, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    served.desk.corrections.symlink_to(tmp_path / "elsewhere")
    status, body = served.correct()
    assert (status, "is a link" in json.loads(body)["message"]["en"]) == (400, True)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_what_is_decided_by_hand_is_changed_by_hand(served: Served) -> None:
    assert served.correct()[0] == 200
    (path,) = served.desk.corrections.iterdir()
    path.rename(path.with_name("by-hand.yaml"))
    status, body = served.correct()
    assert status == 400
    assert "written by hand" in json.loads(body)["message"]["en"]


def test_the_token_is_only_on_pages_of_who_opened_the_printed_address(served: Served) -> None:
    token = served.desk.token
    page = f"/documents/{DOCUMENT}.html"
    for path in ("/", page, "/?token=", f"/?token={token[:-1]}", f"{page}?token=x", "/static/review.js"):
        status, body, headers = served.ask("GET", path)
        assert status == 200
        assert token not in body.decode("utf-8", "replace") + str(headers)
    assert token not in served.ask("GET", page, {"Cookie": f"hyoka-{served.port}={token[::-1]}"})[1].decode()
    status, _, headers = served.ask("GET", f"/?token={token}")
    assert (status, headers["Location"]) == (303, "/")
    cookie = headers["Set-Cookie"]
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict")
    assert token in served.ask("GET", page, {"Cookie": cookie.partition(";")[0]})[1].decode()


def test_deep_json_costs_only_itself(served: Served) -> None:
    own = {"Origin": f"http://{ADDRESS}:{served.port}", "X-Hyoka-Token": served.desk.token}
    body = b"[" * (LONGEST_BODY - 1)
    assert served.ask("POST", "/corrections", {**own, "Content-Type": "application/json"}, body)[0] == 400
    assert served.correct()[0] == 200


def test_clients_that_hang_up_cost_only_themselves(served: Served, capfd: pytest.CaptureFixture[str]) -> None:
    for sent in (
        b"",
        b"GET / HT",
        f"GET /documents/{DOCUMENT}.html HTTP/1.0\r\nHost: {ADDRESS}:{served.port}\r\n\r\n".encode(),
    ):
        with socket.create_connection((ADDRESS, served.port)) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # hang up with a reset
            client.sendall(sent)
    assert served.ask("GET", "/")[0] == 200
    assert capfd.readouterr().err == ""


def test_a_malformed_file_of_corrections_costs_only_itself(served: Served) -> None:
    served.desk.corrections.mkdir()
    (served.desk.corrections / "by-hand.yaml").write_text("corrections: [", encoding="utf-8")
    assert served.ask("GET", f"/documents/{DOCUMENT}.html")[0] == 200
    assert served.correct()[0] == 200
    assert [c.value for c in read_corrections(served.desk.corrections, [])] == ["25"]


def test_two_servers_on_one_folder_lose_no_write(served: Served) -> None:
    """Each writes other fields of one document, at once; every one of them is there in the end."""
    other = Desk(served.desk.out, served.desk.inputs, served.desk.corrections)
    fields = [
        ("observations", f"{DOCUMENT}-m1-i1-target-2025", name)
        for name in ("value", "unit", "frequency", "deadline_fy")
    ]
    fields += [("indicators", f"{DOCUMENT}-m1-i1", name) for name in ("unit", "indicator_name")]
    said = [
        {**GOOD, "table": table, "record": record, "field": name, "decision": "accept", "value": ""}
        for table, record, name in fields
    ]
    with ThreadPoolExecutor(6) as threads:
        found = [*threads.map(lambda n: correct((served.desk, other)[n % 2], json.dumps(said[n]).encode()), range(6))]
    assert [answer.status for answer in found] == [200] * 6
    assert {c.key for c in read_corrections(served.desk.corrections)} == {*fields}


def test_a_port_that_is_none_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = write_example(tmp_path)
    assert main(["review", str(out), "--serve", "--port", "70000"]) == 2
    assert "no port" in capsys.readouterr().err


def given(served: Served, said: object, headers: Mapping[str, str | None] | None = None) -> tuple[int, bytes]:
    own = {
        "Origin": f"http://{ADDRESS}:{served.port}",
        "X-Hyoka-Token": served.desk.token,
        "Content-Type": "application/json",
    }
    status, body, _ = served.ask("POST", "/sources", {**own, **(headers or {})}, json.dumps(said).encode())
    return status, body


def test_the_city_of_a_document_that_prints_none_goes_into_the_manifest(served: Served, tmp_path: Path) -> None:
    path = served.desk.manifest = tmp_path / "sources.csv"
    path.write_bytes("ファイル,自治体,備考\nother.pdf,横浜市,二次\n".encode("cp932"))
    assert given(served, {"document": DOCUMENT, "municipality": "武蔵野市"})[0] == 200
    assert path.read_bytes().decode("cp932") == f"ファイル,自治体,備考\nother.pdf,横浜市,二次\n{SOURCE},武蔵野市,\n"
    assert given(served, {"document": DOCUMENT, "municipality": "132071"})[0] == 200
    (line,) = parse_manifest(path.read_bytes(), "sources.csv").find(SOURCE)
    assert line.given.municipality_code == "132071"


def test_no_city_that_there_is_none_of_and_no_other_page_writes_into_the_manifest(
    served: Served, tmp_path: Path
) -> None:
    good = {"document": DOCUMENT, "municipality": "武蔵野市"}
    assert given(served, good)[0] == 400, "without a folder of sources there is no manifest"
    path = served.desk.manifest = tmp_path / "sources.csv"
    status, body = given(served, {"document": DOCUMENT, "municipality": "港町市"})
    assert (status, "no municipality" in json.loads(body)["message"]["en"]) == (400, True)
    assert given(served, {"document": "0" * 16, "municipality": "武蔵野市"})[0] == 400
    assert given(served, {"document": DOCUMENT})[0] == 400
    for headers in ({"Origin": "http://example.invalid"}, {"X-Hyoka-Token": "guessed"}, {"Content-Type": "text/plain"}):
        assert given(served, good, headers)[0] in (403, 415)
    assert not path.exists()


def test_only_who_may_write_sees_the_form_for_a_city(served: Served, tmp_path: Path) -> None:
    served.desk.manifest = tmp_path / "sources.csv"
    assert b'class="give"' not in served.ask("GET", "/")[1]
    cookie = cookie_with_token(served.port, served.desk.token).partition(";")[0]
    assert b'class="give"' in served.ask("GET", "/", {"Cookie": cookie})[1]
