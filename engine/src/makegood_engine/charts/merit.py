"""The merit-and-line plot of an allocation: who is funded and how, and where the money ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from makegood_engine.charts.foot import key, sentences
from makegood_engine.charts.frame import Frame, in_rows, line_named, room_left
from makegood_engine.charts.lettering import STACKED, WIDE, check_width, lines_of
from makegood_engine.charts.marks import marker, marker_group
from makegood_engine.charts.scales import Scale, spread, value_range, value_ticks
from makegood_engine.charts.svg import COMMON, INK, hint, line, picture, text
from makegood_engine.tables.counted import counted
from makegood_engine.tables.figures import plain

TOP, BOTTOM, RIGHT, MARGIN = 48, 92, 190, 24
HIGH, LOW = 340, 250
"""How high the plot is on a wide page, and on a narrow one."""
LINES = (("Where the money ended", "target", "12 5"), ("Least to be funded", "start", "2 3"))
"""The level lines: their words, and parts and dashes that tell them apart in any style."""
STANDINGS = ("in", "too close to call", "out")
KINDS = {
    "Funded on merit": "improvement",
    "Funded by lot": "neutral",
    "Funded, too close to call": "neutral",
    "Too close to call": "neutral",
    "Not funded, by lot": "open",
    "Not funded, too close to call": "open",
    "Not funded": "common",
}
"""How an application may end, best first, and the mark of each."""
ACROSS = "applications, best first"
NUMBERED = 40
"""So many applications have a number each at the foot; of more, round ones."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One application: its merit with its 90% interval, how it stands, and how it ended.

    `standing` is "in", "out" or "too close to call"; of the last, `awarded` says whether it was
    funded (None where that is not known) and `by_lot` whether a lot decided. `note` stands beside
    its name, such as what it got; `passed_by` says why one of less merit was funded ahead of it.
    """

    name: str
    merit: float
    lower: float
    upper: float
    standing: str
    note: str = ""
    awarded: bool | None = None
    by_lot: bool = False
    passed_by: str = ""

    @property
    def ended(self) -> str:
        """How it ended: one of `KINDS`."""
        if self.standing != "too close to call":
            return "Funded on merit" if self.standing == "in" else "Not funded"
        if self.awarded is None:
            return "Too close to call"
        lead = "Funded" if self.awarded else "Not funded"
        if not self.by_lot:
            return f"{lead}, too close to call"
        return "Funded by lot" if self.awarded else "Not funded, by lot"


def merit_plot(
    standings: Sequence[Standing],
    *,
    title: str,
    unit: str = "merit",
    least: float | None = None,
    width: int = WIDE,
) -> str:
    """Draw applications by merit, best first, as SVG text, with the line where the money ended.

    That line lies midway between the least that was surely in and the best that was surely out; there is
    none where one in has less merit than one out, and a sentence beneath says why that is.
    `least` is the merit below which nothing was funded, if the round had one. Each application is
    named beneath, under how it ended. `width` is in page units: see `spc_chart`. Raises `ValueError`
    for a standing that is not one of the three.
    """
    wrong = [one.standing for one in standings if one.standing not in STANDINGS]
    if wrong:
        raise ValueError(f"“{wrong[0]}” is not a standing. Use in, out or too close to call.")
    ordered = sorted(standings, key=lambda one: -one.merit)
    frame = _frame(ordered, check_width(width), unit, least)
    frame.upright_axis(unit)
    frame.level_axis(ACROSS, at=_numbered(len(ordered)))
    level = line_of(ordered)
    known = [(at, *said) for at, said in zip((level, least), LINES, strict=True) if at is not None]
    _draw_lines(frame, known)
    _draw(frame, ordered)
    used = {one.ended for one in ordered}
    shapes = [(kind, words) for words, kind in KINDS.items() if words in used]
    low = frame.legend(shapes, at=None if width >= STACKED else 4.0) + 14
    if width < STACKED and known:
        drawn, low = in_rows(
            [line_named(words, part, INK, dash) for _, words, part, dash in known],
            left=4.0, top=low + 8, right=width - 4.0,
        )  # fmt: skip
        frame.parts.append(drawn)
        low += 14
    explained = _explained(ordered, line_at=level)
    drawn, low = sentences(explained, top=low - 4, width=width)
    frame.parts.append(drawn)
    _draw_names(frame, ordered, top=low)
    said = describe_merit(ordered, line_at=level)
    return picture(frame.parts, title=title, description=said, width=width, height=frame.height)


def _frame(ordered: Sequence[Standing], width: int, unit: str, least: float | None) -> Frame:
    shown = [end for one in ordered for end in (one.merit, one.lower, one.upper)]
    span = value_range(shown if least is None else [*shown, least])
    right = width - (RIGHT if width >= STACKED else MARGIN)
    x = Scale(0.0, len(ordered) + 1.0, room_left(*span), right)
    top = TOP + 18 * (len(lines_of(unit, width - 8)) - 1)
    foot = top + (HIGH if width >= STACKED else LOW)
    return Frame(x, Scale(*span, foot, top), width, foot + BOTTOM)


def _numbered(many: int) -> Sequence[int]:
    """The places that have their number at the foot."""
    if many <= NUMBERED:
        return range(1, many + 1)
    return [int(value) for value in value_ticks(1, many)[0] if value >= 1 and value == int(value)]


def line_of(standings: Sequence[Standing]) -> float | None:
    """Midway between the least merit in and the most merit out.

    None where one side is empty, or where one that is out has more merit than one that is in: then no
    one line divides them.
    """
    inside = [one.merit for one in standings if one.standing == "in"]
    outside = [one.merit for one in standings if one.standing == "out"]
    if not inside or not outside or min(inside) < max(outside):
        return None
    return (min(inside) + max(outside)) / 2


def describe_merit(standings: Sequence[Standing], *, line_at: float | None) -> str:
    """Say what the plot shows, for someone who cannot see it: who ended how, group by group.

    `line_at` is the merit, in scores, at which the money ended; None where it ended nowhere.
    """
    ended = (
        ""
        if line_at is None
        else (f" The money ended at a merit of about {plain(line_at)}, {_midway(standings)}.")
    )
    groups = [
        f"{words} ({len(group)}): {', '.join(one.name for _, one in group)}."
        for words, group in _groups(standings)
    ]
    many = counted(len(standings), "application")
    return f"{many}. {' '.join([*groups, *_passed(standings)])}{ended}"


def _midway(standings: Sequence[Standing]) -> str:
    """Say where the line lies, and what it is not: where lots were drawn."""
    said = "midway between the least merit surely funded and the most surely not"
    if any(one.by_lot for one in standings):
        return f"{said}. Lots decided on those too close to call, on either side of it"
    return said


def _explained(ordered: Sequence[Standing], *, line_at: float | None) -> list[str]:
    """What the marks and the line are, for those who read the chart alone."""
    said = ["Each mark is the merit of an application; its bar is where that merit lies, 90% sure."]
    return said if line_at is None else [*said, f"“{LINES[0][0]}” is {_midway(ordered)}."]


def _passed(ordered: Sequence[Standing]) -> list[str]:
    """Who was passed over, and why: where the line alone does not say who was funded."""
    return [f"{one.name} was not funded. {one.passed_by}" for one in ordered if one.passed_by]


def _groups(ordered: Sequence[Standing]) -> Iterator[tuple[str, list[tuple[int, Standing]]]]:
    """The applications under how they ended, each with its place by merit."""
    for words in KINDS:
        group = [(place, one) for place, one in enumerate(ordered, 1) if one.ended == words]
        if group:
            yield words, group


def _draw_names(frame: Frame, ordered: Sequence[Standing], *, top: float) -> None:
    """Name every application beneath the chart, under how it ended; then who was passed over."""
    low = top
    for words, group in _groups(ordered):
        entries = [
            (str(place), f"{one.name}: {one.note}" if one.note else one.name)
            for place, one in group
        ]
        drawn, low = key(f"{words} ({len(group)})", entries, top=low, width=frame.width)
        frame.parts.append(drawn)
    drawn, low = sentences(_passed(ordered), top=low + 8, width=frame.width)
    frame.parts.append(drawn)
    frame.height = ceil(low)


def _draw_lines(frame: Frame, known: Sequence[tuple[float, str, str, str]]) -> None:
    """Draw level lines (level, words, part, dash), with their words at the right end where there is room."""
    ends = [frame.y.at(level) for level, *_ in known]
    places = spread(ends, gap=19, low=frame.y.end, high=frame.y.start)
    for at, place, (_, words, part, dash) in zip(ends, places, known, strict=True):
        frame.parts.append(
            line(frame.x.start, at, frame.x.end, at, part=part, stroke=INK, stroke_width="2",
                 stroke_dasharray=dash)
        )  # fmt: skip
        if frame.width >= STACKED:
            frame.parts.append(text(words, x=frame.x.end + 8, y=place + 5, part="label", fill=INK))


def _draw(frame: Frame, ordered: Sequence[Standing]) -> None:
    size = 4.5 if len(ordered) <= 80 else 3.0
    marks: dict[str, list[str]] = {}
    for place, one in enumerate(ordered, 1):
        x = frame.x.at(float(place))
        frame.parts.append(
            line(x, frame.y.at(one.lower), x, frame.y.at(one.upper), part="interval",
                 stroke=COMMON, stroke_width="2" if size > 4 else "1", stroke_opacity="0.6")
        )  # fmt: skip
        note = f"; {one.note}" if one.note else ""
        said = hint(f"{one.name}: {plain(one.merit)}; {one.ended}{note}")
        kind = KINDS[one.ended]
        drawn = marker(kind, "up", x=x, y=frame.y.at(one.merit), size=size, hint=said)
        marks.setdefault(kind, []).append(drawn)
    for kind, group in marks.items():
        frame.parts.append(marker_group(kind, "".join(group)))
