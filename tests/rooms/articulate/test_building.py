"""The builder of one promise: its sentence, advice that never blocks, and power kept with it."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from makegood.articulate.actions import (
    HistoryChosen,
    PromiseTerms,
    add_promise,
    measure_alternative,
    revise_alternative,
    revise_promise,
    set_advice_aside,
    start_proposal,
    strike_out_alternative,
    submit_proposal,
    take_advice_up,
    work_out_power,
)
from makegood.articulate.forms import AlternativeForm
from makegood.articulate.models import AdviceSetAside, Promise, PromisePower
from makegood.articulate.queries import (
    advice_by_promise,
    advice_given,
    is_stale,
    power_of,
    promises_of,
    reads_advice,
)
from makegood.articulate.states import HistoryFrom, HowKnown
from makegood.contract.actions import decide_proposal
from makegood.contract.states import Outcome
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.measures.actions import import_history, open_series, retire_measure
from makegood.measures.models import MeasureVersion, Series
from tests.factories import building, loop
from tests.factories.cast import Cast
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 1)


def terms_of(promise: Promise, **changes: object) -> PromiseTerms:
    names = set(PromiseTerms.__dataclass_fields__) - {"aims", "codes"}
    return replace(PromiseTerms(**{name: getattr(promise, name) for name in names}), **changes)


def given(promise: Promise) -> list[str]:
    return [each.advice.number for each in advice_given(promise, today=TODAY)]


def answers(promise: Promise, **changes: object) -> dict[str, object]:
    """Return what a browser would send to say ``promise`` again."""
    said: dict[str, object] = {
        name: value
        for name in (
            "for_whom",
            "what_changes",
            "how_known",
            "baseline",
            "alternative",
            "target",
            "why_believed",
        )
        if (value := getattr(promise, name)) is not None
    }
    for name, day in (("starts_on", promise.starts_on), ("due_on", promise.due_on)):
        said |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return said | {"measure": promise.measure.slug if promise.measure else ""} | changes


def page(cast: Cast, name: str, promise: Promise, *, who: str = "alice", query: str = "") -> str:
    client = Client()
    if who != "nobody":
        client.force_login(getattr(cast, who))
    place = [promise.proposal.code, promise.position]
    return html.unescape(client.get(reverse(name, args=place) + query).content.decode())


def test_the_sentence_grows_with_what_is_missing_and_nothing_is_kept(cast: Cast) -> None:
    draft = loop.a_draft_promise(cast).proposal
    client = Client()
    client.force_login(cast.alice)
    path = reverse("add_promise", args=[draft.code])
    answer = client.post(path, {"see": "1", "for_whom": "carers", "baseline": "4,2"})
    shown = html.unescape(answer.content.decode())
    assert "For carers: <mark" in shown
    assert "what changes?" in shown
    assert "has a comma" in shown
    assert "There is a problem" in shown
    assert "Fill in “For whom?”" not in shown
    assert 'value="4,2"' in shown
    assert "It is not said by when" in shown
    assert draft.promises.count() == 1
    nothing = html.unescape(client.post(path, {"see": "1"}).content.decode())
    assert "There is a problem" not in nothing


def test_a_promise_that_is_refused_shows_its_sentence_too_and_keeps_every_word(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    client = Client()
    client.force_login(cast.alice)
    path = reverse("revise_promise", args=[promise.proposal.code, promise.position])
    sent = answers(promise, evidence_level="3", worth_source="ours", due_on_day="31x")
    shown = html.unescape(client.post(path, sent).content.decode())
    assert "That is not a date" in shown
    assert 'value="31x"' in shown
    shown = html.unescape(client.post(path, answers(promise, evidence_level="3")).content.decode())
    assert "Say what the evidence is" in shown
    assert 'value="3" checked' in shown


def test_kept_promises_say_all_that_was_answered(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    client = Client()
    client.force_login(cast.alice)
    path = reverse("revise_promise", args=[promise.proposal.code, promise.position])
    more = {
        "baseline_source": "our payroll", "baseline_on_day": 29, "baseline_on_month": 2,
        "baseline_on_year": 2024, "evidence_level": "2", "evidence": "Two teams tried it",
        "evidence_url": "https://www.example.org/trial", "worth_low": "1000", "worth_high": "2000",
        "worth_source": "our accounts",
    }  # fmt: skip
    answer = client.post(path, answers(promise, **more))
    assert answer.status_code == 302
    held = Promise.objects.get(pk=promise.pk)
    assert (held.baseline_on, held.evidence_level) == (date(2024, 2, 29), 2)
    assert held.worth_low == Decimal(1000)
    shown = page(cast, "read_promise", held)
    for words in ("our payroll", "29 February 2024", "Level 2 of 5", "£1,000 to £2,000"):
        assert words in shown
    assert given(held) == []
    assert "It says all that is needed" in shown
    with refused("ART-60"):
        revise_promise(held, terms=terms_of(held, evidence_url="javascript:x"), by=cast.alice)


def test_what_is_not_valued_is_said_so(cast: Cast) -> None:
    assert "Not valued. That is not nothing." in page(
        cast, "read_promise", loop.a_draft_promise(cast)
    )


def test_a_promise_in_words_asks_for_no_figures(cast: Cast) -> None:
    draft = loop.a_draft_promise(cast).proposal
    client = Client()
    client.force_login(cast.alice)
    path = reverse("add_promise", args=[draft.code])
    assert 'name="target"' in client.get(path).content.decode()
    asked = client.get(path, {"known": "stories"}).content.decode()
    assert 'name="target"' not in asked
    assert 'name="told_by"' in asked
    told = {
        "for_whom": "carers", "what_changes": "they sleep through", "why_believed": "They told us",
        "how_known": "stories", "how_gathered": "We ask once", "told_by": "carers we know",
        "told_least": "12", "gathered_by": "Valley Voices", "not_gathered_by": "our staff",
        "starts_on_day": 1, "starts_on_month": 4, "starts_on_year": 2024,
        "due_on_day": 31, "due_on_month": 3, "due_on_year": 2025, "target": "9",
    }  # fmt: skip
    answer = client.post(f"{path}?known=stories", told)
    assert answer.status_code == 302
    made = Promise.objects.get(told_least=12)
    assert (made.how_known, made.target) == (HowKnown.STORIES, None)
    shown = page(cast, "read_promise", made)
    assert "We will know from at least 12 carers we know, asked by Valley Voices." in shown
    assert "Not: our staff" in shown
    assert "told from chance" not in shown
    same = html.unescape(
        client.post(f"{path}?known=stories", told | {"gathered_by": "OUR staff"}).content.decode()
    )
    assert "cannot also be who must not gather" in same


def test_advice_is_set_aside_with_a_reason_and_comes_back_when_it_says_something_else(
    cast: Cast,
) -> None:
    promise = loop.a_draft_promise(cast)
    with refused("ART-55"):
        set_advice_aside(promise, number="ADV-02", reason=" ", by=cast.alice)
    with refused("ART-56"):
        set_advice_aside(promise, number="ADV-14", reason="So", by=cast.alice)
    with pytest.raises(NotPermitted):
        set_advice_aside(promise, number="ADV-02", reason="So", by=cast.bob)
    set_advice_aside(promise, number="ADV-02", reason="It is public", by=cast.alice)
    with refused("ART-56"):
        set_advice_aside(promise, number="ADV-02", reason="Again", by=cast.alice)
    shown = page(cast, "read_promise", promise)
    assert "It is public" in shown
    take_advice_up(promise, number="ADV-02", by=cast.alice)
    assert "It is public" not in page(cast, "read_promise", promise)
    jargon = revise_promise(
        promise, terms=terms_of(promise, what_changes="holistic days"), by=cast.alice
    )
    set_advice_aside(jargon, number="ADV-08", reason="They use it", by=cast.alice)
    other = revise_promise(
        jargon, terms=terms_of(jargon, what_changes="robust days"), by=cast.alice
    )
    one = next(each for each in advice_given(other, today=TODAY) if each.advice.number == "ADV-08")
    assert one.set_aside is None
    set_advice_aside(other, number="ADV-08", reason="They do", by=cast.alice)
    assert AdviceSetAside.objects.filter(number="ADV-08", is_taken_up=True).count() == 1
    assert verify().problems == []


def test_reasons_are_for_the_parties_and_locked_with_the_promise(cast: Cast) -> None:
    held = building.advice_set_aside(cast)
    proposal = submit_proposal(held.promise.proposal, by=cast.alice)
    assert "by telephone" in page(cast, "read_promise", held.promise, who="erin")
    assert "by telephone" in page(cast, "read_promise", held.promise, who="grace")
    with refused("ART-05"):
        take_advice_up(held.promise, number="ADV-02", by=cast.alice)
    for act in (
        lambda: AdviceSetAside.objects.filter(pk=held.pk).update(is_taken_up=True),
        lambda: AdviceSetAside.objects.filter(pk=held.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    decide_proposal(proposal, outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    for who in ("nobody", "charlie", "dana"):
        shown = page(cast, "read_promise", held.promise, who=who)
        assert "All it says" in shown
        assert "by telephone" not in shown
        assert "Advice" not in shown
    assert [reads_advice(p, proposal=proposal) for p in (None, cast.bob, cast.erin)] == [
        False, True, True,
    ]  # fmt: skip


def test_advice_on_all_promises_asks_no_more_for_more(cast: Cast) -> None:
    first = loop.a_draft_promise(cast)
    draft = first.proposal

    def asked() -> tuple[int, dict[int, list[str]]]:
        with CaptureQueriesContext(connection) as queries:
            found = advice_by_promise(draft, promises=promises_of(draft))
        return len(queries), {
            key: [each.advice.number for each in rows] for key, rows in found.items()
        }

    few, found = asked()
    assert found == {first.pk: given(first)}
    for number in range(5):
        add_promise(draft, terms=terms_of(first, what_changes=f"they rest {number}"), by=cast.alice)
    many, found = asked()
    assert len(found) == 6
    assert many <= few
    assert "ADV-12" in found[first.pk + 1]


def test_whoever_decides_reads_what_helps_to_weigh_each_promise(cast: Cast) -> None:
    power = building.a_power(cast)
    draft = power.promise.proposal
    small = terms_of(power.promise, target=5.15, evidence_level=1, evidence="A plan")
    revise_promise(power.promise, terms=small, by=cast.alice)
    sent = submit_proposal(draft, by=cast.alice)
    client = Client()
    client.force_login(cast.erin)
    for name in ("proposal", "decide_proposal"):
        shown = client.get(reverse(name, args=[sent.code])).content.decode()
        assert "Evidence: level 1 of 5" in shown
        assert "Could be told from chance: most likely not." in shown
        assert "Worth a year: not valued." in shown
        assert "3 pieces of advice not followed" in shown
    decide_proposal(sent, outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    public = Client().get(reverse("proposal", args=[sent.code])).content.decode()
    assert "most likely not" in public
    assert "of advice" not in public


def test_power_is_kept_with_its_inputs_and_said_plainly(cast: Cast) -> None:
    power = building.a_power(cast)
    assert power.change == pytest.approx(0.7)
    assert power.periods == 12
    assert power.known == 36
    assert len(power.history) == 36
    assert "would show a fall of" in power.sentence
    shown = page(cast, "read_promise", power.promise)
    for words in (power.sentence, "Staff absence rate, before the start", "Our payroll", "<svg"):
        assert words in shown
    assert verify().problems == []


def test_power_is_worked_out_again_when_terms_change_and_marked_where_it_cannot(
    cast: Cast,
) -> None:
    power = building.a_power(cast)
    promise = revise_promise(
        power.promise, terms=terms_of(power.promise, why_believed="So it is"), by=cast.alice
    )
    assert power_of(promise) == power
    promise = revise_promise(promise, terms=terms_of(promise, target=3.0), by=cast.alice)
    newer = power_of(promise)
    assert newer is not None
    assert newer.pk != power.pk
    assert newer.change == pytest.approx(2.2)
    assert not is_stale(newer, promise=promise)
    early = terms_of(promise, starts_on=date(2021, 6, 1))
    promise = revise_promise(promise, terms=early, by=cast.alice)
    assert power_of(promise) == newer
    assert is_stale(newer, promise=promise)
    assert "Out of date" in page(cast, "read_promise", promise)


def test_a_change_too_small_to_tell_is_advised_on(cast: Cast) -> None:
    power = building.a_power(cast)
    small = revise_promise(power.promise, terms=terms_of(power.promise, target=5.15), by=cast.alice)
    assert "ADV-17" in given(small)
    assert not power_of(small).can_be_told


def test_too_little_history_and_bad_figures_are_said_plainly(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    with refused("ART-61", saying="there are 12"):
        work_out_power(promise, chosen=building.typed(12), by=cast.alice)
    flat = b"period,value\n" + b"".join(b"2022-%02d,5\n" % m for m in range(1, 13)) + b"2023-01,5\n"
    weekly = b"period,value\n" + b"".join(b"2022-01-%02d,%d\n" % (d, d) for d in range(1, 15))
    for data, number in (
        (flat, "ART-62"),
        (weekly, "ART-62"),
        (b"period,value\n2022-01,x\n", "ART-62"),
        (b"\xff\x00", "ART-62"),
        (b"", "ART-62"),
    ):
        with refused(number):
            chosen = HistoryChosen(origin=HistoryFrom.TYPED, source="Ours", data=data)
            work_out_power(promise, chosen=chosen, by=cast.alice)
    story = replace(
        terms_of(promise), how_known=HowKnown.STORIES, measure=None, baseline=None,
        alternative=None, target=None, what_changes="they sleep",
    )  # fmt: skip
    told = add_promise(promise.proposal, terms=story, by=cast.alice)
    with refused("ART-63"):
        work_out_power(told, chosen=building.typed(), by=cast.alice)
    assert not PromisePower.objects.exists()


def own_series(cast: Cast, promise: Promise) -> Series:
    assert promise.measure
    series = open_series(
        measure=promise.measure, keeper=cast.provider, organisation=cast.provider,
        about="All our teams", source="Our payroll", by=cast.alice,
    )  # fmt: skip
    import_history(
        series, values=building.figures(), source="a.csv", stream="measures", by=cast.alice
    )
    return series


def test_power_takes_own_figures_typed_ones_and_a_file(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    series = own_series(cast, promise)
    client = Client()
    client.force_login(cast.alice)
    path = reverse("work_out_power", args=[promise.proposal.code, promise.position])
    assert "Ours: All our teams" in client.get(path).content.decode()
    assert client.post(path, {"history": series.reference}).status_code == 302
    from_series = power_of(promise)
    assert (from_series.series, from_series.origin) == (series, HistoryFrom.OWN)
    import_history(
        series, values={date(2024, 1, 1): 4.9}, source="b.csv", stream="measures", by=cast.alice
    )
    assert is_stale(from_series, promise=promise)
    missing = html.unescape(client.post(path, {"history": "typed"}).content.decode())
    assert "Give the figures, one a line" in missing
    assert "Say where the figures come from" in missing
    lines = building.as_typed(building.figures())
    typed = {"history": "typed", "figures": lines, "source": "Our payroll"}
    assert client.post(path, typed).status_code == 302
    bad = html.unescape(client.post(path, typed | {"figures": "2024-01 x"}).content.decode())
    assert "Line 2" in bad
    assert "2024-01 x" in bad
    rows = SimpleUploadedFile("a.csv", building.typed().data)
    assert (
        client.post(path, {"history": "typed", "source": "Ours", "file": rows}).status_code == 302
    )
    assert PromisePower.objects.count() == 3
    strange = client.post(path, {"history": "M-NONE"})
    assert "Choose one of the answers given" in strange.content.decode()


def test_power_stays_as_it_was_sent(cast: Cast) -> None:
    power = building.a_power(cast)
    submit_proposal(power.promise.proposal, by=cast.alice)
    with refused("ART-05"):
        work_out_power(power.promise, chosen=building.typed(), by=cast.alice)
    for act in (
        lambda: PromisePower.objects.filter(pk=power.pk).update(sentence="All is well"),
        lambda: PromisePower.objects.filter(pk=power.pk)._raw_delete("default"),
        lambda: PromisePower.objects.create(
            **{
                field.name: getattr(power, field.name)
                for field in PromisePower._meta.concrete_fields
                if not field.primary_key
            }
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert power.sentence in page(cast, "read_promise", power.promise, who="erin")


def test_a_promise_begins_from_an_earlier_one_of_the_same_provider(cast: Cast) -> None:
    first = loop.a_draft_promise(cast)
    need = first.proposal.need
    second = start_proposal(
        need=need, provider=cast.provider, title="Another", summary="s", by=cast.alice
    )
    client = Client()
    client.force_login(cast.alice)
    listed = reverse("copy_promise", args=[second.code])
    assert first.reference in client.get(listed).content.decode()
    assert first.reference not in client.get(listed, {"q": "nowhere"}).content.decode()
    path = reverse("add_promise", args=[second.code])
    begun = client.get(path, {"from": first.reference}).content.decode()
    assert f'value="{first.what_changes}"' in begun
    assert 'name="due_on_year" type="text" inputmode="numeric" value=""' in begun
    client.force_login(cast.charlie)
    theirs = start_proposal(
        need=need, provider=cast.stranger, title="Theirs", summary="s", by=cast.charlie
    )
    other = client.get(reverse("add_promise", args=[theirs.code]), {"from": first.reference})
    assert first.what_changes not in other.content.decode()
    assert (
        "No earlier promises"
        in client.get(reverse("copy_promise", args=[theirs.code])).content.decode()
    )


def test_the_library_leads_to_a_promise_on_a_measure(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    client = Client()
    client.force_login(cast.alice)
    measure = client.get(reverse("measure", args=[promise.measure.slug])).content.decode()
    path = reverse("promise_on", args=[promise.measure.slug])
    assert path in measure
    assert promise.proposal.title in client.get(path).content.decode()
    add = reverse("add_promise", args=[promise.proposal.code])
    begun = client.get(add, {"measure": promise.measure.slug}).content.decode()
    assert f'value="{promise.measure.slug}" selected' in begun
    retire_measure(promise.measure, reason="Nobody counts it", by=cast.alice)
    assert "This measure is retired" in client.get(path).content.decode()
    begun = client.get(add, {"measure": promise.measure.slug}).content.decode()
    assert f'value="{promise.measure.slug}"' not in begun
    client.force_login(cast.erin)
    assert client.get(path).status_code == 403


def test_an_alternative_takes_measures_in_use_and_keeps_what_they_said(cast: Cast) -> None:
    measured = loop.a_measured_alternative(cast)
    assert measured.measure_version == MeasureVersion.objects.get(measure=measured.measure)
    retired = retire_measure(measured.measure, reason="Nobody counts it", by=cast.alice)
    form = AlternativeForm(is_published=True)
    assert retired not in form.fields["measure"].queryset
    figures = loop.AlternativeFigures(
        measure=retired, baseline=4.0, reaches=4.0, by_on=loop.DUE_ON, source="Payroll"
    )
    revised = revise_alternative(measured, figures=figures, reason="Wrong", by=cast.erin)
    assert revised.measure_version == measured.measure_version
    strike_out_alternative(revised, reason="Wrong", by=cast.erin)
    with refused("MEA-16"):
        measure_alternative(measured.need, figures=figures, reason="Right", by=cast.erin)
