"""The kinds of organisation, and the lists that describe them."""

from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is to the programme."""

    PROVIDER = "provider"
    COMMISSIONER = "commissioner"
    SUPPORT_UNIT = "support_unit"
    ASSESSOR = "assessor"
    AUDITOR = "auditor"

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return self.value.replace("_", " ")


class LegalForm(StrEnum):
    """What an organisation is in law; the value is what people call it."""

    CHARITY = "charity"
    CIO = "charitable incorporated organisation"
    CHARITABLE_COMPANY = "charitable company"
    TRUST = "trust"
    CIC = "community interest company"
    CIC_GUARANTEE = "community interest company limited by guarantee"
    CIC_SHARES = "community interest company limited by shares"
    COMMUNITY_BENEFIT = "community benefit society"
    COOPERATIVE = "co-operative society"
    COMPANY = "company"
    COMPANY_GUARANTEE = "company limited by guarantee"
    COMPANY_SHARES = "company limited by shares"
    LLP = "limited liability partnership"
    PARTNERSHIP = "partnership"
    SOLE_TRADER = "sole trader"
    UNINCORPORATED = "unincorporated association"
    IN_FORMATION = "in formation"
    COUNCIL = "council"
    COMBINED_AUTHORITY = "combined authority"
    NHS_TRUST = "NHS trust"
    FOUNDATION_TRUST = "NHS foundation trust"
    ICB = "integrated care board"
    HEALTH_BOARD = "health board"
    DEPARTMENT = "government department"
    PUBLIC_BODY = "public body"


LEGAL_FORMS: dict[str, tuple[LegalForm, ...]] = {
    "Charities": (
        LegalForm.CHARITY, LegalForm.CIO, LegalForm.CHARITABLE_COMPANY, LegalForm.TRUST,
    ),
    "Community interest companies": (
        LegalForm.CIC_GUARANTEE, LegalForm.CIC_SHARES, LegalForm.CIC,
    ),
    "Societies": (LegalForm.COMMUNITY_BENEFIT, LegalForm.COOPERATIVE),
    "Companies and partnerships": (
        LegalForm.COMPANY_GUARANTEE, LegalForm.COMPANY_SHARES, LegalForm.COMPANY,
        LegalForm.LLP, LegalForm.PARTNERSHIP, LegalForm.SOLE_TRADER,
    ),
    "Without a body in law, or not yet": (LegalForm.UNINCORPORATED, LegalForm.IN_FORMATION),
    "Public bodies": (
        LegalForm.COUNCIL, LegalForm.COMBINED_AUTHORITY, LegalForm.NHS_TRUST,
        LegalForm.FOUNDATION_TRUST, LegalForm.ICB, LegalForm.HEALTH_BOARD,
        LegalForm.DEPARTMENT, LegalForm.PUBLIC_BODY,
    ),
}  # fmt: skip
"""The legal forms in the groups people look for them in. Those that say less come after."""


class AreaKind(StrEnum):
    """What an area is."""

    COUNTRY = "country"
    REGION = "region"
    COUNTY = "county"
    COUNCIL = "council"
    ICB = "icb"

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return "integrated care board" if self is AreaKind.ICB else self.value


class ShownTo(StrEnum):
    """Who may see a contact or a founder, the widest first."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    MEMBERS = "members"

    def is_more_than(self, other: "ShownTo") -> bool:
        """Return whether more people see it than ``other``."""
        widest_first = list(ShownTo)
        return widest_first.index(self) < widest_first.index(other)


class OfferSide(StrEnum):
    """Whether something is given or looked for."""

    OFFER = "offer"
    NEED = "need"


class OfferKind(StrEnum):
    """What is offered or needed."""

    SKILL = "skill"
    TALENT = "talent"
    ASPIRATION = "aspiration"
    PLACE = "place"
    MONEY = "money"
    KNOWLEDGE = "knowledge"


class DpuloTest(StrEnum):
    """Whose share of disabled people is counted."""

    BOARD = "board"
    STAFF = "staff"
    VOLUNTEERS = "volunteers"

    @property
    def words(self) -> str:
        """Return whom it counts, as words that follow “of”."""
        return "volunteers" if self is DpuloTest.VOLUNTEERS else f"the {self.value}"

    @property
    def members(self) -> str:
        """Return whom it counts, as words that follow “how many”."""
        return {"board": "members of the board", "staff": "members of staff"}.get(
            self.value, self.value
        )

    @property
    def heading(self) -> str:
        """Return whom it counts, as a heading."""
        return {"board": "Your board", "staff": "Your staff"}.get(self.value, "Your volunteers")


class DpuloResult(StrEnum):
    """Whether an organisation is led by disabled people."""

    IS = "is"
    TOWARDS = "towards"
    NOT = "not"

    @property
    def words(self) -> str:
        """Return the result, as words that follow “you are”."""
        it = "a disabled people’s user-led organisation (DPULO)"
        return {"is": it, "towards": f"working towards being {it}"}.get(self.value, f"not {it}")


class Became(StrEnum):
    """What became of a row in a list of organisations."""

    NEW = "new"
    THERE = "there"
    CLAIMED = "claimed"
    REFUSED = "refused"
