"""Run the notebooks and keep their outputs: ``make notebooks``.

Each starts in a fresh kernel, in this folder. Times are not recorded, so that running again changes only what has
changed. ``HYOKA_OUT`` names another folder of tables than ``data/processed``.
"""

from __future__ import annotations

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
    """Run every notebook of this folder and write it back."""
    for path in sorted(HERE.glob("*.ipynb")):
        nbformat.write(run_notebook(nbformat.read(path, as_version=4)), path)
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
