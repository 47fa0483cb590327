"""Run the notebooks over the tables in ``data/processed``: ``make notebooks``.

Each starts in a fresh kernel, in this folder. What they show is written to ``notebooks/run``, so that no file of the
checkout changes; ``python -m notebooks.run --keep`` writes it back into the notebooks themselves, without times, so
that running again changes only what has changed. ``HYOKA_OUT`` names another folder of tables.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

HERE = Path(__file__).parent
TIMEOUT = 300


def run_notebook(notebook: NotebookNode) -> NotebookNode:
    """A notebook with the outputs of a fresh run. Raises nbclient's CellExecutionError where a cell fails."""
    where = {"metadata": {"path": str(HERE)}}
    ran: NotebookNode = NotebookClient(notebook, timeout=TIMEOUT, resources=where, record_timing=False).execute()
    return ran


def main() -> None:
    """Run every notebook of this folder, and write what it shows beside it, or back into it."""
    parser = argparse.ArgumentParser(prog="python -m notebooks.run", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write the outputs into the notebooks themselves")
    target = HERE if parser.parse_args().keep else HERE / "run"
    target.mkdir(exist_ok=True)
    for path in sorted(HERE.glob("*.ipynb")):
        written = target / path.name
        nbformat.write(run_notebook(nbformat.read(path, as_version=4)), written)
        print(f"{written}: {written.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
