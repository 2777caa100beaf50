"""The merit-and-line plot of an allocation: who stood where, how surely, and where the money ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from makegood_engine.charts.frame import Frame
from makegood_engine.charts.marks import marker, marker_group
from makegood_engine.charts.scales import Scale, value_range
from makegood_engine.charts.svg import COMMON, INK, hint, line, picture, text
from makegood_engine.tables.figures import plain

WIDTH, HEIGHT = 860, 480
LEFT, RIGHT, TOP, BOTTOM = 58, 24, 48, 92
KINDS = {"in": "improvement", "too close to call": "neutral", "out": "common"}
WORDS = {"improvement": "Funded", "neutral": "Too close to call", "common": "Not funded"}


@dataclass(frozen=True, slots=True)
class Standing:
    """One application: its merit with its interval, and how it stands.

    `standing` is "in", "out" or "too close to call"; `note` says more where the pointer rests,
    such as that a lot decided.
    """

    name: str
    merit: float
    lower: float
    upper: float
    standing: str
    note: str = ""


def merit_plot(
    standings: Sequence[Standing], *, title: str, unit: str = "merit", least: float | None = None
) -> str:
    """Draw applications by merit, best first, as SVG text, with the line where the money ended.

    That line lies midway between the least that was surely in and the best that was surely out.
    `least` is the merit below which nothing was funded, if the round had one. Raises `ValueError`
    for a standing that is not one of the three.
    """
    wrong = [one.standing for one in standings if one.standing not in KINDS]
    if wrong:
        raise ValueError(f"“{wrong[0]}” is not a standing. Use in, out or too close to call.")
    ordered = sorted(standings, key=lambda one: -one.merit)
    shown = [end for one in ordered for end in (one.merit, one.lower, one.upper)]
    shown += [] if least is None else [least]
    x = Scale(0.0, len(ordered) + 1.0, LEFT, WIDTH - RIGHT)
    frame = Frame(x, Scale(*value_range(shown), HEIGHT - BOTTOM, TOP), WIDTH, HEIGHT)
    frame.upright_axis(unit)
    frame.level_axis("applications, best first", whole=True)
    level = line_of(ordered)
    _draw_line(frame, level, "Where the money ended", dash="12 5", x=WIDTH - RIGHT, down=-8)
    _draw_line(frame, least, "Never funded below this", dash="2 3", x=LEFT + 6, down=20)
    _draw(frame, ordered)
    used = {KINDS[one.standing] for one in ordered}
    frame.legend([(kind, said) for kind, said in WORDS.items() if kind in used])
    said = describe_merit(ordered, line_at=level)
    return picture(frame.parts, title=title, description=said, width=WIDTH, height=HEIGHT)


def line_of(standings: Sequence[Standing]) -> float | None:
    """Midway between the least merit in and the most merit out; None where one side is empty."""
    inside = [one.merit for one in standings if one.standing == "in"]
    outside = [one.merit for one in standings if one.standing == "out"]
    return (min(inside) + max(outside)) / 2 if inside and outside else None


def describe_merit(standings: Sequence[Standing], *, line_at: float | None) -> str:
    """Say what the plot shows, for someone who cannot see it."""
    counts = {kind: sum(one.standing == kind for one in standings) for kind in KINDS}
    ended = "" if line_at is None else f" The money ended at a merit of about {plain(line_at)}."
    close = [one.name for one in standings if one.standing == "too close to call"]
    lots = f" Too close to call: {', '.join(close)}." if close else ""
    return (
        f"{len(standings)} applications: {counts['in']} funded, {counts['out']} not, "
        f"{counts['too close to call']} too close to call.{ended}{lots}"
    )


def _draw_line(
    frame: Frame, level: float | None, words: str, *, dash: str, x: float, down: int
) -> None:
    """Draw a level line, if there is one, with its words where no mark can be: best come first."""
    if level is None:
        return
    at = frame.y.at(level)
    frame.parts.append(
        line(LEFT, at, WIDTH - RIGHT, at, part="target", stroke=INK, stroke_width="2",
             stroke_dasharray=dash)
        + text(words, x=x, y=at + down, text_anchor="end" if down < 0 else None, fill=INK)
    )  # fmt: skip


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
        said = hint(f"{one.name}: {plain(one.merit)}; {one.standing}{note}")
        kind = KINDS[one.standing]
        drawn = marker(kind, "up", x=x, y=frame.y.at(one.merit), size=size, hint=said)
        marks.setdefault(kind, []).append(drawn)
    for kind, group in marks.items():
        frame.parts.append(marker_group(kind, "".join(group)))
