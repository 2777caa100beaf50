"""What must be true of a contract that goes to another provider."""

from collections.abc import Collection
from datetime import date

from makegood.kernel.refusal import RuleBroken


def check_handover_has_its_reason(*, reason: str) -> None:
    """CON-90 A handover has its reason: everyone reads why another organisation delivers now."""
    if not reason.strip():
        raise RuleBroken("CON-90", "Say why. Once it is in force, everyone can read it.")


def check_all_have_signed(*, missing: Collection[str]) -> None:
    """CON-91 A contract is handed over by all it binds: the provider changes in no other way.

    The commissioner, the provider and the one that takes over sign the same. Nothing that is owed changes.
    ``missing`` says who has not signed.
    """
    if missing:
        have = "has" if len(missing) == 1 else "have"
        raise RuleBroken("CON-91", f"{' and '.join(missing)} {have} still to sign.")


def check_successor_can_take_over(*, is_provider: bool, is_party: bool, is_judge: bool) -> None:
    """CON-92 Who takes over is another provider: no party to the contract, and not who judges it."""
    if is_party:
        raise RuleBroken("CON-92", "Choose another organisation. This one is a party already.")
    if is_judge:
        raise RuleBroken("CON-92", "That organisation judges the evidence. Choose another one.")
    if not is_provider:
        raise RuleBroken("CON-92", "Choose an organisation that provides services.")


def check_handover_counts_in_its_contract(from_on: date, *, starts_on: date, ends_on: date) -> None:
    """CON-93 A handover counts from a day of its contract: never from before it, or after it."""
    if not starts_on <= from_on <= ends_on:
        raise RuleBroken(
            "CON-93",
            f"Choose a day while the contract runs: {starts_on:%-d %B %Y} to {ends_on:%-d %B %Y}.",
        )


def check_handover_is_being_written(*, is_drafting: bool) -> None:
    """CON-94 What was proposed stays as it was read: withdraw a handover, and begin another."""
    if not is_drafting:
        raise RuleBroken("CON-94", "This was proposed. Withdraw it, then begin another.")


def check_handover_waits_for_its_day(from_on: date, *, today: date) -> None:
    """CON-95 A handover waits for its day: until then the provider goes on as before."""
    if today < from_on:
        raise RuleBroken("CON-95", f"It counts from {from_on:%-d %B %Y}. Wait until then.")


def check_it_ends_before_it_is_handed_over(
    end: date, *, successor: str, from_on: date | None
) -> None:
    """CON-98 What all signed is kept or cancelled whole: a contract ends before it is handed over, or after.

    ``from_on`` is the day from which ``successor`` takes over, where all have signed that it does.
    """
    if from_on is not None and end >= from_on:
        raise RuleBroken(
            "CON-98",
            f"{successor} takes over on {from_on:%-d %B %Y}. Choose a last day before that, "
            f"or end it once {successor} delivers. Notice given by then still counts.",
        )


def check_who_closed_does_not_sign(*, closed: str) -> None:
    """CON-96 Who closed does not sign: then the others sign, and everyone reads why it is two."""
    if closed:
        raise RuleBroken("CON-96", f"{closed} closed. The others sign without it.")


def check_successor_is_there(*, closed: str) -> None:
    """CON-97 Who takes over is there: a contract is never handed to one that closed."""
    if closed:
        raise RuleBroken("CON-97", f"{closed} closed. Choose another organisation.")
