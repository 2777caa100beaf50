"""Screens on which a sample of figures is drawn, read, and closed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from makegood.articulate.queries import programmes, reach_of
from makegood.capture import actions, queries
from makegood.capture.analysis import HOW_DRAWN, enough_drawn
from makegood.capture.forms import CloseForm, DrawForm
from makegood.capture.permissions import (
    can_run_sample,
    can_sample,
    can_sample_programme,
    can_sample_programme_some,
    can_sample_some,
)
from makegood.contract.queries import contracts_visible_to
from makegood.kernel.answers import tried
from makegood.kernel.exports import table
from makegood.people.queries import acting, signed_in


@login_not_required
def samples(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the samples of a contract, and what each shows."""
    person = signed_in(request.user)
    contract = get_object_or_404(contracts_visible_to(person), reference=reference)
    context = {
        "contract": contract,
        "samples": queries.samples_of(contract),
        "may_draw": can_sample_some(person, contract=contract),
    }
    return render(request, "capture/samples.html", context)


def announce_sample(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how many figures are drawn, and draw them."""
    person = acting(request.user)
    contract = get_object_or_404(contracts_visible_to(person), reference=reference)
    can_sample_some(person, contract=contract).require()
    houses = queries.houses_sampling(contract)
    house = next(one for one in houses if can_sample(person, contract=contract, house=one))
    captured = len(queries.figures_to_draw(contract))
    sizes = {"": captured} if captured else {}
    form = DrawForm(request.POST or None, sizes=sizes, enough=enough_drawn(sizes))
    if request.method == "POST" and form.is_valid():
        size = form.cleaned_data["size"]
        announced = tried(
            form, lambda: actions.announce_sample(contract, size=size, house=house, by=person)
        )
        if announced:
            return redirect(actions.draw_sample(announced, by=person))
    context = {"contract": contract, "form": form, "house": house, "captured": captured}
    return render(request, "capture/announce_sample.html", context)


@login_not_required
def programme_samples(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the samples over all contracts of a programme, and what each shows."""
    person = signed_in(request.user)
    programme = get_object_or_404(programmes(), slug=slug)
    context = {
        "programme": programme,
        "samples": queries.samples_of(programme),
        "may_draw": person and can_sample_programme_some(person, programme=programme),
    }
    return render(request, "capture/programme_samples.html", context)


def announce_programme_sample(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how many figures are drawn over a programme, and draw them from every provider."""
    person = acting(request.user)
    programme = get_object_or_404(programmes(), slug=slug)
    can_sample_programme_some(person, programme=programme).require()
    house = next(
        one
        for one in queries.houses_sampling(programme)
        if can_sample_programme(person, programme=programme, house=one)
    )
    sizes = queries.sizes_of(queries.figures_to_draw(programme))
    form = DrawForm(request.POST or None, sizes=sizes, enough=enough_drawn(sizes))
    if request.method == "POST" and form.is_valid():
        size = form.cleaned_data["size"]
        announced = tried(
            form, lambda: actions.announce_sample(programme, size=size, house=house, by=person)
        )
        if announced:
            return redirect(actions.draw_sample(announced, by=person))
    context = {"programme": programme, "form": form, "house": house}
    context |= {"captured": sum(sizes.values()), "sizes": sizes}
    return render(request, "capture/announce_programme_sample.html", context)


@login_not_required
def sample(request: HttpRequest, reference: str) -> HttpResponse:
    """Read a sample: what was drawn, by which seed, what was found, and what that shows."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.sample_found(reference, person=person))
    items = list(queries.items_of(shown))
    may_run = person and can_run_sample(person, sample=shown)
    part = queries.items_looked_at(shown, reach=reach_of(person)) if shown.programme_id else []
    context = {
        "sample": shown,
        "items": items,
        "counts": queries.counted(items),
        "how_drawn": HOW_DRAWN,
        "may_sample": may_run,
        "may_look": may_run if shown.contract else bool(part),
    }
    return render(request, "capture/sample.html", context)


@login_not_required
def sample_drawn_from(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the names of all figures that could be drawn, to draw the sample again."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.sample_found(reference, person=person))
    if shown.providers is None:
        return table(f"{reference}-items.csv", ["item"], ([name] for name in shown.drawn_from))
    rows = zip(shown.drawn_from, shown.providers, strict=True)
    return table(f"{reference}-items.csv", ["item", "provider"], rows)


@require_POST
def draw_sample(request: HttpRequest, reference: str) -> HttpResponse:
    """Draw what was announced, where the ledger had not taken it in at once."""
    person = acting(request.user)
    held = get_object_or_404(queries.sample_found(reference, person=person))
    drawn = actions.draw_sample(held, by=person)
    if not drawn.seed:
        messages.info(request, "The ledger has not taken it in yet. Try again in a minute.")
    return redirect(drawn)


def close_sample(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a sample, once that is confirmed."""
    person = acting(request.user)
    held = get_object_or_404(queries.sample_found(reference, person=person))
    can_run_sample(person, sample=held).require()
    counts = queries.counted(list(queries.items_of(held)))
    data = request.POST if request.method == "POST" else None
    form = CloseForm(data, unanswered=counts["left"])
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data.get("why", "")
        closed = tried(form, lambda: actions.close_sample(held, why=why, by=person))
        if closed:
            messages.success(request, f"The sample is closed. {closed.sentence}")
            return redirect(closed)
    context = {"sample": held, "form": form, "counts": counts}
    return render(request, "capture/close_sample.html", context)
