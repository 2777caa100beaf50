"""What can be done about what people are asked."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.models import StoryPrompts
from makegood.capture.permissions import can_set_prompts
from makegood.contract.models import Commitment
from makegood.contract.states import ContractState
from makegood.kernel.ledger.append import record
from makegood.people.models import Person

MOST_QUESTIONS = 5


@transaction.atomic
def set_prompts(
    commitment: Commitment, *, questions: Sequence[str], by: Person, now: datetime | None = None
) -> StoryPrompts:
    """Say what people are asked from now on; what was asked before stays with the stories it brought."""
    now = now or timezone.now()
    can_set_prompts(by, commitment=commitment).require()
    state = commitment.contract.state
    rules.check_contract_is_in_force(in_force=state == ContractState.IN_FORCE)
    asked = [each.strip() for each in questions]
    rules.check_questions_are_few_and_told_apart(asked, most=MOST_QUESTIONS)
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    last = held.story_prompts.order_by("number").last()
    if last and last.questions == asked:
        return last
    made = StoryPrompts.objects.create(
        commitment=held,
        number=last.number + 1 if last else 1,
        questions=asked,
        set_by=by,
        set_at=now,
    )
    record(made, act="set_prompts", stream=held.contract.stream, by=by, now=now)
    return made
