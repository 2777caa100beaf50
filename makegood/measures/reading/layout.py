"""Which rows of a sheet name its columns, and what each column is: guessed here, put right by people."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from itertools import takewhile
from typing import Any

from makegood.measures.reading.cells import MARKS, WITH_COMMA, Meaning, is_mark, is_number
from makegood.measures.reading.headings import OTHER, beside_period, known_by
from makegood.measures.reading.periods import DayOrder, reads_as_period
from makegood.measures.reading.sheets import BadFile, Row

KINDS = re.compile(r"\b(indicator|measure|unit|metric|statistic)\b")
FEW = 50
SEVERAL = 2
MOST_ABOVE = 5
"""So many rows at most can stand above the last one that names the columns, and name them too."""
LOOKED_AT = 40
"""Within so many rows the columns are named: what stands before are titles and notes."""
MOST, HALF = 0.8, 0.5
"""A column is what this share of its cells is."""


class Shape(StrEnum):
    """How a table is laid out."""

    LONG = "long"
    PERIODS_ACROSS = "periods"
    SERIES_ACROSS = "series"


class Role(StrEnum):
    """What a column is."""

    LEFT_OUT = "left_out"
    PERIOD = "period"
    NAME = "name"
    CODE = "code"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    NOTE = "note"
    WHICH = "which"

    @property
    def words(self) -> str:
        """Return the role as people say it."""
        return {
            "left_out": "Leave it out",
            "period": "The period",
            "name": "Whose figure it is, or where",
            "code": "Its code",
            "value": "The figure",
            "numerator": "Counted (top of the fraction)",
            "denominator": "Out of (bottom of the fraction)",
            "note": "A note, or why there is no figure",
            "which": "Says which rows to take",
        }[self.value]

    @property
    def is_figure(self) -> bool:
        """Return whether a column with this role holds numbers."""
        return self in FIGURES


OURS: Mapping[str, Role] = {
    **{
        str(role): role
        for role in (Role.PERIOD, Role.VALUE, Role.NUMERATOR, Role.DENOMINATOR, Role.NOTE)
    },
    "series": Role.NAME,
}
"""What our own tables call their columns: believed whatever the cells hold."""
FIGURES = {Role.VALUE, Role.NUMERATOR, Role.DENOMINATOR}
WORDS: Mapping[Role, re.Pattern[str]] = {
    Role.PERIOD: re.compile(r"\b(period|month|date|quarter|year|time|financial year|week)s?\b"),
    Role.CODE: re.compile(r"\b(code|ods|gss|ons|id|identifier)\b"),
    Role.NUMERATOR: re.compile(r"\b(numerator|counted|count of|days lost|top)\b"),
    Role.DENOMINATOR: re.compile(r"\b(denominator|out of|base|days available|bottom)\b"),
    Role.NOTE: re.compile(r"\b(note|notes|comment|comments|remark|reason|footnote)\b"),
    Role.VALUE: re.compile(r"^(value|figure|rate|result|percentage|%)$|\b(rate|value|percent|%)"),
}
NAMES = re.compile(
    r"\b(organisation|org|provider|trust|council|authority|practice|series|service|site|name|la|area|group|place)\b"
)
WIDER = re.compile(r"\b(region|icb|stp|parent|country|nation|indicator|measure|unit)\b")
A_PART = (Role.NAME, Role.CODE)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a sheet is read. ``roles`` has one role for each column; rows are counted from 1.

    Of a table with periods or series across, the columns that hold figures have the role VALUE, and
    their heading says which period, or whose. Rows are taken that say ``which`` in the column WHICH.
    ``is_code_enough``: a code alone tells one series from another, whatever name stands beside it.
    """

    sheet: str = ""
    header_from: int = 1
    header_to: int = 1
    shape: Shape = Shape.LONG
    roles: tuple[Role, ...] = ()
    headings: tuple[str, ...] = ()
    which: str = ""
    is_code_enough: bool = True
    order: DayOrder = DayOrder.DAY
    has_decimal_comma: bool = False
    marks: Mapping[str, Meaning] = field(default_factory=lambda: dict(MARKS))

    def places(self, role: Role) -> list[int]:
        """Return the columns with ``role``, counted from 0."""
        return [place for place, each in enumerate(self.roles) if each is role]

    def place(self, role: Role) -> int | None:
        """Return the first column with ``role``."""
        return next(iter(self.places(role)), None)

    def is_complete(self, *, of_one: bool) -> bool:
        """Return whether figures come of it; a file ``of_one`` series need not say whose they are."""
        has_figure = bool(self.places(Role.VALUE)) or (
            bool(self.places(Role.NUMERATOR)) and bool(self.places(Role.DENOMINATOR))
        )
        has_period = bool(self.places(Role.PERIOD)) or self.shape is Shape.PERIODS_ACROSS
        says_whose = of_one or self.shape is Shape.SERIES_ACROSS
        says_whose = says_whose or any(each in A_PART for each in self.roles)
        return has_figure and has_period and says_whose

    def as_plain(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        return asdict(self) | {
            "roles": [str(role) for role in self.roles],
            "headings": list(self.headings),
            "marks": {mark: str(meaning) for mark, meaning in self.marks.items()},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any] | None) -> "Layout":
        """Return what ``as_plain`` gave."""
        if plain is None:
            raise BadFile("Nobody said yet what the columns are.")
        return cls(
            sheet=plain["sheet"],
            header_from=plain["header_from"],
            header_to=plain["header_to"],
            shape=Shape(plain["shape"]),
            roles=tuple(Role(role) for role in plain["roles"]),
            headings=tuple(plain["headings"]),
            which=plain["which"],
            is_code_enough=plain["is_code_enough"],
            order=DayOrder(plain["order"]),
            has_decimal_comma=plain["has_decimal_comma"],
            marks={mark: Meaning(meaning) for mark, meaning in plain["marks"].items()},
        )

    def fingerprint(self) -> str:
        """Return what stays the same from one month's file to the next: the headings, without periods."""
        kept = sorted({known_by(heading) for heading in self.headings})
        return hashlib.sha256("\n".join(kept).encode()).hexdigest()

    def taken_over(self, held: "Layout") -> "Layout":
        """Return it with what a person said of a file with the same headings before."""
        by_heading = {
            known_by(heading): role for heading, role in zip(held.headings, held.roles, strict=True)
        }
        pairs = zip(self.headings, self.roles, strict=True)
        roles = tuple(by_heading.get(known_by(heading), role) for heading, role in pairs)
        return replace(
            self,
            roles=roles,
            shape=held.shape,
            which=held.which,
            is_code_enough=held.is_code_enough,
            order=held.order,
            has_decimal_comma=held.has_decimal_comma,
            marks=held.marks,
        )


def guess_layout(
    rows: Sequence[Row],
    *,
    sheet: str = "",
    measure: str = "",
    header: tuple[int, int] | None = None,
) -> Layout:
    """Guess how a sheet is laid out from its first ``rows``, for figures of ``measure``.

    ``header`` says which rows name the columns, the first and the last counted from 1, if that is known.
    """
    found = (header[0] - 1, header[1] - 1) if header else _header(rows)
    if found is None:
        is_alone = sum(any(row) for row in rows) == 1
        raise BadFile(
            "The file has columns but no rows of figures."
            if is_alone
            else "No row names the columns. Put a row above the figures that does, such as: period, value."
        )
    first, last = found
    headings = _headings(rows[first : last + 1])
    body = [_padded(row, len(headings)) for row in rows[last + 1 :] if any(row)]
    columns = [_Column(heading, [row[i] for row in body]) for i, heading in enumerate(headings)]
    shape, roles = _roles(columns, body, measure=measure)
    return Layout(
        sheet=sheet,
        header_from=first + 1,
        header_to=last + 1,
        shape=shape,
        roles=tuple(roles),
        headings=tuple(headings),
        which=_which(roles, body, measure=measure),
        is_code_enough=_is_code_enough(roles, body),
        has_decimal_comma=_has_decimal_comma(columns, roles),
    )


@dataclass(slots=True)
class _Column:
    """A column of a sample: its heading, and what its cells look like."""

    heading: str
    cells: list[str]

    @property
    def words(self) -> str:
        return re.sub(r"[_\-·]+", " ", self.heading).casefold()

    @property
    def ours(self) -> Role | None:
        return OURS.get(self.heading.casefold())

    @property
    def is_period(self) -> bool:
        return any(reads_as_period(part.strip()) for part in self.heading.split(OTHER))

    def share(self, *, of: str) -> float:
        filled = [cell for cell in self.cells if cell]
        looks = {"period": reads_as_period, "number": _is_figure}[of]
        return sum(map(looks, filled)) / len(filled) if filled else 0.0

    @property
    def is_number(self) -> bool:
        return self.ours in FIGURES or (
            any(map(is_number, self.cells)) and self.share(of="number") >= self._least
        )

    @property
    def _least(self) -> float:
        """What is called a figure is one, though many of its cells have to be mended."""
        return HALF if WORDS[Role.VALUE].search(self.words) else MOST

    @property
    def differs(self) -> bool:
        return len({cell for cell in self.cells if cell}) > 1


def _is_figure(cell: str) -> bool:
    return is_number(cell) or is_mark(cell)


def _padded(row: Row, width: int) -> Row:
    return [*row[:width], *[""] * (width - len(row))]


def _header(rows: Sequence[Row]) -> tuple[int, int] | None:
    """Return the first and the last row that name the columns, counted from 0."""
    for last, row in enumerate(rows[:LOOKED_AT]):
        following = next((each for each in rows[last + 1 :] if any(each)), None)
        is_ours = {"period", "value"} <= {cell.casefold() for cell in row}
        if not _names(row) or following is None:
            continue
        if is_ours or _holds_figures(following) or _says_when(following, under=row):
            above = list(takewhile(_names, reversed(rows[:last])))
            return last - min(len(above), MOST_ABOVE), last
    return None


def _names(row: Row) -> bool:
    """Return whether a row can name columns: several words or periods, and no figure among them."""
    filled = [cell for cell in row if cell]
    if len(filled) < SEVERAL:
        return False
    return not any(_is_figure(cell) and not reads_as_period(cell) for cell in filled)


def _holds_figures(row: Row) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) > 1 and any(map(_is_figure, filled))


def _says_when(row: Row, *, under: Row) -> bool:
    """Return whether a row says when, in a column called so: then it is a figure's, though it has none."""
    pairs = zip(row, under, strict=False)
    return any(
        reads_as_period(cell) and WORDS[Role.PERIOD].search(h.casefold()) for cell, h in pairs
    )


def _headings(rows: Sequence[Row]) -> list[str]:
    """Return one heading for each column: what several rows say of it, joined."""
    width = max(map(len, rows), default=0)
    above = [_carried(_padded(row, width)) for row in rows[:-1]]
    last = _padded(rows[-1], width) if rows else []
    named = []
    for place, own in enumerate(last):
        parts = dict.fromkeys(part for row in [*above, last] if (part := row[place]))
        named.append(f" {OTHER} ".join(parts) if own or len(parts) else "")
    return named


def _carried(row: Row) -> Row:
    """Return a row whose words reach over the empty cells after them, as a heading above others does."""
    held, carried = "", []
    for cell in row:
        held = cell or held
        carried.append(held)
    return carried


def _roles(
    columns: Sequence[_Column], body: Sequence[Row], *, measure: str
) -> tuple[Shape, list[Role]]:
    across = [i for i, column in enumerate(columns) if column.is_period]
    if len(across) > 1:
        return Shape.PERIODS_ACROSS, _periods_across(columns, across, measure)
    roles = [Role.LEFT_OUT] * len(columns)
    period = _best_period(columns)
    if period is None:
        return Shape.LONG, roles
    roles[period] = Role.PERIOD
    _name_figures(columns, roles, measure)
    if _has_series_across(columns, roles):
        return Shape.SERIES_ACROSS, [
            Role.VALUE if column.is_number and role is not Role.PERIOD else role
            for column, role in zip(columns, roles, strict=True)
        ]
    _name_whose(columns, roles)
    _tell_apart(columns, roles, body)
    return Shape.LONG, roles


def _best_period(columns: Sequence[_Column]) -> int | None:
    """Return the column that says when: by its name and its cells, or by its cells alone."""
    ours = [i for i, column in enumerate(columns) if column.ours is Role.PERIOD]
    shares = [(i, column, column.share(of="period")) for i, column in enumerate(columns)]
    good = [(i, column) for i, column, share in shares if share >= MOST]
    named = [i for i, column in good if WORDS[Role.PERIOD].search(column.words)]
    unlike_numbers = [i for i, column in good if not column.is_number]
    some = [i for i, column, share in shares if share and WORDS[Role.PERIOD].search(column.words)]
    return next(iter([*ours, *named, *unlike_numbers, *some]), None)


def _name_figures(columns: Sequence[_Column], roles: list[Role], measure: str) -> None:
    free = [i for i, c in enumerate(columns) if roles[i] is Role.LEFT_OUT and c.is_number]
    for role in (Role.NUMERATOR, Role.DENOMINATOR):
        found = next((i for i in free if WORDS[role].search(columns[i].words)), None)
        if found is not None and roles[found] is Role.LEFT_OUT:
            roles[found] = role
    left = [i for i in free if roles[i] is Role.LEFT_OUT and not _is_code(columns[i])]
    if left:
        best = max(
            left,
            key=lambda i: (
                columns[i].ours is Role.VALUE, _likeness(columns[i].words, measure), -i,
            ),
        )  # fmt: skip
        roles[best] = Role.VALUE
    for i, column in enumerate(columns):
        if roles[i] is Role.LEFT_OUT and WORDS[Role.NOTE].search(column.words):
            roles[i] = Role.NOTE


def _likeness(words: str, measure: str) -> tuple[int, bool]:
    """Return how many words a heading shares with a measure, and whether it is called a figure."""
    own, wanted = (
        set(re.findall(r"[a-z%]+", words)),
        set(re.findall(r"[a-z%]+", measure.casefold())),
    )
    return len(own & wanted), bool(WORDS[Role.VALUE].search(words))


def _is_code(column: _Column) -> bool:
    return WORDS[Role.CODE].search(column.words) is not None


def _has_series_across(columns: Sequence[_Column], roles: Sequence[Role]) -> bool:
    """Return whether all else are columns of figures: their headings then say whose they are."""
    others = [
        c
        for c, role in zip(columns, roles, strict=True)
        if role is not Role.PERIOD and any(c.cells)
    ]
    if any(role in {Role.NUMERATOR, Role.DENOMINATOR, Role.NOTE} for role in roles):
        return False
    named = [column for column in others if WORDS[Role.VALUE].search(column.words)]
    several = len(others) > 1 or not named
    return several and all(column.is_number for column in others) and not named


def _name_whose(columns: Sequence[_Column], roles: list[Role]) -> None:
    """Find the column of codes and the one of names; a region, a unit or what never differs is neither."""
    free = [
        i
        for i, c in enumerate(columns)
        if roles[i] is Role.LEFT_OUT and not c.is_number and any(c.cells)
    ]
    telling = [i for i in free if columns[i].differs] or free[:1]
    codes = [i for i in telling if _is_code(columns[i])]
    names = [i for i in telling if i not in codes]
    for found, role in (
        (_closest(columns, names), Role.NAME),
        (_closest(columns, codes), Role.CODE),
    ):
        if found is not None:
            roles[found] = role


def _closest(columns: Sequence[_Column], places: Sequence[int]) -> int | None:
    """Return the column that most likely says whose figures they are."""

    def rank(place: int) -> tuple[bool, bool, int]:
        words = columns[place].words
        return (not WIDER.search(words), bool(NAMES.search(words)), -place)

    return max(places, key=rank, default=None)


def _tell_apart(columns: Sequence[_Column], roles: list[Role], body: Sequence[Row]) -> None:
    """Use more columns until no series has two figures for a period, where that can be done.

    One that says what sort of figure it is tells which rows to take; others belong to the name.
    """
    spare = [
        (i, Role.WHICH if KINDS.search(column.words) else Role.NAME)
        for i, column in enumerate(columns)
        if roles[i] is Role.LEFT_OUT
        and 1 < len(set(column.cells)) <= FEW
        and not column.is_number
        and (KINDS.search(column.words) or not WIDER.search(column.words))
    ]
    for place, role in spare:
        if not _has_twins(roles, body):
            return
        if role is Role.NAME or Role.WHICH not in roles:
            roles[place] = role


def _which(roles: Sequence[Role], body: Sequence[Row], *, measure: str) -> str:
    """Return what the rows to take say: that which is most like the measure, or stands first."""
    if Role.WHICH not in roles:
        return ""
    said = dict.fromkeys(row[list(roles).index(Role.WHICH)] for row in body)
    return max(said, key=lambda words: _likeness(words.casefold(), measure))


def _is_code_enough(roles: Sequence[Role], body: Sequence[Row]) -> bool:
    """Return whether codes alone tell the series apart."""
    if Role.CODE not in roles:
        return True
    code = list(roles).index(Role.CODE)
    nameless = [Role.LEFT_OUT if role is Role.NAME else role for role in roles]
    return not _has_twins(nameless, [row for row in body if row[code]])


def _has_twins(roles: Sequence[Role], body: Sequence[Row]) -> bool:
    kept = [i for i, role in enumerate(roles) if role in {*A_PART, Role.PERIOD, Role.WHICH}]
    keys = [tuple(row[i] for i in kept) for row in body]
    return len(set(keys)) < len(keys)


def _periods_across(columns: Sequence[_Column], across: Sequence[int], measure: str) -> list[Role]:
    """Return the roles of a wide table; of several figures for each period, those most like the measure."""
    roles = [Role.LEFT_OUT] * len(columns)
    free = [i for i in range(len(columns)) if i not in across and any(columns[i].cells)]
    words = [columns[i] for i in free]
    own = [Role.LEFT_OUT] * len(words)
    _name_whose(words, own)
    for place, role in zip(free, own, strict=True):
        roles[place] = role
    kinds = dict.fromkeys(beside_period(columns[i].heading) for i in across)
    best = max(kinds, key=lambda kind: _likeness(kind, measure), default="")
    for place in across:
        if beside_period(columns[place].heading) == best:
            roles[place] = Role.VALUE
    return roles


def _has_decimal_comma(columns: Sequence[_Column], roles: Sequence[Role]) -> bool:
    """Return whether figures are written with a comma before their decimals, and none with a point."""
    chosen = [c for c, role in zip(columns, roles, strict=True) if role in FIGURES]
    cells = [cell.rstrip("% ") for column in chosen for cell in column.cells if cell]
    grouped = re.compile(r"[-+]?\d{1,3}(,\d{3})+")
    commas = [cell for cell in cells if WITH_COMMA.fullmatch(cell) and not grouped.fullmatch(cell)]
    return bool(commas) and not any("." in cell and "," not in cell for cell in cells)
