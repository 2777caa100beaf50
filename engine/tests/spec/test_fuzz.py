"""Whatever a file holds, no command falls over: it answers, or says what is wrong and where."""

import contextlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood_engine.cli import main
from makegood_engine.cli.chart import KINDS
from makegood_engine.cli.commands import COMMANDS

MONTHS = [f"{2020 + m // 12}-{m % 12 + 1:02d}-01" for m in range(30)]
NAMES = ["own", *(f"c{i}" for i in range(6))]


def rows(*lines: str) -> str:
    return "\n".join(lines) + "\n"


MEASURED = rows(
    "series,period,value,numerator,denominator",
    *(
        f"{name},{day},{4 + (7 * i + 3 * m) % 5},{4 + (7 * i + 3 * m) % 5},100"
        for i, name in enumerate(NAMES)
        for m, day in enumerate(MONTHS)
    ),
)
COMMITTED = rows(
    "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool,look,looks,scale",
    "K1,own,down,2021-01-01,2022-06-30,4,4,3.5,like,,2022-01-31,rate",
    "K2,c1,up,2021-01-01,2022-06-30,,,5,,2022-03-31,,",
)
POOLED = rows("pool,series", *(f"like,{name}" for name in NAMES[1:]))
UNPOOLED = COMMITTED.replace("like", "")
BARRED = rows("series", "c5")
PLACED = rows("pool,series,place,kind,rule,seed", "P,c1,1,chosen,near,1", "P,c2,2,chosen,near,1")
RESERVED = rows("pool,series,place,kind", "P,c3,3,substitute", "P,c4,4,substitute")
DEFINED = rows("series,better,target,rebases,fix_after,chart", "own,down,4,2021-01-01 new,,p")
PANEL = rows(
    "series,period,value,treated,weight",
    *(
        f"{name},{2000 + y}-01-01,{(5 * i + y) % 7 + 1},{int(i == 0 and y > 5)},1"
        for i, name in enumerate(NAMES)
        for y in range(10)
    ),
)
UNTREATED = rows(*(",".join(line.split(",")[:3]) for line in PANEL.splitlines()))
CODED = rows(
    "unit,coder,code,group",
    *(
        f"u{i},{who},{'ab'[(i + k) % 2]},{'xy'[i % 2]}"
        for i in range(8)
        for k, who in enumerate("AB")
    ),
)
BOOK = rows("id,name,parent,description", "1,Home,,At home", "2,Garden,Home,Outside")
ITEMS = rows("item,provider", *(f"i{i},{'pq'[i % 2]}" for i in range(12)))
CHECKED = rows("item,wrong", *(f"i{i},{'no' if i % 3 else 'yes'}" for i in range(12)))
UNITS = rows("series,numerator,denominator", *(f"P{i},{i + 3},{50 + i}" for i in range(6)))
VERDICTS = rows(
    "commitment,verdict,promised_added,effect,lower,upper", "K1,delivered,0.5,0.6,0.4,0.8"
)
BANK = rows("name,value,low,high,price_year,source", "calls,12,10,14,2024,our own count")
APPLIED = rows(
    "application,asked,minimum,region", *(f"A{i},{i + 1},,{'ns'[i % 2]}" for i in range(6))
)
REVIEWED = rows(
    "application,reviewer,score",
    *(f"A{i},R{k},{(3 * i + k) % 7}" for i in range(6) for k in range(3)),
)
ROUND = rows(
    "[round]", "budget = 9", 'seed = "1"', "draws = 100", "lowest = 0",
    "[[rules]]", 'name = "one in the north"', 'column = "region"', 'is = "n"', "at_least = 1",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A command line: its words, the files it reads by option, and the files it writes."""

    words: tuple[str, ...]
    files: dict[str, str]
    out: dict[str, str] = field(default_factory=dict)


START = ("--starts-on", "2021-06-01")
ASKED: dict[str, Asked] = {
    "spc": Asked(("spc",), {"measurements": MEASURED, "definitions": DEFINED},
                 {"points": "p.csv", "summary": "s.csv"}),
    "assess": Asked(("assess",), {"measurements": MEASURED, "commitments": COMMITTED,
                                  "pools": POOLED}, {"verdicts": "v.csv", "left-out": "l.csv"}),
    "pool": Asked(("pool", "--count", "2", "--seed", "1"),
                  {"measurements": MEASURED, "commitments": UNPOOLED, "but": BARRED},
                  {"out": "q.csv", "reserve": "r.csv", "commitments-out": "c.csv"}),
    "pool again": Asked(("pool",), {"leavers": "series\nc2\n", "pools": PLACED,
                                    "reserve": RESERVED}, {"out": "q.csv"}),
    "did": Asked(("did",), {"panel": PANEL}),
    "synthetic": Asked(("synthetic",), {"panel": PANEL}, {"out": "g.csv"}),
    "segmented": Asked(("segmented", "--series", "own", *START), {"measurements": MEASURED}),
    "power": Asked(("power", "--series", "own", "--change", "0.3", *START),
                   {"measurements": MEASURED, "pool": POOLED}),
    "themes": Asked(("themes", "--resamples", "20"), {"codings": CODED}, {"out": "r.json"}),
    "codebook": Asked(("codebook",), {"from": BOOK}, {"to": "b.qdc"}),
    "did treated": Asked(("did", "--treated", "own", "--starts-on", "2006-01-01"),
                         {"panel": UNTREATED}),
    "segmented poisson": Asked(("segmented", "--series", "own", "--family", "poisson", *START),
                               {"measurements": MEASURED}),
    "sample checked": Asked(("sample", "--seed", "1"), {"items": ITEMS, "checked": CHECKED},
                            {"out": "r.json"}),
    "sample": Asked(("sample", "--seed", "1"), {"items": ITEMS}, {"out": "s.csv"}),
    "chart spc": Asked(("chart", "spc", "--series", "own"),
                       {"measurements": MEASURED, "definitions": DEFINED}, {"out": "c.svg"}),
    "chart funnel": Asked(("chart", "funnel"), {"units": UNITS}, {"out": "c.svg"}),
    "chart verdicts": Asked(("chart", "verdicts"), {"verdicts": VERDICTS}, {"out": "c.svg"}),
    "allocate": Asked(("allocate",), {"applications": APPLIED, "reviews": REVIEWED,
                                      "round": ROUND}, {"out": "a.json"}),
    "value": Asked(("value",), {"model": ""}, {"out": "r.json"}),
}  # fmt: skip
"""Every command that reads a file, asked well; `value` is filled in below."""

FAR = ["1e200", "-1e200", "1.7e308", "-1.7e308", "1e-310", "5e-324"]
"""Numbers that no figure can be, for they cannot be squared and summed."""
AWAY = ["0202-01-05", "9999-12-31", "0001-01-01"]
"""Days that nothing was measured on, nor promised for."""
CELLS = st.one_of(
    st.sampled_from(["", " ", "NaN", "inf", "-inf", "1e999", "-1", "0", "1,5", "=1+1", "2020-13-01",
                     "2020-02-30", "9e99", "-9e99", "2e-100", "true", "\x00", "“”", "\u202e", "own",
                     "K1", "[/b]", ":bug:", "a\u200fb\u202ec", "long " * 2000, *FAR, *AWAY]),
    st.text(max_size=8),
    st.floats().map(str),
    st.dates().map(str),
)  # fmt: skip


def fill(lines: list[list[str]], place: int, cell: str) -> None:
    """Put one cell in a whole column; where both are numbers, the column's own times that one."""
    for line in lines[1:]:
        if len(line) > place:
            try:
                line[place] = repr(float(line[place]) * float(cell))
            except ValueError:
                line[place] = cell


def mutated(text: str, draw: Callable[[st.SearchStrategy[object]], object]) -> bytes:
    """A table with some of its cells, lines or bytes changed."""
    lines = [line.split(",") for line in text.splitlines()]
    for _ in range(int(str(draw(st.integers(1, 3))))):
        what = draw(st.sampled_from(["cell", "all", "head", "drop", "twice", "cut", "swap"]))
        at = int(str(draw(st.integers(0, len(lines) - 1))))
        place = int(str(draw(st.integers(0, len(lines[at]) - 1)))) if lines[at] else 0
        if what == "cell" and lines[at]:
            lines[at][place] = str(draw(CELLS))
        elif what == "all":
            fill(lines, place, str(draw(CELLS)))
        elif what == "head" and lines[0]:
            lines[0][place % len(lines[0])] = str(draw(CELLS))
        elif what == "drop" and len(lines) > 1:
            del lines[at]
        elif what == "twice":
            lines.insert(at, list(lines[at]))
        elif what == "cut":
            lines[at] = lines[at][:place]
        elif what == "swap":
            lines[0], lines[at] = lines[at], lines[0]
    found = "\n".join(",".join(line) for line in lines).encode("utf-8", "replace")
    if draw(st.integers(0, 9)) == 0:
        found = bytes(draw(st.binary(max_size=40))) + found  # type: ignore[call-overload]  # drawn bytes
    return found


@st.composite
def bad_files(
    draw: Callable[[st.SearchStrategy[object]], object], asked: Asked
) -> dict[str, bytes]:
    """The files of a command, at least one of them spoilt."""
    names = list(asked.files)
    spoilt = draw(st.sets(st.sampled_from(names), min_size=1))
    assert isinstance(spoilt, set)
    return {
        name: mutated(text, draw) if name in spoilt else text.encode()
        for name, text in asked.files.items()
    }


def run(
    asked: Asked, files: dict[str, bytes], folder: Path, *, as_json: bool = True
) -> tuple[int, str]:
    """Run a command on files, its answer as JSON or in words; its exit code, and its stderr."""
    words = list(asked.words)
    for name, content in files.items():
        ending = ".toml" if name in {"round", "model"} else ".csv"
        path = folder / f"in-{name}{ending}"
        path.write_bytes(content)
        words += [f"--{name}", str(path)]
    for option, name in asked.out.items():
        words += [f"--{option}", str(folder / name)]
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            code = main([*words, "--json"] if as_json else words)
        except SystemExit as stopped:  # an option that is refused ends the command
            code = int(str(stopped.code))
    return code, said.getvalue()


def value_model() -> str:
    """The example model, as the command prints it."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main(["value", "--example"])
    return said.getvalue()


ASKED["value"] = Asked(("value",), {"model": value_model()}, {"out": "r.json"})
ASKED["value bank"] = Asked(("value",), {"model": value_model(), "bank": BANK}, {"out": "r.json"})
HERE = [name for name in ASKED if name.split()[0] in COMMANDS]


@pytest.mark.parametrize("name", HERE)
def test_asked_well_every_command_answers(name: str, tmp_path: Path) -> None:
    """The tables that are spoilt below are good ones to begin with."""
    asked = ASKED[name]
    code, said = run(asked, {part: text.encode() for part, text in asked.files.items()}, tmp_path)
    assert code == 0, said
    assert all((tmp_path / out).stat().st_size for out in asked.out.values())


@pytest.mark.parametrize("name", HERE)
def test_no_table_makes_a_command_fall_over(name: str) -> None:
    """A spoilt table is answered, or refused with its place, exit code 2 and nothing written."""
    asked = ASKED[name]

    @settings(
        max_examples=25, deadline=None, derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(bad_files(asked), st.booleans())
    def no_fall(files: dict[str, bytes], as_json: bool) -> None:
        with TemporaryDirectory() as place:
            folder = Path(place)
            code, said = run(asked, files, folder, as_json=as_json)
            assert code in {0, 2}, said
            assert "Traceback" not in said
            for line in said.splitlines():
                if " to compare. " in line or " centuries away. " in line:
                    assert "Row " in line or "The key " in line, said
            if code == 2:
                assert any(f"in-{part}" in said for part in files), said
                left = {path.name for path in folder.iterdir() if not path.name.startswith("in-")}
                assert not left, left

    no_fall()


def cell_places(text: str, names: set[str]) -> list[tuple[int, str]]:
    """Where the columns of these names stand in a table, and what they are called."""
    return [
        (at, name)
        for at, name in enumerate(text.split("\n", maxsplit=1)[0].split(","))
        if name in names
    ]


NUMBERS = {
    "value",
    "numerator",
    "denominator",
    "target",
    "baseline",
    "alternative",
    "weight",
    "promised_added",
    "effect",
    "lower",
    "upper",
    "asked",
    "minimum",
    "score",
    "low",
    "high",
}
DAYS = {"period", "starts_on", "due_on", "look", "looks", "rebases"}
PLACES = [
    (name, part, at, column)
    for name in HERE
    for part, text in ASKED[name].files.items()
    for at, column in cell_places(text, NUMBERS | DAYS)
]  # fmt: skip


@pytest.mark.parametrize(("name", "part", "at", "column"), PLACES)
def test_what_is_out_of_reach_is_refused_by_its_row(
    name: str, part: str, at: int, column: str, tmp_path: Path
) -> None:
    """A figure above 1e100 or below 1e-100, or a date before 1800 or after 2200, in any table."""
    asked = ASKED[name]
    for cell in AWAY if column in DAYS else FAR[::2]:
        lines = [line.split(",") for line in asked.files[part].splitlines()]
        lines[1][at] = cell
        files = {other: text.encode() for other, text in asked.files.items()}
        files[part] = rows(*map(",".join, lines)).encode()
        code, said = run(asked, files, tmp_path)
        why = "centuries away." if column in DAYS else "to compare. Change the unit."
        said_there = [line for line in said.splitlines() if f"Row 2, {column}: " in line]
        assert code == 2, (cell, said)
        assert f"in-{part}.csv: " in said
        assert any(why in line for line in said_there), (cell, said)


@pytest.mark.parametrize("name", HERE)
@pytest.mark.parametrize("factor", ["9e98", "3e-98"])
def test_the_largest_and_smallest_figures_do_no_harm(
    name: str, factor: str, tmp_path: Path
) -> None:
    """Every number of a table just within reach is answered without a warning, in words too."""
    asked = ASKED[name]
    for part, text in asked.files.items():
        for at, _ in cell_places(text, NUMBERS):
            lines = [line.split(",") for line in text.splitlines()]
            fill(lines, at, factor)
            files = {other: each.encode() for other, each in asked.files.items()}
            files[part] = rows(*map(",".join, lines)).encode()
            code, said = run(asked, files, tmp_path, as_json=False)
            assert code in {0, 2}, said
            assert "Row " in said or "in-" in said or code == 0, said


def test_names_are_shown_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that looks like a sign of the terminal's is one all the same."""
    panel = tmp_path / "panel.csv"
    panel.write_text(PANEL.replace("c3,", "[/b] :bug:,"), encoding="utf-8")
    assert main(["synthetic", "--panel", str(panel)]) == 0
    assert "[/b] :bug:" in capsys.readouterr().out


LEAF = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5)
KEYS = st.sampled_from(["tornado", "at_middle", "places", "line", "id", "merit", "name"])
FLAT = LEAF | st.lists(LEAF, max_size=3) | st.dictionaries(KEYS, LEAF, max_size=4)
ANSWERS = FLAT | st.lists(FLAT, max_size=3) | st.dictionaries(KEYS, FLAT, max_size=4)


@pytest.mark.parametrize("kind", ["tornado", "merit"])
@settings(max_examples=25, deadline=None, derandomize=True)
@given(content=ANSWERS)
def test_no_answer_of_another_makes_a_chart_fall_over(kind: str, content: object) -> None:
    """A chart refuses the JSON of anything but its own command."""
    option = {"tornado": "report", "merit": "allocation"}[kind]
    with TemporaryDirectory() as place:
        folder = Path(place)
        asked = Asked(("chart", kind), {option: json.dumps(content)}, {"out": "c.svg"})
        code, said = run(asked, {option: json.dumps(content).encode()}, folder)
        assert code in {0, 2}, said
        assert "Traceback" not in said


TYPED: dict[str, tuple[str, ...]] = {
    "assess": ("fdr",),
    "pool": ("count", "seed", "substitutes"),
    "did": ("confidence", "starts-on", "treated"),
    "segmented": ("series", "starts-on", "waves", "lags", "confidence", "family"),
    "segmented poisson": ("starts-on", "waves", "confidence"),
    "power": ("series", "starts-on", "change", "periods", "pool-name", "power", "better", "unit"),
    "themes": ("confidence", "base-size", "run-length", "threshold", "level"),
    "sample": ("seed", "confidence", "tolerable", "size"),
    "sample checked": ("seed", "confidence"),
    "chart spc": ("series", "title", "unit", "ruleset", "starts-on"),
    "chart funnel": ("title", "unit", "size", "better", "measure", "per"),
}
"""The options of each command that take a number, a date or a name."""
WORDS = st.one_of(
    st.sampled_from(["", " ", "nan", "inf", "-1", "0", "1", "0.5", "1e-320", "0.9999999999999999",
                     "1e308", "999999999", "99999999999", "²", "٣", "1_000", "0x10", "own", "c1",
                     "0001-01-01", "9999-12-31", "2021-02-30", "2021-06", "2031-01-01", "“", "<b>",
                     "\u202e", "-", "--", "\x00"]),
    st.text(max_size=6),
    st.floats().map(str),
    st.integers(-3, 60).map(str),
    st.dates().map(str),
)  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_no_option_makes_a_command_fall_over(name: str) -> None:
    """A number, a date or a name may be anything: it is used, or refused with exit code 2."""
    asked = ASKED[name]
    files = {part: text.encode() for part, text in asked.files.items()}

    @settings(max_examples=20, deadline=None, derandomize=True)
    @given(option=st.sampled_from(TYPED[name]), word=WORDS)
    def no_fall(option: str, word: str) -> None:
        words = (*asked.words, f"--{option}={word}")
        with TemporaryDirectory() as place:
            folder = Path(place)
            code, said = run(Asked(words, asked.files, asked.out), files, folder)
            assert code in {0, 2}, (words, said)
            if code == 2:
                left = {path.name for path in folder.iterdir() if not path.name.startswith("in-")}
                assert not left, left

    no_fall()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--data", "nowhere"), "nowhere: There is no such folder."),
        (("--out", "table.txt"), "table.txt: The name must end in .md."),
        (("--out", "nowhere/table.md"), "does not exist"),
    ],
)
def test_a_calibration_is_refused_before_any_work(
    options: tuple[str, str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What takes minutes is refused at once where its folder or its file's name is wrong."""
    assert main(["calibrate", "--quick", options[0], str(tmp_path / options[1]), "--json"]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_every_command_and_kind_of_chart_is_asked() -> None:
    """A command that is new is spoilt too, and so is a kind of chart."""
    reading = set(COMMANDS) - {"calibrate"}
    assert {name.split()[0] for name in ASKED} >= reading
    drawn = {name.split()[1] for name in ASKED if name.startswith("chart ")}
    assert drawn | {"tornado", "merit"} == set(KINDS)
