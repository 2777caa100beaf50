"""What can be done about motives: say why, at the start and a year after, and be asked again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.people import rules
from makegood.people.actions.descriptions import hold_to_describe
from makegood.people.actions.memberships import STREAM
from makegood.people.actions.notices import tell_members
from makegood.people.holding import hold_organisations
from makegood.people.models import MotiveAnswer, NamedMotive, Organisation, Person
from makegood.people.queries import moment_now, motives_due
from makegood.people.states import Kind, Motive, Right


@dataclass(frozen=True, kw_only=True)
class MotivesSaid:
    """Why an organisation is wanted: motives from the list, which matters most, and own words."""

    motives: Sequence[Motive]
    main: Motive | str = ""
    words: str = ""


@transaction.atomic
def state_motives(
    organisation: Organisation, *, said: MotivesSaid, by: Person, now: datetime | None = None
) -> MotiveAnswer:
    """Say why, at the start or a year after; what was said before stays (PEO-85 to PEO-88)."""
    now = now or timezone.now()
    hold_to_describe(organisation, by=by)
    rules.check_a_provider_says_why(Kind(organisation.kind))
    rules.check_an_answer_names_a_motive(named=said.motives)
    rules.check_the_main_motive_is_named(said.main, named=said.motives)
    take_turn(STREAM)
    moment = moment_now(organisation, today=timezone.localdate(now))
    held = MotiveAnswer.objects.filter(organisation=organisation, superseded_at=None)
    for before in held.filter(moment=moment):
        before.superseded_at = now
        before.save(update_fields=["superseded_at"])
        record(before, act="supersede_motives", stream=STREAM, by=by, now=now)
    answer = MotiveAnswer.objects.create(
        organisation=organisation,
        moment=moment,
        words=said.words,
        answered_by=by,
        answered_at=now,
    )
    record(answer, act="state_motives", stream=STREAM, by=by, now=now)
    for motive in said.motives:
        named = NamedMotive.objects.create(
            answer=answer, motive=motive, is_main=motive == said.main
        )
        record(named, act="name_motive", stream=STREAM, by=by, now=now)
    return answer


@transaction.atomic
def ask_motives_again(*, now: datetime | None = None) -> int:
    """Tell those who said why a year ago that they are asked again, once; return how many."""
    now = now or timezone.now()
    due = motives_due(today=timezone.localdate(now)).filter(asked_again_at=None)
    hold_organisations(due.values_list("organisation", flat=True))
    answers = list(due.select_related("organisation"))
    for answer in answers:
        answer.asked_again_at = now
        answer.save(update_fields=["asked_again_at"])
        record(answer, act="ask_motives_again", stream=STREAM, by=None, now=now)
        tell_members(
            answer.organisation,
            right=Right.WRITE,
            words="A year ago you said why you want an organisation of your own. What do you say now?",
            path=reverse("state_motives", args=[answer.organisation.slug]),
            by=None,
            now=now,
        )
    return len(answers)
