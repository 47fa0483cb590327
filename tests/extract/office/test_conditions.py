"""Conditional formats and settings of a sheet that change what is printed."""

from __future__ import annotations

import pytest
from openpyxl.formatting.rule import CellIsRule, DifferentialStyle, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Font
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from schemas.document import Document
from tests.extract.office.making import rows, workbook
from tests.extract.office.showing import body, read

_WHITE = Font(color="FFFFFFFF")
_VALUES: list[list[object]] = [["灯台", 12, 0], ["灯台", 7, 5]]


def shown(*rules: object) -> tuple[object, Document]:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", _VALUES)
        for rule in rules:
            sheet.conditional_formatting.add("A1:C2", rule)

    document = read(workbook(fill), "a.xlsx")
    [table] = body(document)
    return table, document


def rules_told(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]


@pytest.mark.parametrize(
    ("rule", "table"),
    [
        (CellIsRule(operator="equal", formula=["0"], font=_WHITE), [["灯台", "12", ""], ["灯台", "7", "5"]]),
        (CellIsRule(operator="greaterThan", formula=["$B$2"], font=_WHITE), [["", "", "0"], ["", "7", "5"]]),
        (FormulaRule(formula=["$C1=0"], font=_WHITE), [["", "", ""], ["灯台", "7", "5"]]),
        (FormulaRule(formula=["A1=A2"], font=Font(strike=True)), [["", "12", "0"], ["灯台", "7", "5"]]),
        (FormulaRule(formula=['$A1="灯台"'], font=Font(color="FFFF0000")), [["灯台", "12", "0"], ["灯台", "7", "5"]]),
        (FormulaRule(formula=["ISERROR(A1)"], font=_WHITE), [["灯台", "12", "0"], ["灯台", "7", "5"]]),
    ],
)
def test_a_condition_that_holds_hides_or_strikes_out_what_it_says(rule: Rule, table: list[list[str]]) -> None:
    found, document = shown(rule)
    assert found == table
    assert "ambiguous" not in rules_told(document)


def test_what_a_condition_hides_is_told() -> None:
    _, document = shown(CellIsRule(operator="equal", formula=["0"], font=_WHITE))
    assert rules_told(document) == ["hidden-text"]


def test_numbers_shown_as_icons_are_not_read_and_told() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", _VALUES)
        sheet.conditional_formatting.add("B1:B2", IconSetRule("3TrafficLights1", "num", [0, 8, 10], showValue=False))

    document = read(workbook(fill), "a.xlsx")
    assert body(document) == [[["灯台", "", "0"], ["灯台", "", "5"]]]
    assert [(problem.rule, problem.observed) for problem in document.problems] == [("ambiguous", "12、7")]


def test_the_first_of_two_conditions_goes_before() -> None:
    red = CellIsRule(operator="lessThan", formula=["6"], font=Font(color="FFFF0000"))
    white = CellIsRule(operator="lessThan", formula=["8"], font=_WHITE)
    assert shown(red, white)[0] == [["灯台", "12", "0"], ["灯台", "", "5"]]


def test_a_condition_can_ask_for_another_format() -> None:
    style = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=";;;"))
    assert shown(Rule(type="cellIs", operator="equal", formula=["12"], dxf=style))[0] == [
        ["灯台", "", "0"], ["灯台", "7", "5"]
    ]  # fmt: skip


def test_a_condition_that_is_not_worked_out_leaves_its_cells_in_doubt() -> None:
    table, document = shown(FormulaRule(formula=["SUM(B1:C1)>10"], font=_WHITE))
    assert table == [["灯台", "12", "0"], ["灯台", "7", "5"]]
    assert rules_told(document) == ["ambiguous"]


def test_a_sheet_may_show_no_zeros() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", _VALUES)
        sheet.sheet_view.showZeros = False

    document = read(workbook(fill), "a.xlsx")
    assert body(document) == [[["灯台", "12", ""], ["灯台", "7", "5"]]]
    assert rules_told(document) == ["hidden-text"]
