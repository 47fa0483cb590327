"""A word or a bullet is known everywhere once it stands in its one file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from normalize.municipalities.akiruno import PROGRESS_FORM
from normalize.text.labels import Labels

ROOT = Path(__file__).parents[1]


def answer_with(tmp_path: Path, file: str, line: str, question: str, *, instead_of: str = "") -> str:
    """What a new process prints whose reference data have one more line, or one instead of another."""
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    data = tmp_path / "schemas/codes" / file
    lines = data.read_text(encoding="utf-8").splitlines()
    assert not instead_of or instead_of in lines
    kept = [known for known in lines if known != instead_of]
    data.write_text("\n".join((*kept, line, "")), encoding="utf-8")
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    asked = subprocess.run(
        [sys.executable, "-P", "-c", question],
        env={**os.environ, "PYTHONPATH": path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return asked.stdout.strip()


SYNONYM_ASKED = """
from normalize.cells.vocabulary import term_of
from normalize.forms.register.columns import word_of
from normalize.municipalities.musashino import SHEET_FORM
from normalize.municipalities.akishima import CARD_FORM
word = "ものがかり"
print(term_of(word).field, word_of(word).field, SHEET_FORM.responsible.match(word), CARD_FORM.orgs.match(word))
"""


def test_a_synonym_in_one_line_is_known_to_every_reader(tmp_path: Path) -> None:
    line = "org,responsible,whole,ものがかり"
    assert answer_with(tmp_path, "vocabulary.csv", line, SYNONYM_ASKED) == "responsible responsible True True"


def test_a_city_names_only_what_deviates() -> None:
    with pytest.raises(ValueError, match="担当課"):
        Labels.of("org.responsible", also=("担当課",))
    with pytest.raises(ValueError, match="世話役"):
        Labels.of("org.responsible", without=("世話役",))
    with pytest.raises(ValueError, match=r"org\.nobody"):
        Labels.of("org.nobody")


@pytest.mark.parametrize("head", ["前回値", "前年度の値", "変更前目標値", "中間目標", "コスト削減の余地"])
def test_a_number_under_another_head_is_none_of_the_known_form(head: str) -> None:
    heads = (PROGRESS_FORM.target, PROGRESS_FORM.actual, PROGRESS_FORM.grade)
    assert [labels.told for labels in heads if labels.match(head)] == []


BULLET_ASKED = """
from extract.pdf.text.line_breaks import starts_item
from extract.text.script import blanks_to_line_ends
from normalize.records.passages import BULLETED
from normalize.text.folding import without_bullet
from normalize.municipalities.akiruno import PROGRESS_FORM
from normalize.text.labels import Labels
print(
    without_bullet("❖会議"), bool(BULLETED.match("❖会議")), Labels("課題").match("❖課題"),
    len(blanks_to_line_ends("会議 ❖見学").splitlines()), starts_item("❖会議"),
)
"""


def test_a_bullet_in_one_line_is_known_to_every_reader(tmp_path: Path) -> None:
    assert answer_with(tmp_path, "bullets.csv", "❖,item heading", BULLET_ASKED) == "会議 True True 2 True"


LIMIT_ASKED = """
from decimal import Decimal
from normalize.goals.goal_parser import parse_target
from normalize.grades.thresholds import parse_legend
from normalize.text.quantities import quantity
print(quantity("20人をくだらず").comparator, parse_target("参加者20人をくだらず")[0].comparator)
print(parse_legend([("A", "90％をくだらず")])[0].lower)
"""


def test_a_word_of_a_limit_in_one_line_is_known_to_every_reader(tmp_path: Path) -> None:
    assert answer_with(tmp_path, "comparators.csv", "をくだらず,after,>=,both", LIMIT_ASKED).split() == [
        ">=",
        ">=",
        "9/10",
    ]


NOTE_ASKED = """
from extract.note_mark import raised
from normalize.document.footnotes import without_note
from normalize.forms.general.cells.names import name_of
from normalize.document.text_span import Excerpt, Place
from normalize.text.folding import without_note_marks
from normalize.text.labels import Labels
from normalize.text.quantities import quantity
print(
    quantity("44人☞1").value, Labels("実績").match("実績☞1"), Labels("実績").match("実績（☞2）"), raised("☞1"),
    without_note("朝市☞1").strip(), without_note_marks("目標値☞¹"), name_of(Excerpt.of("朝市☞1", Place(0)))[0].text,
)
"""


def test_a_sign_of_notes_in_one_line_is_known_to_every_reader(tmp_path: Path) -> None:
    said = answer_with(tmp_path, "bullets.csv", "☞,note", NOTE_ASKED)
    assert said == "44 True True ☞¹ 朝市 目標値 朝市"


LEVEL_ASKED = """
from normalize.cells.vocabulary import term_of
from normalize.forms.general.around.headings import NAMES_GROUP
from normalize.forms.general.cuts.list_heads import level_of
from normalize.goals.scope_marks import _PROJECT
print(
    term_of("もくろみの意図").field, level_of("対象もくろみ").field, NAMES_GROUP.fullmatch("関連もくろみ"),
    bool(_PROJECT.fullmatch("もくろみとして")),
)
"""


def test_a_word_of_a_level_is_known_to_every_reader(tmp_path: Path) -> None:
    lines = "name,program,whole,もくろみ\nname,program,whole,もくろみ名"
    assert answer_with(tmp_path, "vocabulary.csv", lines, LEVEL_ASKED) == "aim program None True"


MARK_ASKED = """
from extract.ocr.mark_letters import MARKS
from extract.pdf.text.option_marks import _MARKS
from normalize.cells.choices import options_of
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.form.form_labels import OPTION
from normalize.text.folding import fold_mark
print(
    "❍" in MARKS, "❍" in _MARKS, bool(OPTION.match("❍ 継続")), fold_mark("❍", "○×"),
    options_of(Excerpt.of("❍拡大 ●継続 ❍縮小", Place(0))).chosen[0].text,
)
"""


def test_a_spelling_of_a_mark_is_known_to_every_reader(tmp_path: Path) -> None:
    line, known = "○,◯〇⭕⚪❍Oo,circle,false", "○,◯〇⭕⚪Oo,circle,false"
    said = answer_with(tmp_path, "marks.csv", line, MARK_ASKED, instead_of=known)
    assert said == "True True True ○ 継続"
