"""Whether what character recognition needs is installed: the one module here that may be imported without it."""

from __future__ import annotations

from importlib.util import find_spec

_NEEDED = ("cv2", "onnxruntime", "rapidocr")


def ocr_is_installed() -> bool:
    """Whether pages that are pictures can be read here (`pip install hyoka[ocr]`)."""
    return all(find_spec(name) is not None for name in _NEEDED)
