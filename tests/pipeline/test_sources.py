"""Which files a run reads, and what they are called."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.cli import main
from pipeline.remote import RemoteFolder, text_to_input
from pipeline.sources import UsageError, find_inputs, printable


def make(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return folder


def names(*inputs: Path, out: Path | None = None) -> list[str]:
    return [source.name for source in find_inputs(inputs, out).sources]


def test_folders_are_searched_to_the_bottom_and_names_are_sorted(tmp_path: Path) -> None:
    make(tmp_path, "b.pdf", "a/z.txt", "a/評価/シート.TSV", "c.md")
    assert names(tmp_path) == ["a/z.txt", "a/評価/シート.TSV", "b.pdf", "c.md"]


def test_a_file_has_its_own_name(tmp_path: Path) -> None:
    make(tmp_path, "a/sheet.pdf")
    assert names(tmp_path / "a" / "sheet.pdf") == ["sheet.pdf"]


def test_a_file_of_another_kind_is_passed_over_in_a_folder_but_not_when_it_is_given(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "b.pptx", ".hidden.pdf", ".git/x.txt")
    found = find_inputs([tmp_path])
    assert [source.name for source in found.sources] == ["a.pdf"]
    assert [(ignored.name, ignored.reason) for ignored in found.ignored] == [
        (".git", "hidden"),
        (".hidden.pdf", "hidden"),
        ("b.pptx", "another kind of file: save it as pdf"),
    ]
    assert names(tmp_path / "b.pptx") == ["b.pptx"]
    assert names(tmp_path, tmp_path / "b.pptx") == ["a.pdf", "b.pptx"]


def test_equal_names_of_two_inputs_get_the_folders_that_tell_them_apart(tmp_path: Path) -> None:
    make(tmp_path, "r6/in/sheet.pdf", "r7/in/sheet.pdf", "r7/in/other.pdf")
    assert names(tmp_path / "r6" / "in", tmp_path / "r7" / "in") == ["other.pdf", "r6/in/sheet.pdf", "r7/in/sheet.pdf"]


def test_a_path_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a/sheet.pdf")
    roundabout = tmp_path / "a" / ".." / "a" / "sheet.pdf"
    assert names(tmp_path, tmp_path / "a" / "sheet.pdf", roundabout) == ["a/sheet.pdf"]


def test_the_output_folder_is_not_read(tmp_path: Path) -> None:
    make(tmp_path, "raw/a.txt", "out/b.txt")
    assert names(tmp_path, out=tmp_path / "out") == ["raw/a.txt"]
    assert names(tmp_path / "out", out=tmp_path / "out") == ["b.txt"]


def test_a_folder_that_looks_like_a_file_is_a_source_with_its_trouble(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "scans.pdf/page.gif", "deep.pdf/inside.txt")
    found = {source.name: source.trouble and source.trouble.en for source in find_inputs([tmp_path]).sources}
    assert found == {"a.txt": None, "deep.pdf/inside.txt": None, "scans.pdf": "is a folder, not a file"}


def test_an_empty_folder_beside_a_full_one_is_a_source_with_its_trouble(tmp_path: Path) -> None:
    make(tmp_path, "full/a.txt")
    (tmp_path / "empty").mkdir()
    found = {
        source.name: source.trouble and source.trouble.en
        for source in find_inputs([tmp_path / "full", tmp_path / "empty"]).sources
    }
    assert found == {"a.txt": None, "empty": "is a folder without a file that can be read"}


def test_nothing_to_read_is_wrong_use(tmp_path: Path) -> None:
    make(tmp_path, "a.gif")
    with pytest.raises(UsageError, match=r"nothing to read in .*pdf"):
        find_inputs([tmp_path])
    with pytest.raises(UsageError, match=r"there is no .*b\.pdf"):
        find_inputs([tmp_path / "b.pdf", tmp_path])


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_that_leave_the_folder_are_followed_only_when_asked_and_never_round_in_circles(tmp_path: Path) -> None:
    make(tmp_path, "store/sheet.pdf", "raw/a.txt", "raw/r6/b.txt")
    (tmp_path / "raw" / "linked").symlink_to(tmp_path / "store")
    (tmp_path / "raw" / "one.pdf").symlink_to(tmp_path / "store" / "sheet.pdf")
    (tmp_path / "raw" / "r6" / "up.txt").symlink_to(tmp_path / "raw" / "a.txt")
    (tmp_path / "raw" / "round").symlink_to(tmp_path / "raw")
    found = find_inputs([tmp_path / "raw"])
    assert [source.name for source in found.sources] == ["a.txt", "r6/b.txt", "r6/up.txt"]
    assert [(ignored.name, "--follow-links" in ignored.reason) for ignored in found.ignored] == [
        ("linked", True),
        ("one.pdf", True),
        ("round", False),
    ]
    followed = find_inputs([tmp_path / "raw"], follow_links=True)
    assert [s.name for s in followed.sources] == ["a.txt", "linked/sheet.pdf", "one.pdf", "r6/b.txt", "r6/up.txt"]
    (tmp_path / "given").symlink_to(tmp_path / "raw")
    assert len(find_inputs([tmp_path / "given"]).sources) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow only Unicode names")
def test_a_name_in_cp932_is_read_as_such(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "評価.txt".encode("cp932"))).write_text("x")
    assert names(tmp_path) == ["評価.txt"]


def test_a_name_in_no_encoding_can_still_be_printed() -> None:
    assert printable("a\udc81.pdf") == "a\\x81.pdf"
    assert printable("a\ud800.pdf") == "a\\ud800.pdf"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_that_lead_to_each_other_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "sheet.txt")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a.pdf")
    for follow_links in (False, True):
        found = find_inputs([tmp_path], follow_links=follow_links)
        assert [source.name for source in found.sources] == ["sheet.txt"]
        assert {(one.name, one.reason) for one in found.ignored} == {
            ("a.pdf", "a link that leads to itself"),
            ("b", "a link that leads to itself"),
        }


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can start it as somebody else")
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_cannot_be_entered_is_told_and_the_rest_is_read(tmp_path: Path, mode: int) -> None:
    make(tmp_path, "sheet.txt", "shut/other.txt", "shut/deep/more.txt")
    for path in (tmp_path, *tmp_path.parents):
        path.chmod(path.stat().st_mode | 0o055)
    (tmp_path / "shut").chmod(mode)
    found: list[tuple[str, str | None]] = []

    def look() -> None:
        found.extend(
            (source.name, source.trouble.en if source.trouble else None) for source in find_inputs([tmp_path]).sources
        )

    as_nobody(look)
    assert found == [("sheet.txt", None), ("shut", "is a folder that cannot be opened (Permission denied)")]


def as_nobody(call: Callable[[], None]) -> None:
    """Call as a user without rights."""
    os.seteuid(65534)
    try:
        call()
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("", "is an empty path"),
        ("  ", "is an empty path"),
        ("ftp://x", "such URLs cannot be read here"),
        ("nosuch://x/y", "such URLs cannot be read here"),
    ],
)
def test_what_names_no_place_is_told_and_the_rest_is_read(tmp_path: Path, given: str, why: str) -> None:
    make(tmp_path, "sheet.txt")
    found = find_inputs([text_to_input(given), tmp_path])
    assert [source.name for source in found.sources if source.trouble is None] == ["sheet.txt"]
    (trouble,) = (source.trouble.en for source in found.sources if source.trouble)
    assert why in trouble
    with pytest.raises(UsageError, match=f"nothing to read in .*{why}"):
        find_inputs([text_to_input(given)])


def test_a_url_with_credentials_is_refused_and_not_repeated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for url in ("s3://AKIA:wJalr/XUt@bucket/in", "s3://bucket/in?secret_key=wJalr/XUt", "https://u:wJalr@h/x?sig=XUt"):
        for arguments in ([url, "--out", str(tmp_path)], [str(tmp_path), "--out", url]):
            with pytest.raises(SystemExit) as stop:
                main(["convert", *arguments])
            said = capsys.readouterr().err
            assert stop.value.code == 2
            assert "credentials do not belong into a URL" in said
            assert not [secret for secret in ("AKIA", "wJalr", "XUt") if secret in said]


def test_a_dead_network_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(path: str, on_error: str = "omit") -> list[str]:
        if on_error == "omit":  # as fsspec does, unless it is told otherwise
            return []
        raise OSError(f"When listing objects in bucket '{path}': AWS Error NETWORK_CONNECTION during ListObjectsV2")

    monkeypatch.setattr("pipeline.remote._system", lambda _: SimpleNamespace(find=find, isfile=lambda _: False))
    with pytest.raises(OSError, match="does not answer") as found:
        list(RemoteFolder("s3://bucket/in").names())
    assert "NETWORK" not in str(found.value)
    with pytest.raises(UsageError, match="the network, or the server that the URL names, does not answer"):
        find_inputs([RemoteFolder("s3://bucket/in")])


def test_an_object_store_without_the_folder_has_no_file_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(path: str, on_error: str) -> list[str]:
        raise FileNotFoundError(path, on_error)

    monkeypatch.setattr("pipeline.remote._system", lambda _: SimpleNamespace(find=find, isfile=lambda _: False))
    assert list(RemoteFolder("s3://bucket/in").names()) == []


def test_what_no_program_shows_is_passed_over_and_an_old_kind_says_what_to_do(tmp_path: Path) -> None:
    for name in ("a.txt", "~$a.docx", ".~lock.a.docx#", "old.doc", "old.jtd", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    found = find_inputs([tmp_path])
    assert [source.name for source in found.sources] == ["a.txt"]
    assert {ignored.name: ignored.reason for ignored in found.ignored} == {
        "~$a.docx": "hidden",
        ".~lock.a.docx#": "hidden",
        "old.doc": "another kind of file: save it as docx",
        "old.jtd": "another kind of file: save it as pdf",
        "Thumbs.db": "another kind of file",
    }
