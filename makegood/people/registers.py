"""The registers that give organisations their numbers, and how each writes them.

Codes and examples are those of org-id.guide (ODbL); patterns follow each register's own numbers. A code that
is not in the table is taken as it comes, if it looks like one.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

LONGEST = 60
OTHER = "other"
"""The choice of whoever has a number from a register we do not know."""
SCHEME_AND_VALUE = re.compile(r"([A-Z]{2}(?:_[A-Z]{2})?-(?:[0-9]{2}-)?[A-Z0-9_]{2,12})-(\S+)")


class Identified(NamedTuple):
    """A number and the register it stands in: ``GB-COH`` and ``09506232``."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


class Register(NamedTuple):
    """One register: its code at org-id.guide, what people call it, and what its numbers look like.

    ``tidy`` writes a number the way the register does; ``address`` leads to the public entry.
    """

    code: str
    name: str
    pattern: str
    examples: tuple[str, ...]
    tidy: Callable[[str], str] = str.upper
    address: str = ""


def _company(text: str) -> str:
    """Fill up with noughts: ``12345`` is ``00012345`` and ``SC12345`` is ``SC012345``."""
    parts = re.fullmatch(r"([A-Z]{0,2})([0-9]+)([A-Z]?)", text.upper())
    if parts is None:
        return text.upper()
    before, digits, after = parts.groups()
    return before + digits.zfill(8 - len(before) - len(after)) + after


def _scottish(text: str) -> str:
    digits = text.upper().removeprefix("SC")
    return f"SC{digits.zfill(6)}"


def _northern_irish(text: str) -> str:
    return text.upper().removeprefix("NIC")


REGISTERS: dict[str, Register] = {
    register.code: register
    for register in (
        Register(
            "GB-COH",
            "Companies House",
            r"[0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}|[A-Z]{2}[0-9]{5}[A-Z]",
            ("09506232", "SC123456"),
            _company,
            "https://find-and-update.company-information.service.gov.uk/company/{}",
        ),
        Register(
            "GB-CHC",
            "Charity Commission, England and Wales",
            r"[1-9][0-9]{5,6}",
            ("1090095", "279417"),
            address="https://register-of-charities.charitycommission.gov.uk/charity-details/?regid={}&subid=0",
        ),
        Register(
            "GB-SC",
            "Scottish Charity Register",
            r"SC[0-9]{6}",
            ("SC042386",),
            _scottish,
            "https://www.oscr.org.uk/about-charities/search-the-register/charity-details?number={}",
        ),
        Register(
            "GB-NIC",
            "Charity Commission for Northern Ireland",
            r"1[0-9]{5}",
            ("100019",),
            _northern_irish,
            "https://www.charitycommissionni.org.uk/charity-details/?regId={}&subId=0",
        ),
        Register(
            "GB-MPR",
            "Mutuals Public Register",
            r"[0-9]{1,6}[A-Z]{0,2}|[A-Z]{2}[0-9]{5,6}[A-Z]?",
            ("235C", "IP031455"),
        ),
        Register("GB-NHS", "NHS organisation codes (ODS)", r"[0-9A-Z]{3,10}", ("RAX", "01F")),
        Register("GB-LAE", "Local authorities, England", r"[A-Z]{3,4}", ("GED", "BAS")),
        Register("GB-LAS", "Local authorities, Scotland", r"[A-Z]{3}", ("ORK", "WLN")),
        Register("GB-LANI", "Local authorities, Northern Ireland", r"[A-Z]{3}", ("BFS", "AND")),
        Register("GB-PLA", "Local authorities, Wales", r"[A-Z]{3}", ("AGY", "NTL")),
        Register(
            "GB-GOR",
            "Government Organisation Register",
            r"[A-Z]{1,2}[0-9]{1,4}",
            ("D1198", "PB1204"),
        ),
        Register(
            "GB-EDU",
            "Schools, England and Wales",
            r"[0-9]{6}",
            ("125554",),
            address="https://get-information-schools.service.gov.uk/Establishments/Establishment/Details/{}",
        ),
        Register("GB-UKPRN", "Learning providers", r"[0-9]{8}", ("10000346",)),
        Register(
            "GB-SHPE",
            "Social housing providers, England",
            r"[A-Z]{0,2}[0-9]{4}",
            ("LH4401", "4793"),
        ),
        Register(
            "XI-LEI",
            "Legal entity identifiers (LEI)",
            r"[0-9A-Z]{18}[0-9]{2}",
            ("724500PMK2A2M1SQQ228",),
            address="https://search.gleif.org/#/record/{}",
        ),
        Register("XI-DUNS", "D-U-N-S numbers", r"[0-9]{9}", ("242183440",)),
        Register(
            "XI-ROR",
            "Research organisations (ROR)",
            r"0[0-9a-z]{6}[0-9]{2}",
            ("05asf4e91",),
            str.lower,
            "https://ror.org/{}",
        ),
        Register(
            "XI-WIKIDATA",
            "Wikidata",
            r"Q[1-9][0-9]*",
            ("Q152057",),
            address="https://www.wikidata.org/wiki/{}",
        ),
    )
}


def identified(text: str, *, scheme: str) -> Identified | None:
    """Return what was typed as its register writes it; ``None`` if it cannot be a number of it.

    ``scheme`` is a register's code, or ``OTHER`` where the text itself begins with one. A number
    may be typed with its code in front, with spaces, without leading noughts, in small letters.
    """
    typed = re.sub(r"\s+", "", text)
    if scheme not in REGISTERS:
        named = SCHEME_AND_VALUE.fullmatch(_code_first(typed))
        if named is None or len(typed) > LONGEST:
            return None
        scheme, typed = named.groups()
    register = REGISTERS.get(scheme)
    if register is None:
        return Identified(scheme, typed)
    value = register.tidy(_without_code(typed, code=register.code))
    fits = re.fullmatch(register.pattern, value)
    return Identified(scheme, value) if fits else None


def from_one_cell(text: str) -> Identified | None:
    """Return ``GB-COH-9506232`` as an identifier, the longest code first; ``None`` if it is none."""
    return identified(text, scheme=OTHER)


def address_of(scheme: str, *, value: str) -> str:
    """Return where the public register shows this number, "" where no address can be built."""
    register = REGISTERS.get(scheme)
    return register.address.format(value) if register else ""


def _without_code(typed: str, *, code: str) -> str:
    return typed[len(code) + 1 :] if typed.upper().startswith(f"{code}-") else typed


def _code_first(typed: str) -> str:
    """Return the text with its code in capitals, the number as it is: ``xi-ror-05asf4e91``."""
    begins = re.match(
        r"[a-z]{2}(?:_[a-z]{2})?-(?:[0-9]{2}-)?[a-z0-9_]{2,12}-", typed, re.IGNORECASE
    )
    return typed[: begins.end()].upper() + typed[begins.end() :] if begins else typed
