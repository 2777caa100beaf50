"""What measures answers when it hears that an organisation is to be merged into another."""

from django.dispatch import receiver

from makegood.measures.queries import pools_of, series_kept_of_others
from makegood.people.models import Organisation
from makegood.people.signals import merging_asked


@receiver(merging_asked)
def name_what_it_keeps(*, organisation: Organisation, **_: object) -> list[str]:
    """Say that it keeps pools, or figures of others: nobody else could go on with them."""
    pools = [f"it keeps the pool “{pool}”" for pool in pools_of(organisation)]
    series = series_kept_of_others(organisation).count()
    return [*pools, f"it keeps {series} series of figures of others"] if series else pools
