"""Which figures were found wrong and stand uncorrected: by what, when, and what they should have been."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from makegood.capture.models import Dispute, SampleItem
from makegood.capture.states import DisputeOutcome, Found, SampleState
from makegood.contract.models import Commitment, IndicatorRating
from makegood.contract.queries import with_lines
from makegood.kernel.figures import show_figure
from makegood.measures.models import Measurement, Upload
from makegood.measures.queries import current_measurements
from makegood.measures.states import UploadState

UPHELD = Dispute.objects.filter(outcome=DisputeOutcome.WRONG, measurement__isnull=False)
"""Disputes of figures that ended so that the figure is wrong."""
JUDGED = SampleItem.objects.filter(found=Found.WRONG, sample__state=SampleState.CLOSED)
"""Figures that were drawn and found wrong, once their sample closed."""
NOT_CORRECTED = "found wrong, not corrected"
SAME = Q(measurement=OuterRef("pk")) | Q(measurement__value=OuterRef("value"))
"""The very version that was found wrong, or a later one that says the same: it is stood by."""
PLACE = {"measurement__series": OuterRef("series"), "measurement__period": OuterRef("period")}
IS_FOUND_WRONG = Exists(UPHELD.filter(SAME, **PLACE)) | Exists(JUDGED.filter(SAME, **PLACE))
"""Whether a version of a figure was found wrong, or says what was found wrong."""
IS_TO_BE_CORRECTED = Exists(UPHELD.filter(measurement=OuterRef("pk"))) | Exists(
    JUDGED.filter(measurement=OuterRef("pk"))
)
"""Whether nobody corrected it or stood by it since."""
NAMES = (
    "series", "period", "value", "stood_by", "by", "reference", "house", "why", "true_value",
    "found_at", "commitment", "found_for",
)  # fmt: skip
"""What is read of each, in order."""
SAMPLE = "sample"


@dataclass(frozen=True, kw_only=True)
class FoundWrong:
    """A figure that was found wrong, and by what."""

    series: int
    period: date
    value: float | None
    by: str
    """The page of what found it: ``figure``, where its dispute stands, or ``sample``."""
    reference: str
    """The dispute, or the sample."""
    house: str
    """For whom it was found."""
    why: str
    true_value: float | None
    found_at: datetime
    commitment: str
    """Of which commitment it was found, by reference."""
    found_for: int
    """The key of that house."""
    stood_by: str
    """Why who gave it stands by it; "" while nobody does."""

    @property
    def href(self) -> str:
        """Return where it can be read what found it."""
        if self.by == SAMPLE:
            return reverse("sample", args=[self.reference])
        return reverse("figure", args=[self.commitment, f"{self.period:%Y-%m}"])

    @property
    def what(self) -> str:
        """Return what found it, and when: ``a dispute by Valley Council, ended on 3 May 2024``."""
        day = f"{timezone.localdate(self.found_at):%-d %B %Y}"
        if self.by == SAMPLE:
            return f"a sample for {self.house}, closed on {day}"
        return f"a dispute by {self.house}, ended on {day}"

    def should_be(self, *, unit: str) -> str:
        """Return what it should have been, where that was said."""
        return "" if self.true_value is None else show_figure(self.true_value, unit=unit)


def found_wrong(series: Collection[int]) -> Mapping[tuple[int, date], FoundWrong]:
    """Return the figures of ``series`` (keys) that were found wrong and stand, by series and period.

    One query, however many. Where one was found wrong twice, what was said last counts.
    """
    if not series:
        return {}
    disputes = _standing(UPHELD, series=series).values_list(
        *_figure(by="figure"),
        F("reference"),
        F("opened_for__name"),
        F("why"),
        Cast(Value(None), FloatField()),
        F("resolved_at"),
        F("commitment__reference"),
        F("opened_for"),
    )
    drawn = _standing(JUDGED, series=series).values_list(
        *_figure(by=SAMPLE),
        F("sample__reference"),
        F("sample__drawn_for__name"),
        F("note"),
        F("true_value"),
        F("sample__closed_at"),
        F("commitment__reference"),
        F("sample__drawn_for"),
    )
    found = [FoundWrong(**dict(zip(NAMES, row, strict=True))) for row in disputes.union(drawn)]
    in_time = sorted(found, key=attrgetter("found_at", "reference"))
    return {(one.series, one.period): one for one in in_time}


def figures_found_wrong(commitment: Commitment) -> int:
    """Return how many figures of ``commitment`` were found wrong, and are not corrected."""
    if commitment.line is None:
        return 0
    return current_measurements(commitment.line).filter(IS_FOUND_WRONG).count()


def ratings_found_wrong(
    ratings: Iterable[IndicatorRating],
) -> list[tuple[IndicatorRating, FoundWrong]]:
    """Return which of ``ratings`` rest on a figure that was found wrong, each with what found it."""
    held = [each for each in ratings if each.period_on and each.commitment.series]
    with_lines(each.commitment for each in held)
    keys = {(each, each.commitment.line.at(each.period_on).pk) for each in held
            if each.commitment.line and each.period_on}  # fmt: skip
    found = found_wrong({key for _, key in keys})
    pairs = ((each, found.get((key, each.period_on))) for each, key in keys if each.period_on)
    rests = [(each, said) for each, said in pairs if said and said.value == each.figure]
    return sorted(rests, key=lambda pair: pair[0].commitment.reference)


def _figure(*, by: str) -> tuple[Any, ...]:
    stood_by = Case(
        When(stands=F("measurement__version"), then=Value("")), default=F("says"),
        output_field=CharField(max_length=300),
    )  # fmt: skip
    named = Cast(Value(by), CharField(max_length=8))
    columns = ("series", "period", "value")
    return (*(F(f"measurement__{name}") for name in columns), stood_by, named)


def _standing(found: QuerySet[Any], *, series: Collection[int]) -> QuerySet[Any]:
    """Keep what was found of figures that stand still, or that a later version says again."""
    versions = Measurement.objects.filter(
        series=OuterRef("measurement__series"), period=OuterRef("measurement__period")
    ).exclude(upload__in=Upload.objects.filter(state=UploadState.STORING))
    last = versions.order_by("-version")
    standing = found.filter(measurement__series__in=series).annotate(
        stands=Subquery(last.values("version")[:1]),
        holds=Subquery(last.values("value")[:1]),
        says=Subquery(last.values("note")[:1]),
    )
    is_same = Q(stands=F("measurement__version")) | Q(holds=F("measurement__value"))
    same: QuerySet[Any] = standing.filter(is_same).order_by()
    return same
