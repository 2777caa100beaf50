"""What everyone may know of one organisation, from every room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from makegood.articulate.models import Promise
from makegood.articulate.queries import tell_states
from makegood.assess.models import Finding
from makegood.assess.queries import findings_visible_to
from makegood.assess.states import FindingState
from makegood.contract.models import Contract
from makegood.contract.queries import contracts_visible_to, with_provider
from makegood.contract.states import ContractState
from makegood.kernel.refusal import Answer
from makegood.people.models import (
    Claim,
    Contact,
    DpuloStatement,
    Duplicate,
    Formation,
    Founder,
    Identifier,
    Offer,
    Organisation,
    Person,
    Succession,
    Workplace,
)
from makegood.people.permissions import (
    can_decide_claims,
    can_describe,
    can_settle,
    can_undo_succession,
)
from makegood.people.queries import (
    belongs_to,
    claims_of,
    contacts_of,
    dpulo_shown_of,
    duplicate_said_by,
    formations_visible_to,
    founders_shown_of,
    identifiers_of,
    is_looked_after,
    merged_into,
    motives_said,
    open_offers_of,
    successions_of,
    workplaces_of,
)
from makegood.people.states import Kind, SuccessionState
from makegood.web.queries.promises import promises_of_organisations

FIRST = 10
"""So many promises, contracts and findings stand on the page; lists of their own hold the others."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One organisation as one reader may see it."""

    organisation: Organisation
    is_looked_after: bool
    claim: Claim | None
    duplicate: Duplicate | None
    """What they last said of it being here twice, with what was decided."""
    is_member: bool
    may_describe: Answer
    is_asked_why: bool
    may_settle: Answer
    successions: Sequence[Succession]
    may_undo: bool
    """Whether they may undo what it and another confirmed, as far as this one is concerned."""
    why_not_undo: str
    """Who may, for the eyes of owners, who may not."""
    others: Sequence[Organisation]
    """The other entries it had, whose promises, contracts and findings are among its own here."""
    dpulo: DpuloStatement | None
    formation: Formation | None
    sees_way: bool
    """Whether they may read how it came or comes about."""
    founders: Sequence[Founder]
    identifiers: Sequence[Identifier]
    workplaces: Sequence[Workplace]
    offers: Sequence[Offer]
    contacts: Sequence[Contact]
    promises: Sequence[Promise]
    """The newest ten, and one more where there are more."""
    contracts: Sequence[Contract]
    findings: Sequence[Finding]

    @property
    def is_commissioner(self) -> bool:
        """Return whether what it shows was promised to it, not by it."""
        return self.organisation.kind == Kind.COMMISSIONER

    @property
    def is_support_unit(self) -> bool:
        """Return whether an operator may entrust it with claims."""
        return self.organisation.kind == Kind.SUPPORT_UNIT

    @property
    def is_party(self) -> bool:
        """Return whether it is here to promise or to buy."""
        return self.organisation.kind in {Kind.PROVIDER, Kind.COMMISSIONER}

    @property
    def followed_by(self) -> list[Succession]:
        """Return who follows it, as both sides said."""
        return [each for each in self._standing() if each.predecessor == self.organisation]

    @property
    def follows(self) -> list[Succession]:
        """Return whom it follows, as both sides said."""
        return [each for each in self._standing() if each.successor == self.organisation]

    @property
    def waiting(self) -> list[Succession]:
        """Return what one side said of it and the other has not answered; for its owners' eyes."""
        return [each for each in self.successions if each.state == SuccessionState.NAMED]

    def _standing(self) -> list[Succession]:
        return [each for each in self.successions if each.state == SuccessionState.CONFIRMED]

    @property
    def takes_over(self) -> bool:
        """Return whether it delivers what another promised."""
        own = {each.pk for each in (self.organisation, *self.others)}
        return not self.is_commissioner and any(
            each.proposal.provider_id not in own for each in self.first_promises
        )

    @property
    def first_promises(self) -> Sequence[Promise]:
        """Return the newest promises, as many as the page holds."""
        return self.promises[:FIRST]


def profile_of(organisation: Organisation, *, person: Person | None, now: datetime) -> Profile:
    """Gather what ``person`` may see of ``organisation``."""
    others = list(merged_into(organisation))
    entries = [organisation, *others]
    formation = getattr(organisation, "formation", None)
    may_describe = can_describe(person, organisation=organisation)
    is_asked = bool(may_describe) and organisation.kind == Kind.PROVIDER
    is_member = belongs_to(person, organisation=organisation)
    successions = list(successions_of(organisation))
    may_settle = can_settle(person, organisation=organisation)
    promises = list(promises_of_organisations(entries, person=person, now=now)[: FIRST + 1])
    tell_states((each.proposal for each in promises), person=person)
    return Profile(
        organisation=organisation,
        is_looked_after=is_looked_after(organisation),
        claim=claims_of(person).filter(organisation=organisation).first() if person else None,
        duplicate=duplicate_said_by(person, organisation=organisation) if person else None,
        is_member=is_member,
        may_describe=may_describe,
        is_asked_why=is_asked and not motives_said(organisation),
        may_settle=may_settle,
        successions=successions,
        may_undo=bool(successions and not is_member and can_decide_claims(person)),
        why_not_undo=_why_not_undo(person, successions) if may_settle else "",
        others=others,
        dpulo=dpulo_shown_of(organisation),
        formation=formation,
        sees_way=bool(person and formations_visible_to(person).contains(organisation)),
        founders=list(founders_shown_of(organisation, person=person)) if formation else [],
        identifiers=list(identifiers_of(organisation)),
        workplaces=list(workplaces_of(organisation)),
        offers=list(open_offers_of(organisation)),
        contacts=list(contacts_of(organisation, person=person)),
        promises=promises,
        contracts=_contracts(entries),
        findings=_findings(entries),
    )


def _why_not_undo(person: Person | None, successions: Sequence[Succession]) -> str:
    stands = (each for each in successions if each.state == SuccessionState.CONFIRMED)
    first = next(stands, None)
    return can_undo_succession(person, succession=first).reason if first else ""


def _contracts(entries: Sequence[Organisation]) -> list[Contract]:
    """Return its newest contracts in force, whichever side it stands on."""
    found = contracts_visible_to(None).filter(
        with_provider(entries)
        | Q(proposal__need__commissioner__in=entries)
        | Q(assessor__in=entries),
        state=ContractState.IN_FORCE,
    )
    found = found.prefetch_related("handovers__outgoing", "handovers__successor")
    return list(found.order_by("-starts_on", "reference")[:FIRST])


def _findings(entries: Sequence[Organisation]) -> list[Finding]:
    """Return the newest published findings on it, for it or by it."""
    found = findings_visible_to(None).filter(
        with_provider(entries, contract="commitment__contract__")
        | Q(commitment__contract__proposal__need__commissioner__in=entries)
        | Q(commitment__contract__assessor__in=entries),
        state=FindingState.PUBLISHED,
    )
    return list(found.order_by("-published_at", "-pk")[:FIRST])
