"""One typed, declarative file per city: the only place that names a city."""

from __future__ import annotations

from normalize.layout import Layout
from normalize.municipalities import akiruno, akishima, musashino, nishitokyo

LAYOUTS: tuple[Layout, ...] = (*akiruno.LAYOUTS, *akishima.LAYOUTS, *musashino.LAYOUTS, *nishitokyo.LAYOUTS)
