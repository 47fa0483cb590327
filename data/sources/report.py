"""The form of a report on a plan's two halves: review table, cards by policy, ten-year matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.sources.facts import NOWHERE, Content, Fact, Node, Value, document, fact, measure, orgs, passages
from data.sources.pages import add_line, add_table, new_page, new_pages, turn_page

SCHEME = "akishima-direction"
YEARS = 10
FIRST, SECOND = "前期", "後期"
LIST = '<ul style="list-style-type: none"> '
PARTS = (("description", "【具体的な内容】"), ("schedule", "【実施期間・実現スケジュール】"))


def text(content: Content) -> str:
    """Paragraphs and tab-separated tables, one blank line between them."""
    return "\n\n" + "\n\n".join(_blocks(content)) + "\n"


def _blocks(content: Content) -> Iterator[str]:
    yield from (content[name] for name in ("title", "subtitle", "issued", "issuer", "preface_title"))
    yield from content["preface"]
    yield content["review_title"]
    at = content["review_break"]
    for rows in (content["review"][:at], content["review"][at:]):
        yield _tabbed([content["review_header"], *([row["name"], row["text"], row["then"]] for row in rows)])
    yield content["cards_title"]
    for policy in content["policy"]:
        yield policy["heading"]
        if policy["slogan"]:
            yield "\n".join(policy["slogan"])
        for aim in policy["aim"]:
            yield aim["heading"]
            yield "\n".join(f"- {point}" for point in aim["points"])
        yield content["cards_heading"]
        for card in policy["card"]:
            yield _title(card)
            yield _tabbed([content["card_header"], [cell.replace("\n", " ") for cell in _cells(card)]])
            for key, label in PARTS:
                if key in card:
                    yield label
                    yield card[key]
    yield _tabbed([[row.label, *(row.cell_text(at) for at in range(YEARS))] for row in _matrix(content)])


def office(content: Content, path: Path) -> None:
    """A4 pages: cover, preface, review, cards; the matrix in landscape."""
    pages = new_pages("IPAGothic")
    add_line(pages, content["title"], 20, bold=True, align="center", before=180)
    add_line(pages, content["subtitle"], 14, align="center", before=12)
    add_line(pages, content["issued"], 14, align="center", before=240)
    add_line(pages, content["issuer"], 14, align="center", before=6)
    new_page(pages)
    add_line(pages, content["preface_title"], 15, bold=True)
    for paragraph in content["preface"]:
        add_line(pages, paragraph)
    new_page(pages)
    add_line(pages, content["review_title"], 15, bold=True)
    rows = [content["review_header"], *([row["name"], row["text"], row["then"]] for row in content["review"])]
    add_table(pages, rows, (39, 99, 28), size=10.5, centred=(2,))
    new_page(pages)
    add_line(pages, content["cards_title"], 15, bold=True)
    for policy in content["policy"]:
        add_line(pages, policy["heading"], 13, bold=True, before=8)
        for line in policy["slogan"]:
            add_line(pages, line)
        for aim in policy["aim"]:
            add_line(pages, aim["heading"], 11.5, bold=True, before=4)
            for point in aim["points"]:
                add_line(pages, f"・{point}", indent=5)
        add_line(pages, content["cards_heading"], 11.5, bold=True, before=6)
        for card in policy["card"]:
            add_line(pages, _title(card), bold=True, before=8)
            add_table(pages, [content["card_header"], _cells(card)], (53, 23, 49, 41), centred=(1,))
            for key, label in PARTS:
                if key in card:
                    add_line(pages, label, bold=True, before=4)
                    add_line(pages, card[key])
    turn_page(pages)
    matrix = _matrix(content)
    spans = [(at, start, count) for at, row in enumerate(matrix) for start, count in row.spans]
    rows = [[row.label, *(row.cell_print(at) for at in range(YEARS))] for row in matrix]
    add_table(pages, rows, (20, *(23,) * YEARS), size=8, spans=spans, centred=(0,))
    pages.save(str(path))


@dataclass(frozen=True, slots=True)
class Years:
    """One row of the matrix: its label, what stands under each year, the cells that cover several columns."""

    label: str
    cells: Sequence[Sequence[str]]
    bulleted: bool = False
    spans: Sequence[tuple[int, int]] = ()

    def cell_text(self, year: int) -> str:
        """A cell's text form."""
        lines = self.cells[year]
        return f"{LIST}{' '.join(lines)} " if self.bulleted and lines else "".join(lines)

    def cell_print(self, year: int) -> str:
        """What a cell's page prints."""
        return "\n".join(f"・{line}" if self.bulleted else line for line in self.cells[year])


def _matrix(content: Content) -> list[Years]:
    rows = [Years("", [[f"{at}年目"] for at in range(1, YEARS + 1)])]
    rows.append(Years("年度", [[year] for year in content["matrix"]["years"]]))
    for row in content["matrix"]["row"]:
        cells = [row["cells"].get(f"{at}", []) for at in range(1, YEARS + 1)]
        spans = [(int(at), count) for at, count in row.get("cols", {}).items()]
        rows.append(Years(row["label"], cells, row.get("bullets", False), spans))
    return rows


def _title(card: Content) -> str:
    return f"【{card['code'].replace('-', ' - ')}】{card.get('mark', '')}"


def _cells(card: Content) -> list[str]:
    return [card["name"], card["aims"], card["orgs"], card["goal"]]


def _tabbed(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def facts(content: Content) -> Iterator[Fact]:
    """What a perfect conversion holds. Review rows have no code and no parent."""
    yield document(content)
    yield from passages(NOWHERE, "background", content["preface"])
    for row in content["review"]:
        node = Node("measure", None, row["name"])
        yield measure(node, phase=FIRST)
        yield from passages(node, "finding", [row["text"]])
        then = {"grade_scheme_id": SCHEME, "grade": content["direction"][row["then"]], "grade_text": row["then"]}
        yield fact("grades", node, **then)
    policies = {
        policy["name"]: Node("policy", f"{at}", policy["name"]) for at, policy in enumerate(content["policy"], 1)
    }
    for policy in content["policy"]:
        node = policies[policy["name"]]
        yield measure(node, phase=SECOND)
        yield from passages(node, "aim", (aim["heading"].lstrip("①②③ ") for aim in policy["aim"]))
        points = (point for aim in policy["aim"] for point in aim["points"])
        yield from passages(node, "background", [*(["".join(policy["slogan"])] * bool(policy["slogan"])), *points])
        for card in policy["card"]:
            yield from _card_facts(card, Node("measure", card["code"], card["name"]), node)
    yield from _matrix_facts(content, policies)
    for finding in content["finding"]:
        yield fact("findings", **finding)


def _card_facts(card: Content, node: Node, policy: Node) -> Iterator[Fact]:
    yield measure(node, policy, phase=SECOND, new="新規" in card.get("mark", ""), of=card.get("of", ""))
    yield from orgs(node, "participating", card["orgs"].replace("\n", "").split("、"))
    goal = card["goal"]
    yield from passages(node, "target", [goal])
    for key, _ in PARTS:
        yield from passages(node, key, [card[key]] if key in card else [])
    for count in card.get("counts", [{}]):
        name, unit, value = count.get("name"), count.get("unit"), count.get("value")
        kind = count.get("measure", "qualitative" if value is None else "count")
        yield fact("indicators", node, indicator_name=name, unit=unit, indicator_measure=kind, indicator_text=goal)
        equal = None if value is None else count.get("comparator", "=")
        target: dict[str, Value] = {"role": "target", "value": value, "unit": unit, "comparator": equal}
        years = {"fiscal_year": count.get("year"), "deadline_fy": count.get("deadline")}
        yield fact("observations", node, indicator_name=name, **target, **years, frequency=count.get("frequency"))


def _matrix_facts(content: Content, policies: Mapping[str, Node]) -> Iterator[Fact]:
    """Every line of a cell is a passage of its column's year; rows that name no policy belong to no measure."""
    said: Counter[Node] = Counter()
    for row in _matrix(content)[2:]:
        node = policies.get(row.label, NOWHERE)
        for year, lines in enumerate(row.cells, content["plan_start_fy"]):
            yield from passages(node, "schedule", lines, said[node] + 1, year)
            said[node] += len(lines)
