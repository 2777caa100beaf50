"""What must be true of what is captured."""

from makegood.kernel.refusal import RuleBroken


def check_contract_is_in_force(*, in_force: bool) -> None:
    """CAP-01 Capture follows signature: evidence is recorded once both sides have signed."""
    if not in_force:
        raise RuleBroken("CAP-01", "The contract is not signed by both sides yet.")


def check_story_link_is_open(*, is_open: bool) -> None:
    """CAP-02 A story comes by an open link: a closed one takes no more stories."""
    if not is_open:
        raise RuleBroken("CAP-02", "This page no longer takes stories. Nothing you wrote was sent.")


def check_named_story_has_a_name(*, is_named: bool, first_name: str) -> None:
    """CAP-03 Consent rules publication: a name is shown only where it was given for that."""
    if is_named and not first_name.strip():
        raise RuleBroken("CAP-03", "Write your first name, or choose “without my name”.")


def check_commitment_is_in_numbers(*, has_series: bool) -> None:
    """CAP-04 Figures belong to a measure: a promise known by stories takes no figures."""
    if not has_series:
        raise RuleBroken("CAP-04", "This promise is known by stories. It takes no figures.")
