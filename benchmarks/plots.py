"""Results as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.pyplot as plt

if TYPE_CHECKING:
    from benchmarks.figures import Figure
    from benchmarks.learning import Learning
    from benchmarks.watching import Run

mpl.rcParams.update({"svg.hashsalt": "hyoka", "svg.fonttype": "none", "font.size": 10})
OWN, PEER = "#2f6f8f", "#b8b8b8"
_GOAL_MIB = 400
"""What the process that leads a run may take, however many documents there are."""


def draw_comparison(figures: Sequence[Figure], target: Path) -> None:
    """Bars of how often a tool is as fast as the base, a picture for each set; hyoka's are coloured, F1 is of cells."""
    groups = list(dict.fromkeys(figure.group for figure in figures))
    names = list(dict.fromkeys(figure.tool for figure in sorted(figures, key=lambda figure: figure.ratio)))
    drawing, every = plt.subplots(
        1, len(groups), figsize=(3.2 * len(groups) + 1.2, 0.36 * len(names) + 1.0),
        sharey=True, squeeze=False, layout="constrained",
    )  # fmt: skip
    for axes, group in zip(every[0], groups, strict=True):
        known = {figure.tool: figure for figure in figures if figure.group == group}
        ratios = [known[name].ratio if name in known else 0 for name in names]
        colours = [OWN if name.startswith("hyoka") else PEER for name in names]
        axes.bar_label(axes.barh(names, ratios, color=colours), [_label(known.get(name)) for name in names], padding=3)
        axes.set_xscale("log")
        axes.set_xlim(0.1, 100 * max(ratios))
        axes.set_title(group)
        axes.set_xlabel("times pdfplumber, one core")
        axes.spines[["top", "right"]].set_visible(False)
    drawing.savefig(target, metadata={"Date": None})
    plt.close(drawing)


def _label(figure: Figure | None) -> str:
    if figure is None:
        return "failed"
    return f"{figure.ratio:.1f}" + ("" if figure.cell_f1 is None else f"   F1 {figure.cell_f1:.3f}")


def draw_growth(runs: Sequence[Run], target: Path) -> None:
    """CPU time a document, and the peaks of the leading process and of a worker, over the number of documents."""
    drawing, (time, memory) = plt.subplots(1, 2, figsize=(8, 3), layout="constrained")
    documents = [run.documents for run in runs]
    time.plot(documents, [1000 * run.cpu_seconds / run.documents for run in runs], "o-", color=OWN)
    time.set_ylabel("CPU time a document (ms)")
    memory.axhline(_GOAL_MIB, color=PEER, linestyle="--")
    memory.annotate(
        "goal of the parent", (documents[0], _GOAL_MIB), (0, 4), textcoords="offset points", color="#777777"
    )
    memory.plot(documents, [run.worker_mib for run in runs], "o-", color=PEER, label="largest worker")
    memory.plot(documents, [run.parent_mib for run in runs], "o-", color=OWN, label="parent")
    memory.set_ylabel("peak memory (MiB)")
    memory.legend(frameon=False)
    for axes in (time, memory):
        axes.set_xscale("log")
        axes.set_xlabel("documents")
        axes.set_ylim(bottom=0)
        axes.spines[["top", "right"]].set_visible(False)
    memory.set_ylim(top=1.25 * max(_GOAL_MIB, *(run.worker_mib for run in runs)))
    drawing.savefig(target, metadata={"Date": None})
    plt.close(drawing)


def draw_learning(measured: Sequence[Learning], target: Path) -> None:
    """Facts found, and false records, over the number of sheets that a form was learnt from."""
    drawing, (found, false) = plt.subplots(1, 2, figsize=(8, 3), layout="constrained")
    names = [str(one.sheets) if one.sheets else "none" for one in measured]
    found.plot(names, [100 * one.recall for one in measured], "o-", color=OWN)
    found.set_ylabel("facts found, strictly (%)")
    found.set_ylim(top=100)
    false.plot(names, [100 * one.false_share for one in measured], "o-", color=OWN, label="false")
    false.plot(
        names,
        [100 * one.silent / (one.right + one.false) for one in measured],
        "o-",
        color=PEER,
        label="and no finding",
    )
    false.set_ylabel("of all records (%)")
    false.set_ylim(bottom=0)
    false.legend(frameon=False)
    for axes in (found, false):
        axes.set_xlabel("sheets learnt from")
        axes.spines[["top", "right"]].set_visible(False)
    drawing.savefig(target, metadata={"Date": None})
    plt.close(drawing)
