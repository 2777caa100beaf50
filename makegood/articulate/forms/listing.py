"""How the list of somebody’s own proposals is narrowed."""

from makegood.articulate.queries import ProposalOrder, ProposalsSought, Stage
from makegood.kernel.filters import ListFilter, one_of


class ProposalFilter(ListFilter):
    """Narrows the list of proposals."""

    stage = one_of(
        "How far it is", [("", "All"), *((each.value, each.value.capitalize()) for each in Stage)]
    )
    order = one_of(
        "Sorted by",
        [
            ("", "The newest first"),
            (ProposalOrder.CLOSING.value, "What closes first"),
            (ProposalOrder.TITLE.value, "Title"),
        ],
    )

    def sought(self) -> ProposalsSought:
        """Return what is looked for."""
        self.is_valid()
        answers = self.answers
        return ProposalsSought(
            text=answers.get("q") or "",
            stage=answers.get("stage") or "",
            order=ProposalOrder(answers.get("order") or ProposalOrder.NEWEST),
        )
