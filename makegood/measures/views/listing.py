"""Screens to take in many measures: from a file, or those that come with Makegood."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.kernel.exports import rejected
from makegood.measures import actions, queries
from makegood.measures.forms import MeasureFileForm, StarterForm
from makegood.measures.listing import COLUMNS
from makegood.measures.permissions import can_keep_for_some, can_look_after_library
from makegood.measures.states import UploadState
from makegood.people.queries import acting, organisations_writing
from makegood.people.states import Kind


def import_measures(request: HttpRequest) -> HttpResponse:
    """Send a file of measures, to be shown before any is kept."""
    person = acting(request.user)
    can_keep_for_some(person).require()
    form = MeasureFileForm(
        request.POST or None, request.FILES or None, keepers=organisations_writing(person)
    )
    if request.method == "POST" and form.is_valid():
        file, keeper = form.cleaned_data["file"], form.cleaned_data["keeper"]
        sent = tried(
            form,
            lambda: actions.preview_measures(
                data=file.read(), file_name=file.name, keeper=keeper, by=person
            ),
        )
        if sent:
            return redirect("measure_file", reference=sent.reference)
    waiting = queries.measure_files_visible_to(person).filter(state=UploadState.PREVIEWED)
    context = {"form": form, "columns": COLUMNS, "waiting": waiting[:20]}
    return render(request, "measures/import_measures.html", context)


def measure_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what a file holds, row by row; keep it or throw it away."""
    person = acting(request.user)
    shown = get_object_or_404(queries.measure_files_visible_to(person), reference=reference)
    if request.method == "POST" and "discard" in request.POST:
        actions.discard_measures(shown, by=person)
        messages.success(request, "The file was thrown away. No measure was kept.")
        return redirect("import_measures")
    if request.method == "POST":
        kept = actions.store_measures(shown, by=person)
        s = "" if kept.rows_added == 1 else "s"
        messages.success(request, f"{kept.rows_added} new measure{s} in the library.")
        return redirect("measure_file", reference=reference)
    return render(request, "measures/measure_file.html", {"file": shown})


def rejected_measures(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the bad rows of a file back, each with its reason, to be mended and sent again."""
    person = acting(request.user)
    shown = get_object_or_404(queries.measure_files_visible_to(person), reference=reference)
    bad_rows = (
        {**bad, "cells": {name: bad["cells"].get(held) for name, held in COLUMNS.items()}}
        for bad in shown.bad_rows
    )
    return rejected(shown.reference, list(COLUMNS), bad_rows)


def add_starter_measures(request: HttpRequest) -> HttpResponse:
    """Add the measures that come with Makegood."""
    person = acting(request.user)
    can_look_after_library(person).require()
    units = organisations_writing(person).filter(kind=Kind.SUPPORT_UNIT)
    form = StarterForm(request.POST or None, keepers=units)
    if request.method == "POST" and form.is_valid():
        keeper = form.cleaned_data["keeper"]
        loaded = tried(form, lambda: actions.load_starter_measures(keeper=keeper, by=person))
        if loaded:
            return render(request, "measures/starter_added.html", {"loaded": loaded})
    return render(request, "measures/add_starter_measures.html", {"form": form})
