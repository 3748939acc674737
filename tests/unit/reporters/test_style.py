"""Text in the built-in style has WCAG AA contrast on every ground it stands on, light and dark."""

from __future__ import annotations

import re

import pytest

from auditor.resources import templates_dir

CSS = (templates_dir() / "report.css").read_text("utf-8")
PALETTES = [
    dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark"])
def test_contrast(palette: dict[str, str]) -> None:
    text = ("ink", "soft", "link", "critical", "high", "medium", "low", "note", "good")
    ratios = {
        (name, ground): contrast(palette[name], palette[ground])
        for name in text
        for ground in ("paper", "panel", "tint")
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


def test_both_palettes_name_every_colour() -> None:
    light, dark = PALETTES
    assert set(light) == set(dark)


def test_nothing_is_fetched() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
