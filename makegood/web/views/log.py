"""The ledger as other people's programs read it: checkpoint, tiles, entries (c2sp.org/tlog-tiles)."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.gzip import gzip_page

from makegood.kernel.ledger.bundles import bundled, entries_in
from makegood.kernel.ledger.checkpoints import checkpoint_of, newest_checkpoint
from makegood.kernel.ledger.prove import covers, proof_of
from makegood.kernel.ledger.tiles import Place
from makegood.kernel.ledger.trace import entries
from makegood.kernel.ledger.tree import hashes_in, is_kept
from makegood.web.queries.log import proof_file
from makegood.web.queries.trace import kept_back

FOR_GOOD = "public, max-age=31536000, immutable"
BYTES = "application/octet-stream"
TEXT = "text/plain; charset=utf-8"
STANDS_STILL = (
    "Among these entries is part of a decision that stands still. They are told once it is public."
)


@login_not_required
def checkpoint(_: HttpRequest) -> HttpResponse:
    """Give the newest signed root, as a note."""
    newest = newest_checkpoint()
    if newest is None:
        raise Http404("No checkpoint is signed here yet.")
    return HttpResponse(newest.note, TEXT, headers={"Cache-Control": "no-cache"})


@login_not_required
def checkpoint_kept(_: HttpRequest, size: int) -> HttpResponse:
    """Give the checkpoint of a size, as it was signed then."""
    found = checkpoint_of(size)
    if found is None:
        raise Http404("No checkpoint was signed at that size.")
    return HttpResponse(found.note, TEXT, headers={"Cache-Control": FOR_GOOD})


@login_not_required
def tile(_: HttpRequest, place: Place) -> HttpResponse:
    """Give the hashes of a tile that the tree has, or had in that width when a root was kept."""
    hashes = hashes_in(place) if is_kept(place) else None
    if hashes is None:
        raise Http404("The ledger has no such tile.")
    return HttpResponse(hashes, BYTES, headers={"Cache-Control": FOR_GOOD})


@login_not_required
@gzip_page
def tile_of_entries(_: HttpRequest, place: Place) -> HttpResponse:
    """Give the entries of a tile of leaves; not yet, where one says what nobody is to learn yet."""
    found = entries_in(place) if is_kept(place) else []
    if len(found) < place.width:
        raise Http404("The ledger has no such tile.")
    if kept_back(found):
        raise PermissionDenied(STANDS_STILL)
    return HttpResponse(bundled(found), BYTES, headers={"Cache-Control": FOR_GOOD})


@login_not_required
def proof(_: HttpRequest, stream: str, seq: int) -> HttpResponse:
    """Give the proof that an entry stands in the tree of the newest checkpoint, to keep."""
    shown = get_object_or_404(entries(), stream=stream, seq=seq)
    newest = newest_checkpoint()
    if newest is None or not covers(newest, entry=shown):
        raise Http404("This entry is in no checkpoint yet.")
    said = proof_of(shown, checkpoint=newest, with_words=not kept_back([shown]))
    response = HttpResponse(said, TEXT)
    response["Content-Disposition"] = f'attachment; filename="{proof_file(shown)}"'
    return response
