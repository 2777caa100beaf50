"""The kinds of organisation and the roles a member may hold."""

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
    """What an organisation is in law."""

    CIC = "community interest company"
    CHARITY = "charity"
    COMMUNITY_BENEFIT = "community benefit society"
    COOPERATIVE = "co-operative society"
    COMPANY = "company"
    PUBLIC_BODY = "public body"
    IN_FORMATION = "in formation"


class Role(StrEnum):
    """What a member may do for an organisation."""

    OWNER = "owner"
    EDITOR = "editor"
    RECORDER = "recorder"
    SIGNATORY = "signatory"
    ASSESSOR = "assessor"
    AUDITOR = "auditor"
    READER = "reader"


class Right(StrEnum):
    """A kind of act, as words that follow “may”."""

    MANAGE = "manage members"
    WRITE = "write and decide"
    RECORD = "record what happened"
    SIGN = "sign contracts"
    ASSESS = "assess evidence"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset({Right.MANAGE, Right.WRITE, Right.RECORD, Right.SIGN}),
    Role.EDITOR: frozenset({Right.WRITE, Right.RECORD}),
    Role.RECORDER: frozenset({Right.RECORD}),
    Role.SIGNATORY: frozenset({Right.SIGN}),
    Role.ASSESSOR: frozenset({Right.ASSESS}),
    Role.AUDITOR: frozenset(),
    Role.READER: frozenset(),
}


def roles_with(right: Right) -> tuple[Role, ...]:
    """Return the roles that carry ``right``, in the order people know them."""
    return tuple(role for role, rights in RIGHTS.items() if right in rights)
