"""A folder of real figures that calibration cannot use is refused, and the place is named."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood_engine.calibration.real import EMERGENCY, SICKNESS, check_folder
from makegood_engine.cli import main
from makegood_engine.tables import TableError

SICK = "month,ods_org_code,organisation,sickness_absence_rate_percent"
SEEN = "period,org_code,type,attendances,breaches,admissions"


def folder_of(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_folder_with_neither_source_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calibrate", "--quick", "--data", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert SICKNESS in said
    assert EMERGENCY in said


@pytest.mark.parametrize(
    ("name", "lines", "words"),
    [
        (SICKNESS, (SICK, "2014-04,R1,One,4.1", "2014-05,R1,One,x"), "Row 3"),
        (SICKNESS, (SICK, "2014-04,R1,One,four"), "Row 2, sickness_absence_rate_percent: “four”"),
        (SICKNESS, (SICK, "2014-13,R1,One,4"), "Row 2, month: “2014-13”"),
        (SICKNESS, (SICK, "2014-04,R1,One,inf"), "“inf”"),
        (SICKNESS, ("month,organisation",), "no column “ods_org_code”"),
        (EMERGENCY, (SEEN, "2017-03-01,R1,1,5,-2,1"), "Row 2, breaches: “-2”"),
        (EMERGENCY, (SEEN, "2017-03-01,R1,1,5"), "Row 2, breaches"),
        (EMERGENCY, (), "no column “period”"),
    ],
)
def test_a_spoilt_source_is_refused_by_its_place(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    lines: tuple[str, ...],
    words: str,
) -> None:
    folder = folder_of(tmp_path, name, *lines)
    assert main(["calibrate", "--quick", "--data", str(folder)]) == 2
    said = capsys.readouterr().err
    assert Path(name).name in said
    assert words in said


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spoilt=st.binary(max_size=40),
    row=st.integers(0, 2),
    name=st.sampled_from([SICKNESS, EMERGENCY]),
)
def test_whatever_the_file_it_is_read_or_refused(
    tmp_path: Path, spoilt: bytes, row: int, name: str
) -> None:
    head = SICK if name == SICKNESS else SEEN
    lines = [head.encode(), b"2014-04,R1,One,4.1,1,1", b"2014-05,R1,One,4.2,1,1"]
    lines[row] = spoilt
    folder = folder_of(tmp_path, name)
    for one in (SICKNESS, EMERGENCY):
        (folder / one).unlink(missing_ok=True)
    (folder / name).write_bytes(b"\n".join(lines))
    said = ""
    try:
        check_folder(folder)
    except TableError as error:
        said = str(error)
    assert said == "" or Path(name).name in said
