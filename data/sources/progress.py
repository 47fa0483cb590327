"""The form of a yearly progress table: one row per programme, targets, actuals and grades by year, a legend, a note."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.page import PageMargins

from data.sources.facts import NOWHERE, Content, Fact, Node, Value, amount, document, fact, measure, orgs, passages
from data.sources.grid import Print, Spot, box_line, print_line, print_spots, spots_to_text

FORM = Print("IPAPGothic", 8, (10, 11, 15, 8, 30, 46, 7, *(7.5, 7.5, 4.5) * 4), "F2F2F2")
SCHEME = "akiruno"
N_COLS = 19
YEAR_COL = 6


def text(content: Content) -> str:
    """The table as tab-separated text with its title above, its legend and note below."""
    grids = (spots_to_text(list(spots)) for spots in (table(content), legend(content)))
    return "\n\n".join(("\n\n" + content["title"], content["tag"], "\n".join(grids))) + f"\n{content['note']}\n"


def office(content: Content, path: Path) -> None:
    """One landscape A3 page."""
    book = Workbook()
    sheet = book.active
    print_line(content["title"], sheet, 1, (1, 12), Font(FORM.font, 16, bold=True))
    print_line(content["tag"], sheet, 1, (17, N_COLS), Font(FORM.font, 10), "center")
    box_line(sheet, 1, (17, N_COLS))
    sheet.row_dimensions[2].height = 10
    below = print_spots(list(table(content)), sheet, FORM, 3)
    sheet.row_dimensions[below].height = 6
    below = print_spots(list(legend(content)), sheet, FORM, below + 1)
    print_line(content["note"], sheet, below, (1, 12), Font(FORM.font, 8))
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 8, "landscape"
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(0.5, 0.5, 0.4, 0.4)
    sheet.print_options.horizontalCentered = True
    book.save(path)


def table(content: Content) -> Iterator[Spot]:
    """The cells of the table: two header rows, a row for each programme."""
    for col, heading in enumerate(content["headings"]):
        yield Spot(0, col, heading.split("\n"), 2, look="heading", text=heading.replace("\n", ""))
    first, *later = content["years"]
    yield Spot(0, YEAR_COL, [first], look="heading")
    yield Spot(1, YEAR_COL, ["実績値"], look="label")
    for at, year in enumerate(later):
        yield Spot(0, YEAR_COL + 1 + at * 3, [year], cols=3, look="heading")
        for col, role in enumerate(("年間目標", "実績", "評価"), YEAR_COL + 1 + at * 3):
            yield Spot(1, col, [role], look="label")
    row = 2
    for direction in content["direction"]:
        span = sum(len(item["program"]) for item in direction["measure"])
        yield Spot(row, 0, [direction["name"]], span)
        for item in direction["measure"]:
            yield Spot(row, 1, [item["name"]], len(item["program"]))
            for row, program in enumerate(item["program"], row):  # noqa: B020, the row runs on over the measures
                yield from _row(row, program)
            row += 1


def _row(row: int, program: Content) -> Iterator[Spot]:
    name = [program["name"], *["【新規事業】"] * program.get("new", False), f"({program['counted']})", program["page"]]
    yield Spot(row, 2, name, text="".join(name[:-1]) + " " + name[-1])
    yield Spot(row, 3, [program["bodies"]], look="centre")
    yield Spot(row, 4, [program["aim"]])
    yield Spot(row, 5, [program["done"], "課題：" + ("、".join(program["issues"]) or "なし")])
    values = [program["baseline"], *itertools.chain.from_iterable(program["values"])]
    for col, value in enumerate(values, YEAR_COL):
        yield Spot(row, col, [value] if value else [], look="right" if value[:1].isdigit() else "centre")


def legend(content: Content) -> Iterator[Spot]:
    """The cells of the legend below it."""
    for row, (mark, words) in enumerate(content["legend"]):
        yield Spot(row, 0, [mark], cols=2, look="centre" if row else "label")
        yield Spot(row, 2, [words], cols=4, look="value" if row else "label")


def facts(content: Content) -> Iterator[Fact]:
    """What a perfect conversion holds. Codes are ordinals: the table prints none."""
    yield document(content)
    for i, direction in enumerate(content["direction"], 1):
        policy = Node("policy", f"{i}", direction["name"])
        yield measure(policy)
        for j, item in enumerate(direction["measure"], 1):
            step = Node("measure", f"{i}-{j}", item["name"])
            yield measure(step, policy)
            for k, program in enumerate(item["program"], 1):
                yield from _program_facts(program, Node("program", f"{i}-{j}-{k}", program["name"]), step, content)
    yield from passages(NOWHERE, "background", [content["note"]])


def _program_facts(program: Content, node: Node, parent: Node, content: Content) -> Iterator[Fact]:
    yield measure(node, parent, new=program.get("new", False))
    yield from orgs(node, "participating", program["bodies"].split("・"))
    yield from passages(node, "aim", [program["aim"]])
    yield from passages(node, "done", [program["done"]])
    yield from passages(node, "issue", program["issues"])
    name = program["counted"]
    unit = amount(program["values"][0][0])[1]
    yield fact("indicators", node, indicator_name=name, unit=unit, indicator_measure="count")
    years = [(content["baseline_year"], "baseline", program["baseline"])]
    for year, (target, actual, grade) in enumerate(program["values"], content["first_year"]):
        years += [(year, "target", target), (year, "actual", actual)]
        if grade:
            judged = {"grade_scheme_id": SCHEME, "grade": grade, "grade_text": grade}
            yield fact("grades", node, indicator_name=name, fiscal_year=year, **judged)
    for year, role, printed in years:
        if printed not in {"", "-"}:
            value, unit = amount(printed)
            key: dict[str, Value] = {"indicator_name": name, "fiscal_year": year, "role": role}
            yield fact("observations", node, **key, value=value, unit=unit, comparator="=")
