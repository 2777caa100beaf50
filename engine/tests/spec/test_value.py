"""What came of it is worth, over what it cost: a range, never a ratio alone.

A model is one text file. Rates and values of others are dated data with a source. What is not
known to the last digit is a range, and the answer says which range matters most.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood_engine.cli import main
from makegood_engine.tables import TableError
from makegood_engine.value import appraise, example_model, read_bank, read_model, shipped
from makegood_engine.value.appraise import Spread

Write = Callable[[str], Path]
PLAIN = """\
name = "A class"
currency = "GBP"
price_year = 2024
discount = "green_book"

[[outcomes]]
name = "Learnt"
quantity = 100
proxy = 50
deadweight = { shape = "uniform", low = 0.2, high = 0.4 }
attribution = { shape = "uniform", low = 0.1, high = 0.3 }

[[costs]]
name = "Teacher"
amount = 2000
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "model.toml"
        path.write_text(text, "utf-8")
        return path

    return written


def changed(old: str, new: str) -> str:
    assert old in PLAIN
    return PLAIN.replace(old, new, 1)


def refusal(path: Path) -> str:
    with pytest.raises(TableError) as caught:
        read_model(path)
    return str(caught.value)


def test_the_ratio_never_stands_alone(write: Write) -> None:
    """The sentence gives the two ends, the middle, the chance of a gain, and the main doubt."""
    found = appraise(read_model(write(PLAIN)))
    assert found.ratio.lower < found.ratio.median < found.ratio.upper
    assert found.ratio.median == pytest.approx(100 * 50 * 0.7 * 0.8 / 2000 / 1.035, rel=0.01)
    assert "between £1.1" in found.sentence
    assert "90% of draws" in found.sentence
    assert "In all 20,000 draws it brings back more than it costs." in found.sentence
    none = replace(found, above_one=0.0).sentence
    assert "In none of 20,000 draws does it bring back more than it costs." in none
    assert found.sentence.endswith("Most of the doubt (57%) comes from Learnt: deadweight.")


def test_most_of_the_doubt_is_said_only_of_more_than_half(write: Write) -> None:
    """An input that brings half the doubt or less brings the largest part of it, with its share."""
    found = appraise(read_model(write(example_model())))
    assert "The largest part of the doubt (31%) comes from Less alone: quantity." in found.sentence
    assert "Most of" not in found.sentence


def test_inputs_are_named_in_words_not_in_keys(write: Write) -> None:
    """No key of the model or of a bank is shown to people: each has its words."""
    found = appraise(read_model(write(example_model())))
    names = [bar.name for bar in found.tornado]
    assert "Less alone: drop-off" in names
    assert "Into work: value of each" in names
    assert any(name.startswith("Value of one point of life satisfaction") for name in names)
    said = " ".join([found.sentence, *names, *found.sources, *found.cautions])
    assert not re.search("drop_off|wellby|proxy", said)


def test_money_below_nothing_has_its_sign_before_the_pound(write: Write) -> None:
    """A ratio below 0 is said as −£0.50, never as £−0.50."""
    found = appraise(read_model(write(PLAIN)))
    below = replace(found, ratio=Spread(-0.5, -1.0, 120.4, 0.0))
    assert "between −£1.00 and £120 (90% of draws; the middle draw is −£0.50)" in below.sentence


def test_the_example_that_ships_can_be_used_as_it_is(write: Write) -> None:
    """The example model, with a remark beside every key, is read and appraised."""
    model = read_model(write(example_model()))
    found = appraise(model)
    assert [one.name for one in found.outcomes] == ["Less alone", "Into work"]
    assert "wellby" in model.inputs
    assert any("HM Treasury" in source for source in found.sources)
    assert any("no range for deadweight or attribution" in said for said in found.cautions)
    assert (found.seed, found.draws) == (2026, 20_000)


def test_what_ships_is_dated_and_open() -> None:
    """The WELLBY and both Green Book rates ship with their sources; licensed banks do not."""
    bank = shipped()
    wellby = bank.values["wellby"]
    assert (wellby.value.figures, wellby.price_year) == ((10_000, 13_000, 16_000), 2019)
    assert "HM Treasury" in wellby.source
    assert "Open Government Licence" in wellby.source
    assert list(bank.values) == ["wellby"]
    assert [rate.at(1) for rate in bank.rates.values()] == [0.035, 0.015]


@pytest.mark.parametrize("part", ["deadweight", "attribution"])
def test_deadweight_and_attribution_need_a_range(write: Write, part: str) -> None:
    """A single number for either is refused by its line, unless the model says why."""
    lines = {"deadweight": 10, "attribution": 11}
    ends = {"deadweight": "low = 0.2, high = 0.4", "attribution": "low = 0.1, high = 0.3"}
    bare = changed(f'{part} = {{ shape = "uniform", {ends[part]} }}', f"{part} = 0.3")
    said = refusal(write(bare))
    assert said.startswith(f"model.toml: Row {lines[part]}, {part}: In outcomes 1 (“Learnt”)")
    assert "why_no_range" in said
    told = bare.replace("proxy = 50", 'proxy = 50\nwhy_no_range = "a trial gave it"')
    model = read_model(write(told))
    assert model.reasons == (f"“Learnt” has no range for {part}: a trial gave it.",)
    assert "a trial gave it" in " ".join(appraise(model).cautions)
    empty = bare.replace("proxy = 50", 'proxy = 50\nwhy_no_range = " "')
    assert "why_no_range, in quotation marks" in refusal(write(empty))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("quantity =", "quantiy =", "Row 8, quantiy: In outcomes 1 (“Learnt”): there is no key"),
        ("quantity =", "quantiy =", "Did you mean “quantity”?"),
        ("discount =", "discuont =", "Row 4, discuont: In the model: there is no key"),
        ("amount = 2000", "amount = 2000\nyear = 3", "Row 16, year: In costs 1 (“Teacher”)"),
        ("proxy = 50", 'proxy = "welby"', "Did you mean “wellby”?"),
        ("proxy = 50", 'proxy = "wellby"', "prices of 2019, the model of 2024"),
        ("proxy = 50", "proxy = true", "Write a number, or a range"),
        ("quantity = 100", "quantity = -1", "never be below 0"),
        ("quantity = 100", 'quantity = { shape = "normal", mean = 4, sd = 2 }', "Try lognormal"),
        ("low = 0.2, high = 0.4", "low = 0.2, high = 1.4", "must keep from 0 to 1"),
        ("low = 0.2, high = 0.4", "low = 0.6, high = 0.4", "must rise"),
        ("low = 0.2, high = 0.4", "low = 0.2, likely = 0.4", "needs the numbers low, high"),
        ('shape = "uniform", low = 0.2', "low = 0.2", "needs a shape"),
        ('"green_book"', '"greenbook"', "discount must be “green_book”, “green_book_health”"),
        (
            "proxy = 50",
            'proxy = 50\ndiscount = "health"',
            "Row 10, discount: In outcomes 1 (“Learnt”)",
        ),
        (
            "amount = 2000",
            "amount = 2000\ndiscount = 3.5",
            "In costs 1 (“Teacher”): discount must be",
        ),
        (
            "amount = 2000",
            "amount = 2000\ndiscount = { rate = 0.05, dated = 2026-04-01 }",
            "In costs 1 (“Teacher: discount”): it needs a source",
        ),
        ("price_year = 2024", "price_year = 24", "whole number from 1900 to 2200"),
        ("price_year = 2024", "price_year = 2024\ndraws = 10", "draws must be a whole number"),
        ('name = "Learnt"', "name = 4", "it needs a name"),
        ("amount = 2000", "amount = 1\n[[costs]]\nname = 'Teacher'\namount = 2", "there twice"),
        ("[[costs]]", "[costs]", "it needs [[costs]], one for each"),
        ("amount = 2000", "amount = 0", "divided by 0"),
        ("[[costs]]", "[[costs]", "Row 13: This is not TOML"),
    ],
)
def test_what_is_wrong_is_told_by_its_line(write: Write, old: str, new: str, words: str) -> None:
    """Each fault names its line, its table and its key, and what may have been meant."""
    assert words in refusal(write(changed(old, new)))


def test_all_faults_are_told_at_once(write: Write) -> None:
    """One reading finds everything that is wrong."""
    text = changed("quantity = 100", "quantity = -1").replace("amount = 2000", 'amount = "lots"')
    said = refusal(write(text))
    assert said.startswith("model.toml: 2 things are wrong.")
    assert "Row 8, quantity" in said
    assert "Row 15, amount" in said


def test_a_model_without_any_range_is_refused(write: Write) -> None:
    """Where no figure is a range there would be a ratio alone, and that is never given."""
    text = changed('deadweight = { shape = "uniform", low = 0.2, high = 0.4 }', "deadweight = 0.3")
    text = text.replace('attribution = { shape = "uniform", low = 0.1, high = 0.3 }',
                        'attribution = 0.2\nwhy_no_range = "a trial"')  # fmt: skip
    assert "a ratio alone is never given" in refusal(write(text))


DEFLATED = """
[deflator]
source = "A published index"
dated = 2026-09-30
index = { 2019 = 80.0, 2024 = 100.0 }
"""


def test_only_a_dated_deflator_bridges_price_years(write: Write) -> None:
    """The WELLBY of 2019 goes into prices of 2024 by an index with its source and date."""
    model = read_model(write(changed("proxy = 50", 'proxy = "wellby"') + DEFLATED))
    assert model.inputs["wellby"].figures == pytest.approx((12_500, 16_250, 20_000))
    assert "Deflator: A published index, 2026-09-30" in model.sources
    short = DEFLATED.replace("2024 = 100.0", "2023 = 98.0")
    text = changed("proxy = 50", 'proxy = "wellby"') + short
    assert "the index needs a number above 0 for 2024" in refusal(write(text))


def test_a_rate_of_ones_own_needs_a_source(write: Write) -> None:
    """A rate that is not shipped carries where it comes from, and its date."""
    own = 'discount = { rate = 0.05, source = "Our board", dated = 2026-04-01 }'
    model = read_model(write(changed('discount = "green_book"', own)))
    assert model.rate.factor(2) == pytest.approx(1.05**-2)
    assert "Discount rate: Our board, 2026-04-01" in model.sources
    bare = changed('discount = "green_book"', "discount = { rate = 0.05 }")
    assert "it needs a source" in refusal(write(bare))


def test_an_outcome_or_a_cost_may_have_a_rate_of_its_own(write: Write) -> None:
    """Health at 1.5% beside costs at 3.5%, as the Green Book has it; the answer says which is which."""
    own = 'from_year = 10\ndiscount = "green_book_health"\nproxy = 50'
    model = read_model(write(changed("proxy = 50", own)))
    found = appraise(model)
    assert found.benefits.mean == pytest.approx(100 * 50 * 0.7 * 0.8 * 1.015**-10, rel=0.01)
    assert model.outcomes[0].rate == shipped().rates["green_book_health"]
    assert model.costs[0].rate is None
    said = "“Learnt” is discounted at 1.5% a year at first, where the model has 3.5%."
    assert said in found.cautions
    assert "; Learnt: green_book_health, HM Treasury" in found.discount
    assert any(source.startswith("Discount rate of “Learnt”: HM") for source in found.sources)
    board = 'amount = 2000\nfrom_year = 2\ndiscount = { rate = 0, source = "Our board", dated = 2026-04-01 }'
    paid = appraise(read_model(write(changed("amount = 2000", board))))
    assert paid.costs.mean == 2000
    assert "“Teacher” is discounted at 0% a year, where the model has 3.5%." in paid.cautions
    same = changed("amount = 2000", 'amount = 2000\ndiscount = "green_book"')
    assert not any("is discounted at" in one for one in appraise(read_model(write(same))).cautions)


BANK = """name,value,low,high,unit,price_year,source
tea,3,,,a cup,2024,Our licence
talk,40,30,60,an hour,2024,Our licence
"""


def test_a_licensed_bank_is_the_users_own(write: Write, tmp_path: Path) -> None:
    """Values that cannot ship are loaded from the user's own file, as CSV or TOML."""
    (tmp_path / "bank.csv").write_text(BANK)
    text = changed("proxy = 50", 'proxy = "talk"').replace(
        "price_year", 'bank = "bank.csv"\nprice_year', 1
    )
    assert read_model(write(text)).inputs["talk"].figures == (30, 40, 60)
    toml = tmp_path / "bank.toml"
    toml.write_text(
        '[[values]]\nname = "talk"\nvalue = 40\nprice_year = 2024\nsource = "Our licence"\n'
    )
    model = read_model(write(changed("proxy = 50", 'proxy = "talk"')), bank=read_bank(toml))
    assert model.inputs["talk"].is_fixed
    assert any("Our licence; prices of 2024" in source for source in model.sources)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bank.csv", BANK.replace("30,60", "50,60"), "Row 3, low: A triangular range must rise"),
        ("bank.csv", BANK.replace("30,60", ",60"), "Row 3, low: A range needs both"),
        ("bank.csv", BANK.replace("2024,Our licence", "2024,", 1), "Row 2, source"),
        ("bank.csv", BANK.replace("talk", "tea"), "tea is there twice"),
        ("bank.toml", "[[values]]\nname = 'x'\n", "Row 1, values 1: values 1: It needs a source"),
        ("bank.toml", "x = 1", "The file needs [[values]]"),
        (
            "bank.toml",
            "[[values]]\nname='x'\nsource='s'\nprice_year=2020\nprize=3",
            "no key “prize”",
        ),
    ],
)
def test_a_bad_bank_is_told_by_its_row(tmp_path: Path, name: str, content: str, words: str) -> None:
    """A value without a source, a year or a proper range is refused by row."""
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(TableError) as caught:
        read_bank(path)
    assert words in str(caught.value)


def test_the_command_writes_a_whole_report(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`value` writes one JSON report and says what matters most; a bad model writes nothing."""
    out = tmp_path / "report.json"
    asked = ["value", "--model", str(write(PLAIN)), "--out", str(out)]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "Each £1 brings back between" in said
    assert "What the ratio turns on" in said
    report = json.loads(out.read_text("utf-8"))
    assert {"ratio", "tornado", "years", "outcomes", "sources", "sentence"} <= set(report)
    assert report["ratio"]["lower"] < report["ratio"]["median"]
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ratio"] == report["ratio"]
    out.unlink()
    write(changed("quantity =", "quantiy ="))
    assert main(asked) == 2
    assert "Did you mean “quantity”?" in capsys.readouterr().err
    assert [part.name for part in tmp_path.iterdir()] == ["model.toml"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("model.toml", "report.csv"), "must end in .json"),
        (("model.toml", "nowhere/report.json"), "does not exist"),
        (("other.toml", "report.json"), "other.toml: There is no such file"),
    ],
)
def test_files_that_cannot_be_used_are_named(
    write: Write,
    tmp_path: Path,
    names: tuple[str, str],
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A report must be JSON in a folder that is there, and the model must exist."""
    write(PLAIN)
    model, out = (str(tmp_path / name) for name in names)
    assert main(["value", "--model", model, "--out", out]) == 2
    assert words in capsys.readouterr().err


def test_the_example_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`value --example` prints the model that ships, ready to be saved and changed."""
    with pytest.raises(SystemExit) as caught:
        main(["value", "--example"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.strip() == example_model().strip()


pieces = st.sampled_from(
    ["0.5", "-1", "1e400", "nan", "inf", '""', '"wellby"', "true", "[]", "{}", "2026-01-01",
     '{ shape = "beta", a = 1, b = 1 }', '{ shape = "pert", low = 0, likely = 1, high = 1e308 }',
     '{ shape = "normal", mean = 0.5, sd = nan }', "[[1]]", "[", "9" * 400]
)  # fmt: skip
keys = st.sampled_from([
    "name", "price_year", "discount", "seed", "draws", "bank", "deflator", "outcomes", "costs",
    "quantity", "proxy", "deadweight", "attribution", "drop_off", "years", "from_year", "amount",
])  # fmt: skip


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(key=keys, piece=pieces, also=st.tuples(keys, pieces))
def test_no_model_ends_in_a_traceback(
    key: str, piece: str, also: tuple[str, str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Whatever stands behind a key, the command answers or refuses by file; it never falls over."""
    lines = PLAIN.splitlines()
    for name, value in ((key, piece), also):
        there = [i for i, line in enumerate(lines) if line.startswith(f"{name} =")]
        if there:
            lines[there[-1]] = f"{name} = {value}"
        else:
            lines.insert(8, f"{name} = {value}")
    path, out = tmp_path / "fuzz.toml", tmp_path / "report.json"
    path.write_text("\n".join(lines), "utf-8")
    out.unlink(missing_ok=True)
    code = main(["value", "--model", str(path), "--out", str(out), "--json"])
    said = capsys.readouterr()
    assert code in (0, 2), said.err
    assert out.exists() == (code == 0)
    assert code == 0 or "fuzz.toml" in said.err
