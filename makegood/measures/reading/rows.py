"""From a row of cells to figures: what it says of which series in which period, or why it cannot."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

from makegood.kernel.period import Frequency
from makegood.kernel.refusal import RuleBroken
from makegood.measures.reading.cells import BOUND, BadCell, Meaning, read_number
from makegood.measures.reading.headings import period_in
from makegood.measures.reading.layout import Layout, Role, Shape
from makegood.measures.reading.periods import (
    BadPeriod,
    DayOrder,
    day_order_of,
    is_either_way,
    period_for,
)
from makegood.measures.rules import check_period_has_begun, check_value_is_within_its_measure
from makegood.measures.states import Standing

TOTALS = ("total", "grand total", "sub-total", "subtotal", "all", "totals", "overall")
MIXED = (
    "“{cell}” could be two days: this column has days written both ways round. Write 2024-04-01."
)
LONGEST_NAME, LONGEST_CODE, LONGEST_NOTE = 300, 60, 280
REMEMBERED = 50_000
"""Cells of figures whose reading is remembered: most say what another said before."""


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """What a figure is held against: the measure's own limits, and today."""

    today: date
    every: Frequency = Frequency.MONTH
    unit: str = ""
    lowest: float | None = None
    highest: float | None = None
    is_percentage: bool = False


class Figure(NamedTuple):
    """What one cell says: of the series ``key``, in a period, a value or why there is none."""

    key: str
    period: date
    standing: Standing
    value: float | None
    numerator: float | None
    denominator: float | None
    note: str


@dataclass(slots=True)
class Said:
    """What one row says. ``faults`` are sentences; a row can give figures and faults.

    ``left_out`` says why a row gives neither: a total, or a note under the table.
    """

    figures: list[Figure] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    empty: int = 0
    left_out: str = ""


Read = tuple[Standing | None, float | None, str]
"""The standing of a cell (None: it says nothing), its number, and its mark."""


class RowReader:
    """Reads the rows of one sheet, one after the other; ``names`` holds what each series is called."""

    def __init__(
        self,
        layout: Layout,
        measured: Yardstick,
        *,
        only: str = "",
        is_mixed: Callable[[], bool] = lambda: False,
    ) -> None:
        """Read by ``layout``. ``only`` is the one series a file is of, if it is of one.

        ``is_mixed`` tells whether a day in the file is the other way round than ``layout`` says. It is
        asked once, when a day comes that could be either: most files hold none.
        """
        self.layout, self.measured, self.only = layout, measured, only
        self.names: dict[str, str] = {}
        self._is_mixed = cache(is_mixed)
        self._periods: dict[str, date | str] = {}
        self._keys: dict[tuple[str, ...], str] = {}
        self._figures: dict[str, Read] = {}
        self._numbers: dict[str, float] = {}
        self._period = layout.place(Role.PERIOD)
        self._value = layout.place(Role.VALUE)
        self._top = layout.place(Role.NUMERATOR)
        self._bottom = layout.place(Role.DENOMINATOR)
        self._note = layout.place(Role.NOTE)
        self._code = layout.place(Role.CODE)
        self._parts = layout.places(Role.NAME)
        self._told = layout.places(Role.CODE)[:1] + self._parts
        self._which = layout.place(Role.WHICH)
        self._across = layout.places(Role.VALUE) if layout.shape is not Shape.LONG else []
        self._width = len(layout.roles)
        self._marks = {mark.lower(): meaning for mark, meaning in layout.marks.items()}

    def read(self, cells: list[str]) -> Said:
        """Return what a row says."""
        said = Said()
        beyond = len(cells) > self._width
        if beyond and any(cells[self._width :]):
            said.faults.append(
                f"The row has {len(cells)} cells, but only {self._width} columns have a name."
            )
            return said
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        shape = self.layout.shape
        if self._is_beside(cells, said):
            return said
        if shape is Shape.LONG:
            self._read_long(cells, said)
        elif shape is Shape.PERIODS_ACROSS:
            self._read_periods(cells, said)
        else:
            self._read_series(cells, said)
        return said

    def _is_beside(self, cells: list[str], said: Said) -> bool:
        """Return whether a row stands beside the figures: empty, a note under them, or a total of them."""
        filled = len(cells) - cells.count("")
        if filled == 0:
            said.left_out = "an empty row"
        elif filled == 1 and self._width > 1 and not self._is_period(cells):
            said.left_out = "a note"
        elif self._parts and cells[self._parts[0]].casefold().strip(" :") in TOTALS:
            said.left_out = "a total"
        elif self._which is not None and cells[self._which] != self.layout.which:
            said.left_out = "another sort"
        return bool(said.left_out)

    def _is_period(self, cells: list[str]) -> bool:
        return self._period is not None and isinstance(self._when(cells[self._period]), date)

    def _read_long(self, cells: list[str], said: Said) -> None:
        key = self._whose(cells, said)
        period = self._period_of(cells[self._period] if self._period is not None else "", said)
        top = self._number(cells, self._top, said)
        bottom = self._number(cells, self._bottom, said)
        note = cells[self._note][:LONGEST_NOTE] if self._note is not None else ""
        if self._value is None:
            read = self._fraction(top, bottom, said)
        else:
            read = self._figure(cells[self._value], self.layout.headings[self._value], said)
            self._check_fraction(top, bottom, said)
        if said.faults or period is None:
            return
        standing, value, mark = read
        if standing is None and note:
            standing, mark = Standing.NOT_AVAILABLE, ""
        if standing is None:
            said.empty += 1
            return
        why = note or (f"The file says “{mark}”." if mark else "")
        said.figures.append(
            Figure(key, period, standing, value, top, bottom, why if value is None else "")
        )

    def _read_periods(self, cells: list[str], said: Said) -> None:
        key = self._whose(cells, said)
        if said.faults:
            return
        for place in self._across:
            heading = period_in(self.layout.headings[place])
            self._read_cell(key, heading, cells[place], heading, said)

    def _read_series(self, cells: list[str], said: Said) -> None:
        when = cells[self._period] if self._period is not None else ""
        if isinstance(self._when(when), str):
            self._period_of(when, said)
            return
        for place in self._across:
            name = self.layout.headings[place][:LONGEST_NAME]
            key = self.only or name
            self.names.setdefault(key, name)
            self._read_cell(key, when, cells[place], name, said)

    def _read_cell(self, key: str, when: str, cell: str, heading: str, said: Said) -> None:
        standing, value, mark = self._figure(cell, heading, said)
        if standing is None:
            said.empty += not cell
            return
        period = self._when(when)
        if isinstance(period, str):
            said.faults.append(f"{heading}: {period}")
            return
        why = f"The file says “{mark}”." if mark else ""
        said.figures.append(Figure(key, period, standing, value, None, None, why))

    def _whose(self, cells: list[str], said: Said) -> str:
        if self.only:
            return self.only
        told = tuple([cells[place] for place in self._told])
        known = self._keys.get(told)
        if known is None:
            known = self._new_key(cells, said)
            if known and not said.faults:
                self._keys[told] = known
        return known

    def _new_key(self, cells: list[str], said: Said) -> str:
        name = " · ".join(part for place in self._parts if (part := cells[place]))
        code = cells[self._code] if self._code is not None else ""
        alone = code if self.layout.is_code_enough else ""
        key = alone or " · ".join(part for part in (code, name) if part)
        if not key:
            said.faults.append("Nothing says whose figure this is.")
        elif len(name) > LONGEST_NAME or len(code) > LONGEST_CODE:
            said.faults.append("The name or the code is too long.")
        elif key not in self.names:
            self.names[key] = f"{name} ({code})" if alone and name else key
        return key

    def _period_of(self, cell: str, said: Said) -> date | None:
        found = self._when(cell)
        if isinstance(found, date):
            return found
        said.faults.append(f"{self._heading(self._period)}: {found}")
        return None

    def _when(self, cell: str) -> date | str:
        """Return the period, or the sentence that says why it is none; each cell is read once."""
        known = self._periods.get(cell)
        if known is None:
            known = self._periods[cell] = self._read_when(cell)
        return known

    def _read_when(self, cell: str) -> date | str:
        if not cell:
            return "This cell is empty. It must be filled."
        if is_either_way(cell) and self._is_mixed():
            return MIXED.format(cell=cell[:40])
        try:
            period = period_for(cell, order=self.layout.order, every=self.measured.every)
            check_period_has_begun(period, today=self.measured.today)
        except BadPeriod as bad:
            return str(bad)
        except RuleBroken as broken:
            return broken.sentence
        return period

    def _figure(self, cell: str, heading: str, said: Said) -> Read:
        """Return what a cell says, once its number is held against the measure."""
        known = self._figures.get(cell)
        if known is not None:
            return known
        try:
            read = self._said_by(cell)
            if read[1] is not None:
                self._check_within(read[1])
        except (BadCell, RuleBroken) as wrong:
            sentence = wrong.sentence if isinstance(wrong, RuleBroken) else str(wrong)
            said.faults.append(f"{heading}: {sentence}")
            return None, None, ""
        if len(self._figures) < REMEMBERED:
            self._figures[cell] = read
        return read

    def _said_by(self, cell: str) -> Read:
        if not cell:
            return None, None, ""
        meaning = self._marks.get(cell.lower())
        if meaning is None and BOUND.fullmatch(cell):
            meaning = Meaning.SUPPRESSED
        if meaning is Meaning.MISSING:
            return None, None, cell
        if meaning is Meaning.ZERO:
            return Standing.MEASURED, 0.0, ""
        if meaning is not None:
            return Standing(meaning.value), None, cell[:20]
        return Standing.MEASURED, self._to_number(cell), ""

    def _to_number(self, cell: str) -> float:
        return read_number(
            cell,
            has_decimal_comma=self.layout.has_decimal_comma,
            is_share=self.measured.is_percentage,
        )

    def _number(self, cells: list[str], place: int | None, said: Said) -> float | None:
        cell = cells[place] if place is not None else ""
        known = self._numbers.get(cell)
        if known is not None:
            return known
        if not cell or cell.lower() in self._marks:
            return None
        try:
            number = self._to_number(cell)
        except BadCell as bad:
            said.faults.append(f"{self._heading(place)}: {bad}")
            return None
        if len(self._numbers) < REMEMBERED:
            self._numbers[cell] = number
        return number

    def _fraction(self, top: float | None, bottom: float | None, said: Said) -> Read:
        self._check_fraction(top, bottom, said)
        if top is None or bottom is None or said.faults:
            return None, None, ""
        value = (100 if self.measured.is_percentage else 1) * top / bottom
        try:
            self._check_within(value)
        except RuleBroken as broken:
            said.faults.append(broken.sentence)
        return Standing.MEASURED, value, ""

    def _check_fraction(self, top: float | None, bottom: float | None, said: Said) -> None:
        if bottom is not None and bottom <= 0:
            said.faults.append(f"{self._heading(self._bottom)}: It must be above 0.")
        elif (
            top is not None and bottom is not None and self.measured.is_percentage and top > bottom
        ):
            said.faults.append(
                f"{self._heading(self._top)}: {top:g} is above what it is out of, {bottom:g}."
            )

    def _check_within(self, value: float) -> None:
        measured = self.measured
        if (measured.lowest is not None and value < measured.lowest) or (
            measured.highest is not None and value > measured.highest
        ):
            check_value_is_within_its_measure(
                value, lowest=measured.lowest, highest=measured.highest, unit=measured.unit
            )

    def _heading(self, place: int | None) -> str:
        return self.layout.headings[place] if place is not None else "period"


def has_other_order(cells: Iterable[str], *, than: DayOrder) -> bool:
    """Return whether a day among ``cells`` is the other way round: 04/13/2024 where days come first."""
    seen: set[str] = set()
    for cell in cells:
        if cell not in seen:
            seen.add(cell)
            if day_order_of(cell) not in {None, than}:
                return True
    return False


def day_order_in(cells: Iterable[str]) -> DayOrder | None:
    """Return which way round the first day says it is that can be read in one way only."""
    return next(filter(None, map(day_order_of, cells)), None)


def marks_in(cells: Iterable[str], *, marks: Mapping[str, Meaning]) -> list[str]:
    """Return the marks that stand among ``cells``, as they are written, each once."""
    return sorted({cell for cell in cells if cell.lower() in marks or BOUND.fullmatch(cell)})
