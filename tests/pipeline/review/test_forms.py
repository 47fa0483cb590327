"""A learnt form in the review: shown once for its sheets, its labels' meanings changed, the effect seen before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from normalize import meanings
from pipeline.cli import main
from pipeline.profiles import read_profiles
from pipeline.review.desk import Desk
from pipeline.review.form_views import form_views, meaning_names
from pipeline.review.forms import save_form, weigh
from pipeline.review.server import make_server
from tests.normalize.profiles.test_profiles import NAMES, sheet_text
from tests.pipeline.review.made import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME, AIM = "しごとの名まえ", "めあてと願い"


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with eight sheets of one form, its profile, and the tables that were read by it."""
    folder = tmp_path_factory.mktemp("learnt")
    (folder / "raw").mkdir()
    for number, name in enumerate(NAMES):
        (folder / "raw" / f"minato-{number}.txt").write_text(sheet_text(name, number), encoding="utf-8")
    main(["learn", str(folder / "raw"), "--out", str(folder / "forms")])
    main(
        [
            "convert",
            str(folder / "raw"),
            "--out",
            str(folder / "out"),
            "--forms",
            str(folder / "forms"),
            "--workers",
            "0",
        ]
    )
    return folder


@pytest.fixture
def desk(learnt: Path, tmp_path: Path) -> Desk:
    forms = tmp_path / "forms"
    forms.mkdir()
    for path in (learnt / "forms").iterdir():
        (forms / path.name).write_bytes(path.read_bytes())
    return Desk(learnt / "out", [learnt / "raw"], tmp_path / "corrections", forms=forms)


def asked(**told: str) -> bytes:
    return json.dumps({"form": "minato-1", "meanings": told}).encode()


def test_every_meaning_has_a_name_in_both_languages() -> None:
    assert {*meaning_names()} == {"?", "value", *meanings()}
    assert all(words.ja and words.en for words in meaning_names().values())


def test_a_form_is_shown_with_its_sheets_and_what_stands_beside_its_labels(desk: Desk) -> None:
    assert desk.forms is not None
    (view,) = form_views(desk.snapshot().tables, read_profiles(desk.forms))
    label = next(one for one in view.labels if one.text == NAME)
    assert (len(view.sheets), label.meaning, label.sheets) == (8, "?", 8)
    assert label.examples == NAMES[:3]


def test_the_effect_of_a_meaning_is_told_for_all_sheets_and_nothing_is_written(desk: Desk) -> None:
    assert desk.forms is not None
    before = (desk.forms / "minato-1.toml").read_text(encoding="utf-8")
    answer = weigh(desk, asked(**{NAME: "name.program"}))
    assert isinstance(answer.body, bytes)
    said = json.loads(answer.body)
    assert said["sheets"] == 8
    assert next((one["before"], one["after"]) for one in said["counts"] if one["en"] == "Measures") == (0, 8)
    assert f"minato-0.txt: {NAMES[0]}" in said["comes"]
    assert (desk.forms / "minato-1.toml").read_text(encoding="utf-8") == before


def test_meanings_are_saved_and_what_else_stands_in_the_profile_stays(desk: Desk) -> None:
    assert desk.forms is not None
    path = desk.forms / "minato-1.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('meaning = "?"', 'meaning = "?"  # 聞く', 1), encoding="utf-8"
    )
    before = path.read_text(encoding="utf-8")
    assert save_form(desk, asked(**{NAME: "name.program", AIM: "passage.aim"})).status == 200
    (profile,) = read_profiles(desk.forms)
    told = {label.text: label.meaning for label in profile.labels}
    assert (told[NAME], told[AIM]) == ("name.program", "passage.aim")
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if "meaning" not in line] == [
        line for line in before.splitlines() if "meaning" not in line
    ]
    assert "# 聞く" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"[]", "expected a form"),
        (json.dumps({"form": "../minato-1", "meanings": {}}).encode(), "expected a form"),
        (asked(**{NAME: "name.programme"}), "name.program may be meant"),
        (asked(どこにもない="value"), "no label"),
    ],
)
def test_what_no_page_sends_is_refused_and_nothing_is_written(desk: Desk, body: bytes, said: str) -> None:
    assert desk.forms is not None
    before = (desk.forms / "minato-1.toml").read_bytes()
    for answer in (weigh(desk, body), save_form(desk, body)):
        assert isinstance(answer.body, bytes)
        assert answer.status == 400
        assert said in json.loads(answer.body)["message"]["en"]
    assert (desk.forms / "minato-1.toml").read_bytes() == before


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    server = make_server(desk, 0)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_address[1]}/?token={desk.token}"


def test_a_person_sees_the_effect_before_saving(tab: Page, desk: Desk, address: str) -> None:
    assert desk.forms is not None
    tab.goto(address)
    tab.get_by_role("link", name="minato-1", exact=True).click()
    assert tab.locator("#save-form").is_disabled()
    tab.get_by_label(NAME).select_option("name.program")
    assert tab.locator("#save-form").is_disabled()
    tab.get_by_role("button", name="Show the effect").click()
    tab.get_by_text(f"minato-0.txt: {NAMES[0]}").wait_for()
    tab.get_by_role("button", name="Save into the form").click()
    tab.get_by_text("applies it").wait_for()
    (profile,) = read_profiles(desk.forms)
    assert next(label.meaning for label in profile.labels if label.text == NAME) == "name.program"


def test_the_written_pages_show_the_form_and_change_nothing(learnt: Path) -> None:
    site = learnt / "site"
    assert main(["review", str(learnt / "out"), "--out", str(site), "--forms", str(learnt / "forms")]) == 0
    page = (site / "forms" / "minato-1.html").read_text(encoding="utf-8")
    assert NAME in page
    assert "<select" not in page
    assert 'href="forms/minato-1.html"' in (site / "index.html").read_text(encoding="utf-8")
