"""Who may act for an organisation, with the reason."""

from collections.abc import Sequence

from makegood.kernel.refusal import Answer, RuleBroken, no, with_article, yes
from makegood.people.models import Membership, Organisation, Person
from makegood.people.rules import check_one_hat_is_worn
from makegood.people.states import Kind, Right, roles_with


def can_act_for(person: Person | None, *, organisation: Organisation, right: Right) -> Answer:
    """Answer whether ``person`` may do what ``right`` says for ``organisation``."""
    if person is None or not person.is_active:
        return no("Sign in first.")
    held = Membership.objects.current().carrying(right)
    if held.filter(person=person, organisation=organisation).exists():
        return _in_the_hat_worn(person, organisation, right)
    roles = either(roles_with(right))
    return no(f"Only {with_article(roles)} of {organisation} may {right}. Ask one of them.")


def _in_the_hat_worn(person: Person, organisation: Organisation, right: Right) -> Answer:
    hat = person.hat
    wears = None if hat is None or hat.organisation == organisation.pk else hat.name
    try:
        check_one_hat_is_worn(wears=wears, acts_for=str(organisation))
    except RuleBroken as broken:
        return no(broken.sentence, number=broken.number)
    return yes(f"You may {right} for {organisation}.")


def can_write_for_some(person: Person | None, *, kind: Kind) -> Answer:
    """Answer whether ``person`` may write for any organisation of this kind."""
    held = Membership.objects.current().worn_by(person).carrying(Right.WRITE)
    if held.filter(organisation__kind=kind).exists():
        return yes(f"You may write for a {kind.words}.")
    return no(f"Only somebody who writes for a {kind.words} may do this. Register yours first.")


def can_manage_members(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may add members to ``organisation`` and end memberships."""
    return can_act_for(person, organisation=organisation, right=Right.MANAGE)


def can_describe(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may say what ``organisation`` is, offers and needs."""
    return can_act_for(person, organisation=organisation, right=Right.WRITE)


def either(roles: Sequence[str]) -> str:
    """Return ``owner, editor or recorder``."""
    *most, last = roles
    return f"{', '.join(most)} or {last}" if most else last
