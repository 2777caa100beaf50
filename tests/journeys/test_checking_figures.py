"""Figures and documents are disputed and settled; samples are drawn and looked through, on a phone."""

from __future__ import annotations

from collections.abc import Callable

from makegood.capture.models import Sample
from tests.factories.cast import Cast
from tests.factories.checking import a_figure, a_figure_found_wrong
from tests.factories.giving_documents import a_document
from tests.factories.sampling import a_contract_with_figures
from tests.factories.sampling_programmes import a_programme_with_figures
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


def test_a_sample_is_drawn_looked_through_and_closed(visitor: Arrive, cast: Cast) -> None:
    contract = a_contract_with_figures(cast, figures=1)
    dana = visitor(width=360, scripts=False)
    dana.become(cast.dana)
    dana.open(f"/contracts/{contract.reference}/")
    dana.follow("Samples of the figures")
    dana.see("No sample was drawn yet")
    dana.press("Draw a sample")
    dana.see("1 figure of")
    dana.press("Draw them")
    dana.see("1 of 1 figures are drawn")
    dana.press("Look through it")
    dana.choose("It is wrong")
    dana.press("Keep what I found")
    dana.see("Give the true figure.")
    dana.write("If it is wrong, the true figure", "4.4")
    dana.press("Keep what I found")
    dana.see("What you found of 1 figure is kept.")
    dana.open(f"/samples/{Sample.objects.get().reference}/")
    dana.press("Close the sample")
    dana.press("Close the sample")
    dana.see("1 of 1 figures drawn was found wrong.")


def test_a_figure_is_disputed_answered_and_settled(visitor: Arrive, cast: Cast) -> None:
    commitment = a_figure(cast).series.commitments.get()
    page = f"/commitments/{commitment.reference}/figures/2024-04/"
    erin, alice = visitor(width=360), visitor()
    erin.become(cast.erin)
    alice.become(cast.alice)
    erin.open(page)
    erin.follow("Say that it is not right")
    erin.write("Why is it not right?", "Two of the ten teams are left out")
    erin.press("Dispute the figure")
    erin.see("The provider has not answered yet.")
    alice.open("/desk/")
    alice.follow("Answer the dispute of a figure")
    alice.write("Your answer", "They joined in May")
    alice.press("Answer the dispute")
    erin.open(page)
    erin.press("Resolve the dispute")
    erin.choose("The figure stands")
    erin.write("Why?", "They did")
    erin.press("Resolve the dispute")
    erin.see("The dispute is resolved.")


def test_a_figure_found_wrong_is_marked_asked_about_and_corrected(
    visitor: Arrive, cast: Cast
) -> None:
    figure = a_figure_found_wrong(cast)
    commitment = figure.series.commitments.get()
    page = f"/commitments/{commitment.reference}/figures/2024-04/"
    stranger, alice = visitor(width=360), visitor(width=360, scripts=False)
    stranger.open(page)
    stranger.see("Found wrong, not corrected")
    stranger.see("is asked to correct it.")
    assert commitment.promise
    stranger.open(f"/promises/{commitment.promise.reference}/")
    stranger.see("1 figure was found wrong and is not corrected.")
    alice.become(cast.alice)
    alice.open("/desk/")
    alice.follow("Correct a figure that was found wrong")
    alice.see("Two teams are left out")
    alice.write("The right figure", "5.1")
    alice.write("Why does it change?", "Two teams were left out")
    alice.press("Correct it")
    alice.see("April 2024 is corrected.")
    alice.open("/desk/")
    assert "found wrong" not in alice.page.content()
    stranger.open(page)
    stranger.see("5.1%")
    assert "Found wrong" not in stranger.page.content()


def test_a_sample_over_a_programme_is_drawn_by_one_and_looked_at_by_others(
    visitor: Arrive, cast: Cast
) -> None:
    programme = a_programme_with_figures(cast, figures=1, others=1)
    frank = visitor(width=360, scripts=False)
    frank.become(cast.frank)
    frank.open(f"/programmes/{programme.slug}/")
    frank.follow("Samples of the figures of all its contracts")
    frank.see("No sample was drawn yet")
    frank.press("Draw a sample")
    frank.see("2 figures of 2 providers")
    frank.press("Draw them")
    frank.see("2 of 2 figures are drawn")
    dana = visitor()
    dana.become(cast.dana)
    dana.open("/desk/")
    dana.follow("Look through a sample of figures")
    dana.see("2 of the 2 figures that were drawn are yours to look at")
    frank.press("Close the sample")
    frank.write("Why was not all of it looked at?", "The office was closed")
    frank.press("Close the sample")
    frank.see("2 of 2 figures drawn were")


def test_a_document_is_disputed_answered_and_settled(visitor: Arrive, cast: Cast) -> None:
    document = a_document(cast)
    page = f"/documents/{document.reference}/"
    erin, alice = visitor(width=360), visitor()
    erin.become(cast.erin)
    alice.become(cast.alice)
    erin.open(page)
    erin.follow("Say that it is not right")
    erin.write("Why is it not right?", "The night duties are left out")
    erin.press("Dispute the document")
    erin.see("The provider has not answered yet.")
    alice.open("/desk/")
    alice.follow("Answer the dispute of a document")
    alice.write("Your answer", "They stand on page 2")
    alice.press("Answer the dispute")
    erin.open(page)
    erin.press("Resolve the dispute")
    erin.choose("The document stands")
    erin.write("Why?", "They do")
    erin.press("Resolve the dispute")
    erin.see("The dispute is resolved.")
