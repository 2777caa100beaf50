"""The main job on real figures: counts alone, and no body is named."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "benchmarks" / "sickness_placebo.py"
PROVIDERS = "social_enterprise_and_independent_community_providers_with_comparators.csv"


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    path = {"PYTHONPATH": str(ROOT / "engine" / "src")}
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], check=False, capture_output=True, text=True,
        env=os.environ | path,
    )  # fmt: skip


def test_real_providers_are_counted_and_never_named(shared: Callable[[str], Path]) -> None:
    folder = shared("data/sickness")
    done = run(folder)
    assert done.returncode == 0, done.stderr
    assert "29 providers; 18 have all 24 months; 17 could be judged." in done.stdout
    counts = [
        int(line.split()[0]) for line in done.stdout.splitlines() if line[:4].strip().isdigit()
    ]
    assert sum(counts) == 29
    with (folder / PROVIDERS).open(encoding="utf-8", newline="") as file:
        named = {
            row[key] for row in csv.DictReader(file) for key in ("ods_org_code", "organisation")
        }
    assert not [name for name in named if name in done.stdout + done.stderr]


def test_absent_figures_are_said_plainly(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert f"The folder {tmp_path} does not hold" in done.stderr
