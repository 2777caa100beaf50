"""What an address needs to be opened: made once a test, through the platform's own actions.

    @example("promise")
    def promise(cast: Cast) -> dict[str, object]:
        return {"reference": an_approved_promise(of=cast.alice).reference}

The name is what the guard table's ``with`` column says; the answer is what ``reverse`` takes.
"""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from makegood.articulate.actions import invite_provider, preview_alternative
from makegood.capture.actions import capture_measurement
from makegood.kernel.ledger.models import Entry
from makegood.people.actions import (
    FounderSaid,
    add_contact,
    add_founder,
    add_identifier,
    ask_for_adviser,
    confirm_succession,
    entrust,
    invite,
    load_areas,
    make_offer,
    plan_formation,
    register_organisation,
    report_duplicate,
    revise_organisation,
    take_advice,
)
from makegood.people.legal_forms import GUIDES
from makegood.people.models import Advice, Invitation, Organisation
from makegood.people.queries import advice_to, sessions_of
from makegood.people.states import (
    AdviceState,
    Appointment,
    Kind,
    LegalForm,
    OfferKind,
    OfferSide,
    Role,
    ShownTo,
)
from tests.factories import building, contracting, deciding, due, loop, noticing, telling, varying
from tests.factories.asked import a_claim, a_succession
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join
from tests.factories.ledger import LEDGER
from tests.factories.sampling_programmes import PROGRAMMES
from tests.factories.sending import SENDING

Maker = Callable[[Cast], dict[str, object]]
EXAMPLES: dict[str, Maker] = (
    contracting.CONTRACTING
    | deciding.DECIDING
    | varying.VARYING
    | noticing.NOTICING
    | telling.TELLING
    | due.DUE
    | PROGRAMMES
    | LEDGER
    | SENDING
)


def example(name: str) -> Callable[[Maker], Maker]:
    """Declare what addresses with this example need."""

    def keep(make: Maker) -> Maker:
        if name in EXAMPLES:
            raise ValueError(f"Two examples are called {name}.")
        EXAMPLES[name] = make
        return make

    return keep


@example("organisation")
def organisation(cast: Cast) -> dict[str, object]:
    return {"slug": cast.provider.slug}


@example("session")
def session(cast: Cast) -> dict[str, object]:
    client = Client()
    client.force_login(cast.alice)
    return {"session": sessions_of(cast.alice)[0].public_id}


@example("membership")
def membership(cast: Cast) -> dict[str, object]:
    pat = newcomer("pat")
    join(cast.provider, person=pat, role=Role.READER, by=cast.alice)
    return {"slug": cast.provider.slug, "person": pat.public_id, "role": Role.READER}


@example("identifier")
def identifier(cast: Cast) -> dict[str, object]:
    added = add_identifier(cast.provider, scheme="GB-COH", value="9506232", by=cast.alice)
    return {"slug": cast.provider.slug, "identifier": str(added)}


@example("area")
def area(cast: Cast) -> dict[str, object]:
    load_areas()
    return {"slug": cast.provider.slug, "code": "E08000037"}


@example("contact")
def contact(cast: Cast) -> dict[str, object]:
    added = add_contact(
        cast.provider,
        name="Front desk",
        email="desk@example.org",
        shown_to=ShownTo.MEMBERS,
        by=cast.alice,
    )
    return {"slug": cast.provider.slug, "contact": added.public_id}


@example("charlies-name")
def charlies_name(cast: Cast) -> dict[str, object]:
    added = add_contact(
        cast.provider, name="Charlie", email=cast.charlie.email, shown_to=ShownTo.EVERYONE,
        by=cast.alice,
    )  # fmt: skip
    return {"contact": added.public_id}


@example("offer")
def offer(cast: Cast) -> dict[str, object]:
    made = make_offer(
        cast.provider, side=OfferSide.OFFER, kind=OfferKind.PLACE, words="A hall", by=cast.alice
    )
    return {"slug": cast.provider.slug, "offer": made.public_id}


@example("member")
def member(cast: Cast) -> dict[str, object]:
    return {"slug": cast.provider.slug, "person": cast.bob.public_id}


@example("invitation")
def invitation(cast: Cast) -> dict[str, object]:
    return {"key": _an_invitation(cast).public_id}


@example("sent-invitation")
def sent_invitation(cast: Cast) -> dict[str, object]:
    return {"slug": cast.provider.slug, "invitation": _an_invitation(cast).public_id}


@example("unit")
def unit(cast: Cast) -> dict[str, object]:
    return {"slug": cast.support_unit.slug}


@example("trust")
def trust(cast: Cast) -> dict[str, object]:
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    return {}


@example("claim")
def claim(cast: Cast) -> dict[str, object]:
    trust(cast)
    return {"claim": a_claim(cast.provider, by=cast.charlie).public_id}


@example("succession")
def succession(cast: Cast) -> dict[str, object]:
    """Somebody else says that Alice's provider follows it."""
    said = a_succession(before=cast.stranger, after=cast.provider, by=cast.charlie)
    return {"succession": said.public_id}


@example("said-succession")
def said_succession(cast: Cast) -> dict[str, object]:
    """Alice's provider says that the assessors follow it."""
    said = a_succession(before=cast.provider, after=cast.assessors, by=cast.alice)
    return {"succession": said.public_id}


@example("wrong-succession")
def wrong_succession(cast: Cast) -> dict[str, object]:
    """Both sides say that a spare organisation is followed by a second one."""
    trust(cast)
    nia = newcomer("twice")
    before, after = (
        register_organisation(name=name, kind=Kind.PROVIDER, by=nia) for name in ("Old", "New")
    )
    said = a_succession(before=before, after=after, by=nia)
    return {"succession": confirm_succession(said, by=nia).public_id}


@example("twins")
def twins(cast: Cast) -> dict[str, object]:
    """An organisation that nobody else here needs, and another one like it."""
    trust(cast)
    spare = register_organisation(name="Twin", kind=Kind.PROVIDER, by=newcomer("twin"))
    return {"slug": spare.slug, "into": cast.stranger.slug}


@example("said-twins")
def said_twins(cast: Cast) -> dict[str, object]:
    """Two of which somebody says that they are one."""
    trust(cast)
    spare = register_organisation(name="Spare", kind=Kind.PROVIDER, by=newcomer("spare"))
    report_duplicate(spare, other=cast.stranger, words="One door", by=cast.bob)
    return {"slug": spare.slug, "other": cast.stranger.slug}


@example("legal-form")
def legal_form(cast: Cast) -> dict[str, object]:
    return {"form": GUIDES[LegalForm.CIO].slug}


@example("group")
def group(cast: Cast) -> dict[str, object]:
    return {"slug": a_group(cast).slug}


@example("step")
def step(cast: Cast) -> dict[str, object]:
    return {"slug": a_group(cast).slug, "step": "purpose"}


@example("founder")
def founder(cast: Cast) -> dict[str, object]:
    added = add_founder(a_group(cast), said=FounderSaid(name="Ann"), by=cast.alice)
    return {"slug": cast.provider.slug, "founder": added.public_id}


@example("alices-founder")
def alices_founder(cast: Cast) -> dict[str, object]:
    said = FounderSaid(name="Alice", is_me=True)
    return {"founder": add_founder(a_group(cast), said=said, by=cast.alice).public_id}


@example("asked-advice")
def asked_advice(cast: Cast) -> dict[str, object]:
    return {"advice": some_advice(cast).public_id}


@example("waiting-group")
def waiting_group(cast: Cast) -> dict[str, object]:
    return {"slug": some_advice(cast).organisation.slug}


@example("advised")
def advised(cast: Cast) -> dict[str, object]:
    asked = some_advice(cast)
    if asked.state == AdviceState.ASKED:
        take_advice(asked, adviser=cast.frank, by=cast.frank)
    return {"slug": cast.provider.slug}


@example("programme")
def programme(cast: Cast) -> dict[str, object]:
    return {"slug": loop.a_need(cast).programme.slug}


@example("aim")
def aim(cast: Cast) -> dict[str, object]:
    made = loop.an_aim(cast)
    return {"slug": made.programme.slug, "position": made.position}


@example("draft-need")
def draft_need(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_need(cast).reference}


@example("need")
def need(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_published_need(cast).reference}


@example("alternative")
def alternative(cast: Cast) -> dict[str, object]:
    held = loop.a_measured_alternative(cast)
    return {"reference": held.need.reference, "measure": held.measure.slug}


@example("alternative-file")
def alternative_file(cast: Cast) -> dict[str, object]:
    held = loop.a_measured_alternative(cast)
    rows = b"period,value\n2024-04-01,4.9\n2024-05-01,a lot\n"
    shown = preview_alternative(held, data=rows, file_name="absence.csv", by=cast.erin)
    return {
        "reference": held.need.reference,
        "measure": held.measure.slug,
        "upload": shown.reference,
    }


@example("question")
def question(cast: Cast) -> dict[str, object]:
    asked = loop.a_question(cast)
    return {"reference": asked.need.reference, "question": asked.public_id}


@example("need-and-provider")
def need_and_provider(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_published_need(cast).reference, "slug": cast.stranger.slug}


@example("need-invitation")
def need_invitation(cast: Cast) -> dict[str, object]:
    need = loop.a_published_need(cast)
    held = invite_provider(need, provider=cast.provider, by=cast.erin)
    return {"reference": need.reference, "invitation": held.public_id}


@example("draft")
def draft(cast: Cast) -> dict[str, object]:
    return {"code": loop.a_draft_promise(cast).proposal.code}


@example("draft-promise")
def draft_promise(cast: Cast) -> dict[str, object]:
    return building.placed(loop.a_draft_promise(cast))


EXAMPLES |= building.EXAMPLES


@example("submitted")
def submitted(cast: Cast) -> dict[str, object]:
    return {"code": loop.a_submitted_proposal(cast).code}


@example("approved")
def approved(cast: Cast) -> dict[str, object]:
    return {"code": loop.an_approved_promise(cast).proposal.code}


@example("approved-in")
def approved_in(cast: Cast) -> dict[str, object]:
    return {"slug": loop.an_approved_promise(cast).proposal.need.programme.slug}


@example("withheld-bid")
def withheld_bid(cast: Cast) -> dict[str, object]:
    held = loop.a_withheld_summary(cast)
    return {"code": held.proposal.code, "withholding": held.public_id}


@example("promise")
def promise(cast: Cast) -> dict[str, object]:
    return {"reference": loop.an_approved_promise(cast).reference}


@example("draft-contract")
def draft_contract(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_draft_contract(cast).reference}


@example("disposition")
def disposition(cast: Cast) -> dict[str, object]:
    contract = loop.a_draft_contract(cast)
    return {"reference": contract.reference, "position": 1}


@example("settled")
def settled(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_settled_contract(cast).reference}


example("settled-provider")(lambda cast: settled(cast) | {"side": "provider"})
example("settled-buyer")(lambda cast: settled(cast) | {"side": "commissioner"})


@example("paper")
def paper(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_contract_on_paper(cast).reference, "side": "provider"}


@example("a-programme")
def a_programme(cast: Cast) -> dict[str, object]:
    loop.a_need(cast)
    return {}


@example("brought-in")
def brought_in(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_contract_brought_in(cast).reference}


@example("contract")
def contract(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_signed_contract(cast).reference}


@example("contracted")
def contracted(cast: Cast) -> dict[str, object]:
    return {"slug": loop.a_signed_contract(cast).proposal.need.programme.slug}


@example("withholding")
def withholding(cast: Cast) -> dict[str, object]:
    held = loop.a_withholding(cast)
    return {"reference": held.contract.reference, "withholding": held.public_id}


@example("measure")
def measure(cast: Cast) -> dict[str, object]:
    return {"slug": loop.a_measure(cast).slug}


@example("measure-version")
def measure_version(cast: Cast) -> dict[str, object]:
    return {"slug": loop.a_measure(cast).slug, "number": 1}


@example("retired-measure")
def retired_measure(cast: Cast) -> dict[str, object]:
    return {"slug": loop.a_retired_measure(cast).slug}


@example("measure-file")
def measure_file(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_measure_file(cast).reference}


@example("commitment")
def commitment(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_commitment(cast).reference}


@example("figure")
def figure(cast: Cast) -> dict[str, object]:
    held = loop.a_commitment(cast)
    capture_measurement(held, period=loop.STARTS_ON, value=4.9, by=cast.alice)
    return {"reference": held.reference, "period": f"{loop.STARTS_ON:%Y-%m}"}


@example("story-link")
def story_link(cast: Cast) -> dict[str, object]:
    link = loop.a_story_link(cast)
    return {"reference": link.commitment.reference, "token": link.token}


@example("entry")
def entry(cast: Cast) -> dict[str, object]:
    newest = Entry.objects.latest("pk")
    return {"stream": newest.stream, "seq": newest.seq}


@example("draft-finding")
def draft_finding(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_draft_finding(cast).reference}


@example("sent-finding")
def sent_finding(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_sent_finding(cast).reference}


@example("finding")
def finding(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_published_finding(cast).reference}


def _an_invitation(cast: Cast) -> Invitation:
    asked = Appointment(role=Role.EDITOR)
    return invite(cast.provider, email=cast.charlie.email, appointment=asked, by=cast.alice)


def a_group(cast: Cast) -> Organisation:
    """Let Alice's provider be a group in formation that aims at a legal form."""
    made = Organisation.objects.get(pk=cast.provider.pk)
    if not made.is_in_formation:
        said = {"name": made.name, "summary": made.summary, "website": ""}
        for legal_form in (*([""] if made.legal_form else []), LegalForm.IN_FORMATION):
            revise_organisation(made, legal_form=legal_form, **said, by=cast.alice)
        plan_formation(made, parent_name="", aims_at=LegalForm.CIC_GUARANTEE, by=cast.alice)
    return made


def some_advice(cast: Cast) -> Advice:
    """Let the group ask the support unit for an adviser, if it did not yet."""
    held = a_group(cast)
    asked = advice_to(held)
    return asked or ask_for_adviser(held, unit=cast.support_unit, by=cast.alice)
