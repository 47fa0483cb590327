"""What every worker needs, loaded once: workers are forked from a process that has it, and share its memory."""

from __future__ import annotations

import logging
import signal

import extract.pdf  # noqa: F401
import pipeline.document
import pipeline.run.job  # noqa: F401
from normalize import tokenize
from pipeline.run.without_pandas import spare_pandas

# The process that workers are forked from has no part in ending a run: it ends with it.
signal.signal(signal.SIGINT, signal.SIG_IGN)
# pdfminer logs each oddity of a font; what matters becomes a finding.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
spare_pandas()
tokenize([("", "評価")])
