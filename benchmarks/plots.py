"""Results as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.pyplot as plt

if TYPE_CHECKING:
    from benchmarks.compare import Figure

mpl.rcParams.update({"svg.hashsalt": "hyoka", "svg.fonttype": "none", "font.size": 10})
OWN, PEER = "#2f6f8f", "#b8b8b8"


def draw_comparison(figures: Sequence[Figure], target: Path) -> None:
    """Bars of pages a second on a logarithmic scale, hyoka's coloured, with the F1 of cells beside each."""
    ranked = sorted(figures, key=lambda figure: figure.pages_per_second)
    drawing, axes = plt.subplots(figsize=(8, 0.45 * len(ranked) + 1.1), layout="constrained")
    bars = axes.barh(
        [figure.tool for figure in ranked],
        [figure.pages_per_second for figure in ranked],
        color=[OWN if figure.tool.startswith("hyoka") else PEER for figure in ranked],
    )
    labels = [
        f"{figure.pages_per_second:.1f}" + ("" if figure.cell_f1 is None else f"   cell F1 {figure.cell_f1:.3f}")
        for figure in ranked
    ]
    axes.bar_label(bars, labels, padding=4)
    axes.set_xscale("log")
    axes.set_xlim(right=axes.get_xlim()[1] * 6)
    axes.set_xlabel("pages a second, one core")
    axes.spines[["top", "right"]].set_visible(False)
    drawing.savefig(target, metadata={"Date": None})
    plt.close(drawing)
