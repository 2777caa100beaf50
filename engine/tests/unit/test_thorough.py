"""A thorough run tries new cases each time, and a usual one the same; a failure can be repeated."""

import os
import re
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PROPERTY = """
from hypothesis import given, strategies as st

@given(number=st.integers(0, 2**60))
def test_it(number: int) -> None:
    print("tried", number)
    assert number < 10, "it failed"
"""


def tried(folder: Path, *options: str, times: int) -> tuple[list[str], str]:
    """Run a property that fails under the engine's own settings; the cases tried, and all said."""
    for name in ("conftest.py", "thorough.py"):
        (folder / name).write_text((TESTS / name).read_text("utf-8"), "utf-8")
    (folder / "test_it.py").write_text(PROPERTY, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly",
               *options, "test_it.py"]  # fmt: skip
    said = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "MAKEGOOD_THOROUGH": str(times)},
    ).stdout  # fmt: skip
    return re.findall(r"tried (\d+)", said), said


def test_a_usual_run_tries_the_same_cases(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first, said = tried(tmp_path / "one", times=1)
    assert first
    assert first == tried(tmp_path / "two", times=1)[0]
    assert "hypothesis-seed" not in said


def test_a_thorough_run_tries_new_ones_and_says_how_to_repeat_them(tmp_path: Path) -> None:
    for name in ("one", "two", "again"):
        (tmp_path / name).mkdir()
    first, said = tried(tmp_path / "one", times=4)
    assert first != tried(tmp_path / "two", times=4)[0]
    seed = re.search(r"MAKEGOOD_THOROUGH=4 python -m pytest (--hypothesis-seed=\d+)", said)
    assert seed is not None
    assert tried(tmp_path / "again", seed[1], times=4)[0] == first
