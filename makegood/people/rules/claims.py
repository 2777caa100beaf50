"""What must be true of claims on an organisation."""

from makegood.kernel.refusal import RuleBroken
from makegood.people.states import MOST_CLAIMS, Kind


def check_a_claim_is_made_once(*, is_open: bool, is_owner: bool, organisation: str) -> None:
    """PEO-50 A claim is made once: whoever waits for a decision, or owns it already, does not claim."""
    if is_owner:
        raise RuleBroken("PEO-50", f"You are an owner of {organisation} already.")
    if is_open:
        raise RuleBroken(
            "PEO-50", f"Your claim to {organisation} waits already. Nothing was added twice."
        )


def check_a_claim_shows_something(*, domain: str, link: str, words: str) -> None:
    """PEO-51 A claim shows something: an address at its domain, a register, or at least own words."""
    if not (domain or link or words.strip()):
        raise RuleBroken(
            "PEO-51", "Give a link to a register that names you, or say how you can be known."
        )


def check_few_claims_wait(*, waiting: int) -> None:
    """PEO-52 Few claims wait: nobody claims organisations by the dozen."""
    if waiting >= MOST_CLAIMS:
        raise RuleBroken(
            "PEO-52", f"{MOST_CLAIMS} claims of yours wait already. Take one back, or wait."
        )


def check_nobody_decides_on_their_own_claim(*, is_own: bool) -> None:
    """PEO-53 Nobody decides on their own claim: another person looks at it."""
    if is_own:
        raise RuleBroken("PEO-53", "This claim is yours. Somebody else decides on it.")


def check_a_decision_on_a_claim_has_a_reason(reason: str) -> None:
    """PEO-54 A decision on a claim has a reason: the claimant is told why, whichever way it goes."""
    if not reason.strip():
        raise RuleBroken("PEO-54", "Say why. Whoever claims reads it.")


def check_an_operator_entrusts(*, is_operator: bool, kind: Kind) -> None:
    """PEO-55 Trust is given: an operator says which support unit decides on claims, no one else.

    Anybody may register a support unit; that alone gives no say over the organisations of others.
    """
    if not is_operator:
        raise RuleBroken("PEO-55", "Only an operator of this Makegood entrusts a support unit.")
    if kind != Kind.SUPPORT_UNIT:
        raise RuleBroken("PEO-55", "Only a support unit is entrusted with claims.")
