"""Who may act for an organisation, with the reason."""

from collections.abc import Sequence

from makegood.kernel.refusal import Answer, no, with_article, yes
from makegood.people.models import Membership, Organisation, Person
from makegood.people.states import Kind, Right, roles_with


def can_act_for(person: Person | None, *, organisation: Organisation, right: Right) -> Answer:
    """Answer whether ``person`` may do what ``right`` says for ``organisation``."""
    if person is None or not person.is_active:
        return no("Sign in first.")
    held = Membership.objects.current().carrying(right)
    if held.filter(person=person, organisation=organisation).exists():
        return yes(f"You may {right} for {organisation}.")
    roles = either(roles_with(right))
    return no(f"Only {with_article(roles)} of {organisation} may {right}. Ask one of them.")


def can_write_for_some(person: Person | None, *, kind: Kind) -> Answer:
    """Answer whether ``person`` may write for any organisation of this kind."""
    held = Membership.objects.current().carrying(Right.WRITE)
    if held.filter(person=person, organisation__kind=kind).exists():
        return yes(f"You may write for a {kind.words}.")
    return no(f"Only somebody who writes for a {kind.words} may do this. Register yours first.")


def can_manage_members(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may add members to ``organisation`` and end memberships."""
    return can_act_for(person, organisation=organisation, right=Right.MANAGE)


def either(roles: Sequence[str]) -> str:
    """Return ``owner, editor or recorder``."""
    *most, last = roles
    return f"{', '.join(most)} or {last}" if most else last
