"""Every part of calibration, quickly: what fails is what the manual says fails."""

import json
import re
import subprocess
import sys
from pathlib import Path

from makegood_engine.cli.calibrate import PARTS

ROOT = Path(__file__).resolve().parents[3]
FAILS = re.compile(r"\| (.+?) \| (\d+) \|.*\*\*fails\*\*")


def test_nothing_fails_that_the_manual_does_not_show() -> None:
    command = [sys.executable, "-c", "from makegood_engine.cli import main; main()"]
    data = ROOT.parent / "shared" / "data"
    more = ["--data", str(data)] if data.exists() else []
    done = subprocess.run(
        [*command, "calibrate", "--quick", "--json", *more],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    cells = json.loads(done.stdout.splitlines()[-1])["cells"]
    page = (ROOT / "docs" / "engine" / "calibration.md").read_text(encoding="utf-8")
    told = {
        (threshold.key, name, int(k))
        for part in PARTS.values()
        for threshold in part.plan.thresholds
        for section in re.split(r"\n##? ", page)
        if section.lower().startswith(threshold.words.lower())
        for name, k in FAILS.findall(section)
    }
    failing = {
        (one["key"], one["scenario"], one["comparators"])
        for one in cells
        if one["promised"] and one["status"] == "fails"
    }
    assert len(cells) > 250
    assert failing <= told
