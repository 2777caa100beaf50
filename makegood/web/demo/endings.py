"""What came to an end in the example: an organisation closed, and another follows it."""

from datetime import datetime

from makegood.people import actions as people
from makegood.people.states import Extent, Kind, LegalForm
from makegood.web.demo.cast import Cast

SUMMARY = "Four nurses who visited the farms of the upper dale."
MERGED = "Its four nurses and the people they visit came to Moor View Care."


def close_one(cast: Cast, *, began: datetime, ended: datetime) -> None:
    """Let Fell Side Nurses begin, be followed by Moor View Care, and close."""
    charlie = cast.people["Charlie"]
    fell = people.register_organisation(
        name="Fell Side Nurses (example)",
        kind=Kind.PROVIDER,
        legal_form=LegalForm.UNINCORPORATED,
        summary=SUMMARY,
        is_example=True,
        by=charlie,
        now=began,
    )
    how = people.Following(extent=Extent.WHOLE, since_on=ended.date(), reason=MERGED)
    said = people.name_successor(
        fell, successor=cast.organisations["moor"], how=how, by=charlie, now=ended
    )
    people.confirm_succession(said, by=cast.owner("moor"), now=ended)
    people.close_organisation(
        fell, closed_on=ended.date(), reason="Four were too few.", by=charlie, now=ended
    )
