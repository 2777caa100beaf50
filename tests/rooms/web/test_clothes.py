"""The colours hold their contrast, and nothing of GOV.UK's identity or a registry's address is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEXT = ["ink", "muted", "link", "visited", "thread", "improvement", "concern", "ok", "error"]
ENHANCED, GRAPHIC = 7.0, 3.0


def tokens(root: Path, scheme: str) -> dict[str, str]:
    styles = (root / "assets" / "_tokens.scss").read_text()
    block = re.search(rf"@mixin {scheme} {{(.*?)}}", styles, re.DOTALL)
    assert block, scheme
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", TEXT)
def test_text_holds_seven_to_one_on_paper(root: Path, scheme: str, name: str) -> None:
    found = tokens(root, scheme)
    assert contrast(found[name], found["paper"]) >= ENHANCED


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "muted", "link", "visited"])
def test_text_holds_seven_to_one_on_the_wash(root: Path, scheme: str, name: str) -> None:
    found = tokens(root, scheme)
    assert contrast(found[name], found["wash"]) >= ENHANCED


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_points_can_be_told_from_what_they_lie_on(root: Path, scheme: str) -> None:
    found = tokens(root, scheme)
    for name in ("common", "edge", "improvement", "concern", "ok"):
        assert contrast(found[name], found["paper"]) >= GRAPHIC, name
    for name in ("common", "improvement", "concern", "ok"):
        assert contrast(found[name], found["band"]) >= GRAPHIC, name


def test_light_and_dark_name_the_same_colours(root: Path) -> None:
    assert tokens(root, "light").keys() == tokens(root, "dark").keys()


def test_the_thread_colours_the_thread_alone(root: Path) -> None:
    styles = [*root.glob("assets/*.scss"), *root.glob("makegood/web/components/*/*.scss")]
    users = {file.name for file in styles if "var(--thread)" in file.read_text()}
    assert users == {"_thread.scss"}


def test_built_assets_are_light_and_carry_no_foreign_identity(root: Path) -> None:
    built = root / "makegood" / "web" / "static" / "built"
    if not built.exists():
        pytest.skip("Run `make assets` to build the styles.")
    text = "".join(file.read_text() for file in built.glob("makegood.*"))
    assert len(text.encode()) < 100_000
    for mark in ("GDS Transport", "crown", "url("):
        assert mark not in text, mark


def test_the_lock_file_names_no_registry(root: Path) -> None:
    lock = (root / "package-lock.json").read_text()
    assert '"integrity"' in lock
    assert '"resolved"' not in lock
