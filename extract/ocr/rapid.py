"""The reader of lines on PP-OCR's recognition model, as the package `rapidocr` carries it, by ONNX Runtime.

Only the model file of that package is used, and it is looked for where the package is installed: nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from extract.ocr.alphabet import Alphabet, alphabet_of
from extract.ocr.page_picture import Grey
from extract.ocr.readings import Letter

MODEL = "PP-OCRv6_rec_small.onnx"

_HEIGHT = 48
"""Pixels: the height of the lines that the model was trained on."""

_STEP = 32
"""Lines are as wide, in pixels, as a multiple of this: a line reads alike whatever stands beside it in its batch."""

_BATCH = 4096
"""Pixels of width that are read in one go: the memory of a batch is by its width."""

_LEAST = 0.02
"""A second reading of a letter with a smaller share is none."""

_SEEN = 0.002
"""A character with a smaller share at a step is not looked at."""

_MOST = 3
"""So many other readings of a letter are kept."""

Shares = npt.NDArray[np.float32]


class RapidReader:
    """Reads lines on one core. Raises ModuleNotFoundError where the package or its model is not installed."""

    name = "pp-ocrv6"

    def __init__(self) -> None:
        import onnxruntime  # only with the extra

        path = model_path()
        options = onnxruntime.SessionOptions()
        # More threads would add in another order, and so give other last bits; a batch runs on many processes.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        characters = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._alphabet = alphabet_of(tuple(characters))
        self._input = self._session.get_inputs()[0].name

    def read(self, lines: Sequence[Grey]) -> list[tuple[Letter, ...]]:
        """The letters of each line."""
        scaled = [_scaled(line) for line in lines]
        order = sorted(range(len(lines)), key=lambda number: (scaled[number].shape[1], number))
        found: dict[int, tuple[Letter, ...]] = {}
        while order:
            width = _round_up(scaled[order[0]].shape[1])
            batch = [n for n in order if _round_up(scaled[n].shape[1]) == width][: max(1, _BATCH // width)]
            order = [n for n in order if n not in batch]
            given = np.zeros((len(batch), 3, _HEIGHT, width), np.float32)
            for place, number in enumerate(batch):
                line = scaled[number]
                given[place, :, :, : line.shape[1]] = (line.astype(np.float32) / 255 - 0.5) / 0.5
            (shares,) = self._session.run(None, {self._input: given})
            for place, number in enumerate(batch):
                found[number] = shares_to_letters(shares[place], self._alphabet, width / scaled[number].shape[1])
        return [found[number] for number in range(len(lines))]


def model_path() -> Path:
    """The model in the package that carries it; the package itself is not run."""
    spec = find_spec("rapidocr")
    path = Path(spec.origin).parent / "models" / MODEL if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModuleNotFoundError(f"the package rapidocr with {MODEL} is not installed")
    return path


@cache
def rapid_reader() -> RapidReader:
    """The reader of this process: the model is loaded once."""
    return RapidReader()


def _scaled(line: Grey) -> Grey:
    height, width = line.shape
    size = (max(8, round(width * _HEIGHT / height)), _HEIGHT)
    way = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(line, size, interpolation=way), np.uint8)


def _round_up(width: int) -> int:
    return -(-width // _STEP) * _STEP


def shares_to_letters(shares: Shares, alphabet: Alphabet, widening: float) -> tuple[Letter, ...]:
    """From the shares of all characters at each step to letters: runs of one character, blanks between left out.

    `widening` is how much wider what was read is than the line.
    """
    steps = [_fold_step(shares[step], alphabet) for step in range(len(shares))]
    best = [max(step, key=step.__getitem__) if step else "" for step in steps]
    letters: list[Letter] = []
    start = 0
    for stop in range(1, len(best) + 1):
        if stop < len(best) and best[stop] == best[start]:
            continue
        if best[start]:
            peak = max(range(start, stop), key=lambda step: (steps[step][best[start]], -step))
            at = min(1.0, (start + stop) / 2 / len(best) * widening)
            letters.append(_to_letter(best[start], steps[peak], at))
        start = stop
    return tuple(letters)


def _fold_step(shares: npt.NDArray[np.float32], alphabet: Alphabet) -> dict[str, float]:
    """The shares of Japanese characters at one step. What no Japanese page can hold has none."""
    numbers = np.flatnonzero(shares >= _SEEN)
    return alphabet.fold(zip(numbers.tolist(), shares[numbers].tolist(), strict=True))


def _to_letter(text: str, step: dict[str, float], at: float) -> Letter:
    """The letter at a step. Its half-width or full-width twin is the same letter: only their widths differ."""
    whole = sum(step.values())
    twin = _twin(text)
    sure = sum(step.get(form, 0.0) for form in {text, twin}) / whole
    others = sorted(((-share / whole, other) for other, share in step.items() if other not in (text, twin)))
    kept = tuple((other, -share) for share, other in others[:_MOST] if -share >= _LEAST)
    return Letter(text, at, sure, kept)


def _twin(text: str) -> str:
    if len(text) != 1:
        return text
    if "!" <= text <= "~":
        return chr(ord(text) + _WIDTHS)
    return chr(ord(text) - _WIDTHS) if "！" <= text <= "～" else text


_WIDTHS = ord("！") - ord("!")
"""Full-width forms stand so far behind the characters of ASCII."""
