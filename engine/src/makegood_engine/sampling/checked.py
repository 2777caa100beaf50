"""A checked sample taken back: whether it is the one that was drawn, and what it shows."""

from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa

from makegood_engine.sampling.bound import Bound, error_bound
from makegood_engine.sampling.draw import draw_sample, size_for
from makegood_engine.sampling.items import CHECKED, Items
from makegood_engine.tables import ROW, Fault, FaultList, from_arrow, read_table, whole_file


@dataclass(frozen=True, slots=True)
class CheckedSample:
    """The bound over all items, and each provider's own: (its items, how many drawn, wrong)."""

    bound: Bound
    providers: dict[str, Bound]

    def as_dict(self) -> dict[str, object]:
        """The answer as plain values."""
        return asdict(self)


def check_sample(
    items: Items,
    checked: str | Path | pa.Table,
    *,
    seed: str,
    confidence: float = 0.95,
    size: int | None = None,
) -> CheckedSample:
    """Draw the sample again, see that it is this one, and bound the errors among all items.

    `size` is what was published of it. Without one, a sample from whose end something was left out
    passes for a smaller one, wherever such a one could have been drawn. Raises `TableError` naming
    the row of an item that was not drawn, or the item that is not there.
    """
    is_table = isinstance(checked, pa.Table)
    faults = FaultList(CHECKED.name if is_table else Path(str(checked)).name)
    reads = from_arrow if is_table else read_table
    table = reads(checked, CHECKED)
    rows = [int(row) for row in table[ROW].to_pylist()]
    found = dict(zip(table["item"].to_pylist(), table["wrong"].to_pylist(), strict=True))
    size = size or size_for(items.sizes, drawn=len(found))
    drawn = draw_sample(items.names, items.providers, seed=seed, size=size)
    names = {each.item for each in drawn}
    strange = len(set(found) - names)
    if 2 * strange > len(found):
        said = (
            f"{strange:,} of its {len(found):,} items are not in the sample of {len(drawn):,} drawn with "
            f"the seed “{seed}”. Is the seed right?"
        )
        raise whole_file(said, name=faults.name)
    for row, item in zip(rows, found, strict=True):
        if item not in names:
            said = f"{item} is not in the sample of {len(drawn):,} drawn with the seed “{seed}”."
            faults.add([Fault(row, "item", item, said)])
    faults.raise_if_any()
    for each in drawn:
        if each.item not in found:
            said = f"{each.item} was drawn, but is not here."
            faults.add([Fault(None, "item", each.item, said)])
    faults.raise_if_any()
    strata = {
        provider: (
            held,
            sum(each.provider == provider for each in drawn),
            sum(each.provider == provider and found[each.item] for each in drawn),
        )
        for provider, held in items.sizes.items()
    }
    own = {name: error_bound([part], confidence=confidence) for name, part in strata.items()}
    return CheckedSample(error_bound(list(strata.values()), confidence=confidence), own)
