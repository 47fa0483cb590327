"""Rows of a form: which cells are labels, and what stands behind each."""

from __future__ import annotations

import pytest

from extract.text.grid import rows_to_table
from normalize.cells.years import YearSense
from normalize.document.table_grid import grid_of
from normalize.forms.general.facts import Doubt, Node, Number, Text
from normalize.forms.general.form.form_labels import pairs_of_row
from normalize.forms.general.form.form_rows import form_facts
from normalize.forms.general.form.form_values import FormState
from normalize.forms.general.rows.stubs import Setting
from normalize.forms.general.view import View

SENSE = YearSense(1996, 2035)


def view_of(*rows: list[str]) -> View:
    return View(grid_of(0, rows_to_table(list(rows))), SENSE)


def said(*rows: list[str]) -> list[tuple[str, ...]]:
    """What the rows say, each fact by its kind and print."""
    found: list[tuple[str, ...]] = []
    for fact in form_facts(view_of(*rows), range(len(rows)), Setting(unit="千円"), None):
        match fact:
            case Text():
                found.append((fact.kind, fact.field, fact.value.text, fact.evaluator or ""))
            case Node():
                found.append(("name", fact.field, fact.value.text))
            case Number():
                found.append((fact.name.text, fact.role, str(fact.value)))
            case Doubt():
                found.append(("doubt", fact.value.text))
            case _:
                found.append(("indicator", fact.name.text))
    return found


@pytest.mark.parametrize(
    ("row", "pairs"),
    [
        (["担当課", "港湾課", "電話", "12-3456"], [("担当課", "港湾課"), ("電話", "12-3456")]),
        (["一次評価", "妥当性", "A"], [("一次評価/妥当性", "A")]),
        (["灯台の色", "青い"], [("灯台の色", "青い")]),
        (["評価", "灯りを絶やさぬよう人を増やしてきたか", "A"], [("評価/灯りを絶やさぬよう人を増やしてきたか", "A")]),
        (["誰を", "船で来る人"], [("誰を", "船で来る人")]),
        (["事業費", "", "千円"], [("事業費", "/千円")]),
    ],
)  # fmt: skip
def test_a_row_is_labels_with_their_values(row: list[str], pairs: list[tuple[str, str]]) -> None:
    view = view_of(row)
    found = pairs_of_row(view, view.grid.starting(0), [], FormState([]))
    assert [("/".join(c.text for c in labels), "/".join(c.text for c in values)) for labels, values in found] == pairs


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        (["事務事業名", "灯台の管理"], [("name", "program", "灯台の管理")]),
        (["妥当性", "A"], [("grade", "grade", "A", "")]),
        (["今後の方向性", "拡充"], [("direction", "direction", "拡充", "")]),
        (["今後の方向性", "A"], [("grade", "direction", "A", "")]),
        (["一次評価", "A"], [("grade", "self", "A", "self")]),
        (["事業費", "1,200"], [("事業費", "actual", "1200000")]),
        (["事業費（うち一般財源）", "300（120）"],
         [("事業費（うち一般財源）", "actual", "300000"), ("うち一般財源", "actual", "120000")]),
        (["課題", "船が減っている。"], [("passage", "issue", "船が減っている。", "")]),
        (["港を残すべきか", "高い"], [("grade", "grade", "高い", "")]),
        (["灯りの色の理由", "青い灯り"], [("passage", "finding", "青い灯り", "")]),
    ],
)  # fmt: skip
def test_a_label_tells_how_to_read_what_stands_behind_it(row: list[str], facts: list[tuple[str, ...]]) -> None:
    assert said(row) == facts
