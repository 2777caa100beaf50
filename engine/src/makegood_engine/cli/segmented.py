"""`makegood-engine segmented`: segmented regression of one interrupted series."""

import argparse

import numpy as np
from rich.table import Table

from makegood_engine import __version__
from makegood_engine.classical import segmented
from makegood_engine.cli.one_series import OneSeries, one_series
from makegood_engine.cli.options import (
    Answer,
    add_measurements,
    day,
    print_table,
    said_and_doubted,
    share,
    told,
    whole_number,
)
from makegood_engine.effect.track import Track
from makegood_engine.tables import MEASUREMENTS

TABLES = (MEASUREMENTS,)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_measurements(parser)
    parser.add_argument("--series", required=True, metavar="S", help="which series")
    parser.add_argument(
        "--starts-on", type=day, required=True, metavar="D", help="the interruption"
    )
    parser.add_argument(
        "--family", choices=["gaussian", "poisson"], default="gaussian",
        help="poisson counts the numerator (or value) over the denominator, if there is one",
    )  # fmt: skip
    parser.add_argument(
        "--waves", type=whole_number, default=0, metavar="N", help="pairs of season's waves (0)"
    )
    parser.add_argument("--lags", type=whole_number, metavar="L", help="Newey-West lags (by rule)")
    parser.add_argument(
        "--no-overdispersion", action="store_true", help="take counts as pure Poisson"
    )
    parser.add_argument(
        "--confidence", type=share, default=0.95, metavar="C", help="of the intervals (0.95)"
    )


def run(asked: argparse.Namespace) -> Answer:
    """Fit the series."""
    series = one_series(asked.measurements, asked.series)
    counted = asked.family == "poisson" and "numerator" in series.table.column_names
    track = series.track("numerator" if counted else "value")
    exposure = _along(track, series) if asked.family == "poisson" else None
    found = segmented(
        track.values,
        start=track.place(asked.starts_on),
        family=asked.family,
        exposure=exposure,
        season=track.season,
        waves=asked.waves,
        lags=asked.lags,
        overdispersion=not asked.no_overdispersion,
        confidence=asked.confidence,
        name=f"{series.file}, series “{series.name}”",
    )
    return {"series": series.name, **told(found), "sentence": found.sentence,
            "version": __version__}  # fmt: skip


def _along(track: Track, series: OneSeries) -> "np.ndarray | None":
    """The denominators at the track's own steps; None where there are none."""
    over = series.history("denominator")
    if all(value is None for value in over.values()):
        return None
    days = [track.period(place) for place in range(len(track.values))]
    found = [over.get(day) for day in days]
    return np.array([np.nan if value is None else value for value in found])


def show(answer: Answer) -> None:
    """Say what was found, when not to trust it, and the terms."""
    said_and_doubted(answer)
    terms, whole = answer["terms"], answer["at_end"]
    assert isinstance(terms, list)
    table = Table(title=f"Terms ({answer['family']})")
    for name in ("Term", "Estimate", "Standard error", "Lower", "Upper", "p"):
        table.add_column(name, justify="left" if name == "Term" else "right")
    for term in (*terms, whole):
        numbers = (term[name] for name in
                   ("estimate", "standard_error", "lower", "upper", "p_value"))  # fmt: skip
        table.add_row(term["name"], *(f"{number:.4g}" for number in numbers))
    print_table(table)
    if answer["lags"] is not None:
        print(f"Newey-West errors with {answer['lags']} lags ({answer['lag_rule']}).")
    else:
        print(f"Errors scaled for a dispersion of {answer['dispersion']:.3g}.")
