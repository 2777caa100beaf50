"""What must be true of what an organisation says of itself."""

from collections.abc import Sequence
from datetime import date

from makegood.kernel.refusal import RuleBroken
from makegood.people.registers import OTHER, REGISTERS, Identified, identified


def check_one_of_the_same_name_is_another(like: Sequence[str], *, is_another: bool) -> None:
    """PEO-43 A name is not taken twice unawares: whoever registers has seen who has such a name already.

    ``like`` are those; ``is_another`` says that whoever registers knows them, and means none of them.
    """
    if like and not is_another:
        raise RuleBroken(
            "PEO-43",
            f"{', '.join(like)} may be it already. Look, or say that you mean another one.",
        )


def check_an_identifier_is_written_as_in_its_register(text: str, *, scheme: str) -> Identified:
    """PEO-20 An identifier can be looked up: it is written as its register writes it.

    Noughts in front, capitals and spaces are put right. Any other register of org-id.guide may be
    named by its code.
    """
    found = identified(text, scheme=scheme)
    if found:
        return found
    register = REGISTERS.get(scheme)
    if scheme == OTHER or register is None:
        raise RuleBroken(
            "PEO-20",
            f"“{text}” is not an identifier we can read. "
            "Write the register's code, a hyphen and the number, like NL-KVK-27264198.",
        )
    examples = " or ".join(register.examples)
    raise RuleBroken(
        "PEO-20", f"“{text}” is not a number of {register.name}. Write it like {examples}."
    )


def check_an_identifier_is_one_organisations_own(*, holder: str, identifier: str) -> None:
    """PEO-21 An identifier tells organisations apart: it is the own number of one alone.

    ``holder`` names whoever has it, "" where nobody does. Those within a larger body may show its
    number as their parent body's.
    """
    if holder:
        raise RuleBroken(
            "PEO-21",
            f"{holder} has {identifier} here. If it is your parent body's number, say so. "
            "If it is yours, ask the support unit.",
        )


def check_an_identifier_is_given_once(*, is_there: bool, identifier: str) -> None:
    """PEO-22 An identifier is given once: an organisation does not show the same number twice."""
    if is_there:
        raise RuleBroken("PEO-22", f"You gave {identifier} already. Nothing was added twice.")


def check_an_area_stands(*, name: str, until_on: date | None, today: date) -> None:
    """PEO-23 An area stands: nobody begins to work in one that has been abolished."""
    if until_on is not None and until_on < today:
        day = f"{until_on:%-d %B %Y}"
        raise RuleBroken(
            "PEO-23", f"{name} came to an end on {day}. Choose the area that followed it."
        )


def check_a_contact_can_be_reached(*, email: str, telephone: str) -> None:
    """PEO-24 A contact can be reached: it has an e-mail address or a telephone number."""
    if not (email or telephone):
        raise RuleBroken("PEO-24", "Give an e-mail address or a telephone number, or both.")


def check_an_offer_is_made_once(*, is_open: bool, side: str) -> None:
    """PEO-25 An offer is made once: the same words do not stand open twice."""
    if is_open:
        raise RuleBroken("PEO-25", f"You have this {side} already. Nothing was added twice.")


def check_a_share_can_be_counted(
    *, words: str, people: int, disabled: int, may_be_nobody: bool
) -> None:
    """PEO-26 A share can be counted: nobody counts more than there are, and every board has somebody."""
    if disabled > people:
        raise RuleBroken(
            "PEO-26", f"Of {words}, {disabled} cannot be disabled people: there are {people}."
        )
    if people == 0 and not may_be_nobody:
        raise RuleBroken("PEO-26", f"Count the people of {words}. There is at least one.")


def check_a_share_is_evidenced(*, words: str, people: int, evidence: str) -> None:
    """PEO-27 A share is evidenced: whoever counts people says how they know."""
    if people and not evidence.strip():
        raise RuleBroken("PEO-27", f"Say how you know how many of {words} are disabled people.")


def check_a_share_is_reached_on_a_day_to_come(
    *, words: str, towards_on: date | None, today: date
) -> None:
    """PEO-28 Working towards has its day: the day by which a share will be reached is to come."""
    if towards_on is not None and towards_on <= today:
        raise RuleBroken(
            "PEO-28", f"The day for {words} is past. Give one that is to come, or leave it empty."
        )


def check_enough_of_them_are_disabled_people(*, short: Sequence[str]) -> None:
    """PEO-29 A DPULO is led by disabled people: enough of its board, staff and volunteers are.

    ``short`` says of each share that is too small how small it is. How many are enough are settings.
    """
    if short:
        raise RuleBroken("PEO-29", " ".join(short))
