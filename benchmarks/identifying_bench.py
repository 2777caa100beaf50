"""How much of what may tell who somebody is gets suggested, on invented sentences."""

from tests.identifying.measured import SENTENCES, UNSEEN, measured


def bench_identifying() -> list[tuple[str, str, str]]:
    """Return a row for the sentences the rules were made with, and one for those they never saw."""
    rows = []
    for words, place in (("made with", SENTENCES), ("never seen", UNSEEN)):
        found = measured(place)
        rows.append(
            (
                f"Names and the like suggested, sentences {words}",
                f"{found.recall:.0%} of {found.marked.total()}",
                f"{1 - found.precision:.0%} in vain",
            )
        )
    return rows
