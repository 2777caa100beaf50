"""A group that is not yet an organisation: its plan, steps, founders and adviser, and how it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django import forms
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import start_proposal
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, Refused
from makegood.people import actions
from makegood.people.actions import FounderSaid, Registered
from makegood.people.formation_forms import AdviceForm, AskForAdviserForm, StepForm, TakeAdviceForm
from makegood.people.models import (
    Advice,
    Formation,
    Founder,
    Notice,
    Organisation,
    Person,
    StepTaken,
)
from makegood.people.queries import (
    advice_asked_of,
    advice_to,
    formation_of,
    formations_visible_to,
    founders_of,
    identifiers_of,
)
from makegood.people.states import Kind, LegalForm, Right, Role, ShownTo
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.groups import nia, the_new_ones
from tests.factories.joining import join
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def group(cast: Cast) -> Organisation:
    """A group of Nia's that aims to be a CIC; Bob reads for it."""
    return the_new_ones(cast)


def advised(group: Organisation, cast: Cast) -> Advice:
    asked = actions.ask_for_adviser(group, unit=cast.support_unit, by=nia(group))
    return actions.take_advice(asked, adviser=cast.frank, by=cast.frank)


def page(group: Organisation, name: str = "formation", **more: object) -> str:
    return reverse(name, kwargs={"slug": group.slug, **more})


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_an_aim_without_a_guide_is_told_not_forgotten(cast: Cast, client: Client) -> None:
    client.force_login(cast.charlie)
    answers = {"name": "The New Ones", "kind": "start", "legal_form": "charity"}
    page = client.post(reverse("register_organisation"), answers).content.decode()
    assert "A group does not begin as a charity." in page
    assert "charitable incorporated organisation" in page
    assert not Organisation.objects.filter(name="The New Ones").exists()


def test_a_group_registers_before_it_exists(cast: Cast, client: Client) -> None:
    client.force_login(cast.charlie)
    answers = {"name": "Fell Nurses", "kind": "start", "legal_form": "co-operative society"}
    told = client.post(reverse("register_organisation"), answers, follow=True).content.decode()
    assert "Your way to an organisation" in told
    assert "Register with the Financial Conduct Authority" in told
    made = Organisation.objects.get(name="Fell Nurses")
    assert (made.kind, made.legal_form) == (Kind.PROVIDER, LegalForm.IN_FORMATION)
    found = formation_of(made)
    assert found
    assert found.aims_at == LegalForm.COOPERATIVE
    assert verify().sound


def test_a_buyer_is_never_in_formation(cast: Cast, client: Client) -> None:
    client.force_login(cast.charlie)
    answers = {"name": "New Council", "kind": "commissioner", "legal_form": "in formation"}
    told = client.post(reverse("register_organisation"), answers).content.decode()
    assert "Only a provider can be in formation" in told
    assert "New Council" in told
    assert not Organisation.objects.filter(name="New Council").exists()


def test_the_parent_is_an_organisation_here_or_a_name(group: Organisation, cast: Cast) -> None:
    def plan(name: str) -> Formation:
        aim = LegalForm.CIO
        return actions.plan_formation(group, parent_name=name, aims_at=aim, by=nia(group))

    assert plan(" valley COUNCIL ").parent == cast.commissioner
    elsewhere = plan("A trust that is not here")
    assert (elsewhere.parent, elsewhere.parent_name) == (None, "A trust that is not here")
    assert plan("The New Ones").parent is None
    actions.register_organisation(
        name="Valley Council", kind=Kind.PROVIDER, is_another=True, by=cast.charlie
    )
    assert plan("Valley Council").parent is None  # nobody knows which of the two
    with pytest.raises(IntegrityError), transaction.atomic():
        Formation.objects.update(parent=group)


def test_steps_are_ticked_off_and_superseded(
    group: Organisation, cast: Cast, client: Client
) -> None:
    client.force_login(nia(group))
    path = page(group, "take_step", step="purpose")
    day = {"done_on_day": "1", "done_on_month": "4", "done_on_year": "2026"}
    client.post(path, {**day, "note": "Agreed in the canteen"})
    shown = read(client, page(group))
    assert "Done on 1 April 2026" in shown
    assert "Agreed in the canteen" in shown
    assert "1 of 14 done" in shown
    client.post(path, {"note": "Not yet after all"})
    assert "0 of 14 done" in read(client, page(group))
    assert StepTaken.objects.count() == 2
    assert StepTaken.objects.get(superseded_at=None).done_on is None
    far = {**day, "done_on_year": "2099", "note": "kept"}
    told = client.post(path, far).content.decode()
    assert "1 April 2099 is to come" in told
    assert "kept" in told
    assert verify().sound


def test_a_step_of_another_form_is_none(group: Organisation, cast: Cast, client: Client) -> None:
    with refused("PEO-81"):
        actions.take_step(group, step="fca", done_on=TODAY, by=nia(group))
    client.force_login(nia(group))
    assert client.get(page(group, "take_step", step="fca")).status_code == 404


def test_a_step_taken_stays_when_the_aim_changes(group: Organisation, cast: Cast) -> None:
    actions.take_step(group, step="purpose", done_on=TODAY, by=nia(group))
    actions.plan_formation(group, parent_name="", aims_at=LegalForm.CIO, by=nia(group))
    client = Client()
    client.force_login(cast.bob)
    assert "1 of 13 done" in read(client, page(group))


def test_founders_are_seen_by_members_and_the_adviser(group: Organisation, cast: Cast) -> None:
    for shown_to in ShownTo:
        said = FounderSaid(name=shown_to.value, skills="Sums", shown_to=shown_to)
        actions.add_founder(group, said=said, by=nia(group))
    advised(group, cast)
    people = (None, cast.charlie, cast.bob, cast.frank)
    seen = [{f.name for f in founders_of(group, person=one)} for one in people]
    every, some = {"everyone", "signed in", "members"}, {"everyone", "signed in"}
    assert seen == [{"everyone"}, some, every, every]
    profile = read(Client(), reverse("organisation", args=[group.slug]))
    assert "<strong>everyone</strong>" in profile
    assert "<strong>members</strong>" not in profile
    actions.end_advice(Advice.objects.get(), by=nia(group))
    assert {f.name for f in founders_of(group, person=cast.frank)} == some


def test_a_founder_is_erased_for_good(group: Organisation, cast: Cast, client: Client) -> None:
    founder = actions.add_founder(
        group, said=FounderSaid(name="Ann", skills="Sums", aspirations="Lead"), by=nia(group)
    )
    client.force_login(nia(group))
    before = founder.salt
    client.post(page(group, "remove_founder", founder=founder.public_id))
    founder.refresh_from_db()
    assert (founder.name, founder.skills, founder.aspirations) == ("", "", "")
    assert founder.removed_at
    assert founder.salt != before
    assert "Ann" not in read(client, page(group))
    said = FounderSaid(name="Ann again")
    assert actions.revise_founder(founder, said=said, by=nia(group)).name == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Founder.objects.update(name="Ann")
    assert verify().sound


def test_a_founder_of_their_own_goes_with_their_account(group: Organisation, cast: Cast) -> None:
    join(group, person=cast.charlie, role=Role.EDITOR, by=nia(group))
    actions.add_founder(group, said=FounderSaid(name="Me", is_me=True), by=cast.charlie)
    kept = actions.add_founder(group, said=FounderSaid(name="Other"), by=cast.charlie)
    join(cast.stranger, person=cast.bob, role=Role.OWNER, by=cast.charlie)
    actions.erase_person(by=cast.charlie)
    assert [f.name for f in founders_of(group, person=nia(group))] == [kept.name]
    assert not Founder.objects.filter(person__isnull=False).exists()
    assert verify().sound


def test_somebody_who_advises_takes_a_group_on(group: Organisation, cast: Cast) -> None:
    asked = actions.ask_for_adviser(
        group, unit=cast.support_unit, words="The asset lock", by=nia(group)
    )
    assert list(advice_asked_of(cast.frank)) == [asked]
    assert not advice_asked_of(cast.erin)
    assert Notice.objects.filter(person=cast.frank, right=Right.ADVISE).exists()
    assert not formations_visible_to(cast.frank)
    with refused("PEO-82"):
        actions.ask_for_adviser(group, unit=cast.support_unit, by=nia(group))
    with refused("PEO-83"):
        actions.take_advice(asked, adviser=cast.erin, by=cast.frank)
    with pytest.raises(NotPermitted):
        actions.take_advice(asked, adviser=cast.erin, by=cast.erin)
    actions.take_advice(asked, adviser=cast.frank, by=cast.frank)
    assert list(formations_visible_to(cast.frank)) == [group]
    assert not advice_asked_of(cast.frank)
    with pytest.raises(Refused):
        actions.take_advice(asked, adviser=cast.frank, by=cast.frank)
    with pytest.raises(IntegrityError), transaction.atomic():
        Advice.objects.create(
            organisation=group, unit=cast.support_unit, asked_by=nia(group), asked_at=timezone.now()
        )


def test_another_can_be_assigned(group: Organisation, cast: Cast) -> None:
    ann = newcomer("ann")
    join(cast.support_unit, person=ann, role=Role.ADVISER, by=cast.frank)
    asked = actions.ask_for_adviser(group, unit=cast.support_unit, by=nia(group))
    actions.take_advice(asked, adviser=ann, by=cast.frank)
    assert list(formations_visible_to(ann)) == [group]
    assert not formations_visible_to(cast.frank)
    actions.end_membership(ann.memberships.get(), by=cast.frank)
    assert not formations_visible_to(ann)


def test_advice_stands_beside_its_step(group: Organisation, cast: Cast, client: Client) -> None:
    advised(group, cast)
    client.force_login(cast.frank)
    shown = read(client, page(group, "write_advice") + "?step=purpose")
    assert '<option value="purpose" selected>' in shown
    client.post(page(group, "write_advice"), {"step": "purpose", "words": "Shorter!"})
    client.post(page(group, "write_advice"), {"step": "", "words": "Well begun."})
    client.force_login(cast.bob)
    told = read(client, page(group))
    assert "Shorter!" in told
    assert "Well begun." in told
    assert Notice.objects.filter(person=nia(group), organisation=group).count() == 3
    advice = Advice.objects.get()
    with refused("PEO-84"):
        actions.write_advice(advice, words=" ", by=cast.frank)
    with refused("PEO-81"):
        actions.write_advice(advice, words="No", step="fca", by=cast.frank)
    with pytest.raises(NotPermitted):
        actions.write_advice(advice, words="Mine", by=nia(group))


def test_whoever_writes_is_told_that_founders_who_left_read_it(group: Organisation) -> None:
    for form in (StepForm(), AdviceForm(guide=None)):
        assert "founders who wrote of themselves, after they left too" in _plain(form)


def test_a_released_adviser_sees_it_no_longer(
    group: Organisation, cast: Cast, client: Client
) -> None:
    advised(group, cast)
    client.force_login(nia(group))
    client.post(page(group, "end_advice"))
    client.force_login(cast.frank)
    assert client.get(page(group)).status_code == 404
    assert client.get(page(group, "write_advice")).status_code == 404
    advised(group, cast)
    assert client.get(page(group)).status_code == 200
    assert verify().sound


def test_it_may_propose_before_it_is_registered(group: Organisation, cast: Cast) -> None:
    need = loop.a_published_need(cast)
    made = start_proposal(
        need=need, provider=group, title="Care by the fell", summary="Ours", by=nia(group)
    )
    assert made.provider == group


def test_it_ends_by_being_registered(group: Organisation, cast: Cast, client: Client) -> None:
    advised(group, cast)
    client.force_login(nia(group))
    day = {"registered_on_day": "2", "registered_on_month": "3", "registered_on_year": "2026"}
    answers = {"legal_form": LegalForm.CIC_GUARANTEE.value, **day}
    told = client.post(page(group, "end_formation"), answers).content.decode()
    assert "Give the number from the register, or say why there is none." in told
    told = client.post(page(group, "end_formation"), {**answers, "number": "12"}).content.decode()
    assert "Choose the register" in told
    full = {**answers, "scheme": "GB-COH", "number": "9506232"}
    told = client.post(page(group, "end_formation"), full, follow=True).content.decode()
    assert "is an organisation now" in told
    assert "2 March 2026" in told
    group.refresh_from_db()
    assert group.legal_form == LegalForm.CIC_GUARANTEE
    assert [str(one) for one in identifiers_of(group)] == ["GB-COH-09506232"]
    assert advice_to(group) is None
    assert client.get(page(group)).status_code == 200
    for act in ("end_formation", "register_formation", "end_advice"):
        assert Entry.objects.filter(act=act).count() == 1
    with refused("PEO-92"):
        actions.add_founder(group, said=FounderSaid(name="Late"), by=nia(group))
    assert verify().sound


def test_one_without_a_number_says_why(group: Organisation, cast: Cast) -> None:
    def end(**more: object) -> Organisation:
        said = {"legal_form": LegalForm.UNINCORPORATED, "registered_on": TODAY, **more}
        return actions.end_formation(group, registered=Registered(**said), by=nia(group))

    with refused("PEO-79"):
        end()
    with refused("PEO-80"):
        end(registered_on=TODAY + timedelta(days=1), why_no_number="None is given")
    with refused("PEO-78"):
        end(legal_form="", why_no_number="None is given")
    end(why_no_number="None is given")
    assert "None is given" in read(Client(), reverse("organisation", args=[group.slug]))


def test_nobody_slips_out_of_it_by_other_words(
    group: Organisation, cast: Cast, client: Client
) -> None:
    client.force_login(nia(group))
    answers = {"name": "Kept words", "legal_form": "trust", "summary": "", "website": ""}
    told = client.post(page(group, "revise_organisation"), answers).content.decode()
    assert "We are registered now" in told
    assert "Kept words" in told
    group.refresh_from_db()
    assert group.is_in_formation


def test_one_that_said_so_before_gets_its_steps(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.provider.pk).update(legal_form=LegalForm.IN_FORMATION)
    client = Client()
    client.force_login(cast.alice)
    assert "Not chosen yet" in read(client, page(cast.provider))
    actions.plan_formation(cast.provider, parent_name="", aims_at="trust", by=cast.alice)
    assert "Write the trust deed" in read(client, page(cast.provider))


def test_it_is_shown_in_the_directory_and_can_be_filtered(group: Organisation) -> None:
    sought = reverse("organisations") + "?legal_form=in+formation"
    shown = read(Client(), sought)
    assert "The New Ones" in shown
    assert "In formation" in shown
    assert "Moor View Care" not in shown
    table = read(Client(), reverse("organisations_table") + "?legal_form=in+formation")
    assert "The New Ones,provider,in formation" in table
    assert "Moor View" not in table


def test_the_desk_says_what_to_do(group: Organisation, cast: Cast, client: Client) -> None:
    actions.ask_for_adviser(group, unit=cast.support_unit, by=nia(group))
    client.force_login(cast.frank)
    assert "The New Ones asks for an adviser" in read(client, reverse("desk"))
    client.force_login(nia(group))
    assert "Go on with the steps of The New Ones" in read(client, reverse("desk"))
    client.force_login(cast.bob)
    assert "Go on with the steps" not in read(client, reverse("desk"))


def test_a_founder_who_left_reads_the_plan_however_it_ended(
    group: Organisation, cast: Cast, client: Client
) -> None:
    """Closed or one with another: whoever wrote of themselves reads it, and nobody else new."""
    join(group, person=cast.charlie, role=Role.EDITOR, by=nia(group))
    actions.add_founder(group, said=FounderSaid(name="Me", is_me=True), by=cast.charlie)
    actions.add_founder(group, said=FounderSaid(name="Ann"), by=nia(group))
    actions.take_step(group, step="purpose", done_on=None, note="Kept", by=cast.charlie)
    way, profile = page(group), reverse("organisation", args=[group.slug])
    actions.end_membership(cast.charlie.memberships.get(organisation=group), by=cast.charlie)
    client.force_login(cast.charlie)
    assert way in read(client, profile)
    shown = read(client, way)
    assert ("Kept" in shown, "<strong>Me</strong>" in shown) == (True, True)
    assert "<strong>Ann</strong>" not in shown
    actions.close_organisation(group, closed_on=TODAY, reason="It ended.", by=nia(group))
    closed = read(client, way)
    assert "It closed on" in closed
    assert "You can describe yourselves" not in closed
    for person, status in ((cast.bob, 200), (cast.grace, 404), (cast.dana, 404)):
        other = Client()
        other.force_login(person)
        assert other.get(way).status_code == status


def test_the_plan_of_what_was_merged_is_read_from_what_stays(
    group: Organisation, cast: Cast, client: Client
) -> None:
    actions.add_founder(group, said=FounderSaid(name="Me", is_me=True), by=nia(group))
    founder = nia(group)
    stays = actions.register_organisation(
        name="Newer", kind=Kind.PROVIDER, legal_form=LegalForm.IN_FORMATION, by=cast.erin
    )
    merger = actions.Merger(goes=group, stays=stays, reason="One", members_join=False)
    actions.merge_organisations(merger, by=cast.operator)
    for person in (founder, cast.erin):
        client.force_login(person)
        assert page(group) in read(client, page(stays))
        assert "It is one with" in read(client, page(group))
    client.force_login(cast.bob)
    assert client.get(page(group)).status_code == 404


def test_the_day_it_was_registered_is_kept(group: Organisation, cast: Cast) -> None:
    registered = Registered(
        legal_form=LegalForm.CIO, registered_on=date(2026, 3, 2), why_no_number="It comes by post"
    )
    actions.end_formation(group, registered=registered, by=nia(group))
    found = formation_of(group)
    assert found
    assert found.registered_on == date(2026, 3, 2)


def test_the_only_one_to_ask_or_to_advise_is_chosen_already(cast: Cast) -> None:
    units, people_there = (cast.support_unit,), (cast.frank, cast.grace)
    found = Organisation.objects.filter(pk__in=[unit.pk for unit in units])
    assert 'value="the-support-unit" id="id_unit_0" checked' in _plain(
        AskForAdviserForm(units=found)
    )
    every = Organisation.objects.all()
    assert "checked" not in _plain(AskForAdviserForm(units=every))
    one = Person.objects.filter(pk=people_there[0].pk)
    assert "checked" in _plain(TakeAdviceForm(advisers=one))
    both = Person.objects.filter(pk__in=[each.pk for each in people_there])
    assert "checked" not in _plain(TakeAdviceForm(advisers=both))


def _plain(form: forms.Form) -> str:
    return " ".join(str(form).replace("required", "").split())
