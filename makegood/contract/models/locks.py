"""What the database refuses: that a promise is lost, or that what was signed changes by one side alone."""

from django.db import models

from makegood.articulate.states import HowKnown
from makegood.contract.models.arrangements import Arrangement
from makegood.contract.models.contracts import Commitment, Contract, Decision, Disposition
from makegood.contract.states import ContractState, Fate, HandoverState, VariationState
from makegood.kernel.ledger.guards import Event, append_only, guard

LOST = (
    "EXISTS (SELECT 1 FROM articulate_promise p WHERE p.proposal_id = {proposal} "
    "AND NOT p.is_struck_out AND NOT EXISTS (SELECT 1 FROM contract_disposition d "
    "WHERE d.promise_id = p.id AND d.contract_id = {contract} AND (d.fate = 'not contracted' "
    "OR EXISTS (SELECT 1 FROM contract_commitment c WHERE c.promise_id = p.id "
    "AND c.contract_id = {contract} AND NOT c.is_dropped))))"
)
IS_LOST = "CON-01 No promise is lost: a promise has no disposition, so nobody can sign."
UNCOMPARED = (
    "EXISTS (SELECT 1 FROM contract_commitment c JOIN contract_contract k ON k.id = c.contract_id "
    "WHERE k.id = {contract} AND k.brought_in_at IS NULL AND NOT c.is_dropped "
    f"AND c.how_known <> '{HowKnown.STORIES}' AND c.pool_id IS NULL AND c.no_pool_because = '')"
)
IS_UNCOMPARED = "CON-53 With whom a commitment in numbers is compared is said before anybody signs."
TOLD_BY_FEWER = (
    "EXISTS (SELECT 1 FROM contract_commitment c "
    "JOIN contract_disposition d ON d.promise_id = c.promise_id "
    "JOIN articulate_promise p ON p.id = c.promise_id WHERE c.contract_id = {contract} "
    f"AND NOT c.is_dropped AND d.fate = '{Fate.AS_PROMISED}' AND p.told_by <> '' "
    "AND p.told_least > coalesce(c.stories_least, 0))"
)
SIGNED = f"('{ContractState.PART_SIGNED}', '{ContractState.IN_FORCE}')"
HELD = "(SELECT state FROM contract_contract WHERE id = {row}.contract_id)"
LOCKED = "CON-03 What was signed stays signed: the contract is no longer a draft."
HANDED = "CON-91 The provider changes by a handover alone, signed by all whom it concerns."
SIGNATURES = (
    "(SELECT count(DISTINCT {what}) FROM contract_signature s "
    "WHERE s.contract_id = NEW.id AND s.signing_round = NEW.signing_round)"
)
DETAILS = (
    *("title", "procurement_reference", "procedure", "manager_role"),
    *("extensions", "extension_months", "notice_months", "notice_by"),
)
"""What a contract may say of itself besides; signed with it where it does."""
FRAME = ("reference", "proposal_id", "assessor_id", "starts_on", "ends_on", "value", *DETAILS)
VARIED = (
    *("for_whom", "baseline", "alternative", "target", "starts_on", "due_on", "pool_id"),
    *(field.attname for field in Arrangement._meta.local_concrete_fields),
    "is_released",
)
"""What of a commitment a variation may change, by column."""
EXTENDED = ("ends_on", "value", "extensions", "extension_months")
"""What of a contract a variation may change, by column."""
SIGNED_TWICE = (
    "(SELECT count(DISTINCT s.side) FROM contract_signature s WHERE s.contract_id = {v}.contract_id "
    "AND s.signing_round = {v}.signing_round) = 2 AND "
    "(SELECT count(DISTINCT s.terms_digest) FROM contract_signature s "
    "WHERE s.contract_id = {v}.contract_id AND s.signing_round = {v}.signing_round) = 1"
)
"""Both sides signed a variation, to the same terms."""
HANDED_BY_ALL = (
    "((SELECT count(DISTINCT s.side) FROM contract_signature s "
    "WHERE s.contract_id = {h}.contract_id AND s.signing_round = {h}.signing_round "
    "AND s.side <> 'provider') = 2 AND (EXISTS (SELECT 1 FROM contract_signature s "
    "WHERE s.contract_id = {h}.contract_id AND s.signing_round = {h}.signing_round "
    "AND s.side = 'provider') OR EXISTS (SELECT 1 FROM people_organisation o "
    "WHERE o.id = {h}.outgoing_id AND o.closed_on IS NOT NULL)) AND "
    "(SELECT count(DISTINCT s.terms_digest) FROM contract_signature s "
    "WHERE s.contract_id = {h}.contract_id AND s.signing_round = {h}.signing_round) = 1)"
)
"""All whom a handover concerns signed it, to the same terms; but for a provider that closed."""
VARYING = (
    "EXISTS (SELECT 1 FROM contract_variation v WHERE v.id = NEW.varied_by_id "
    f"AND v.contract_id = {{contract}} AND v.state = '{VariationState.PART_SIGNED}' "
    f"AND {SIGNED_TWICE.format(v='v')} AND {{and_}})"
)
"""The row changes by a variation that both sides have signed, and that is not applied yet."""


def differs(column: str) -> str:
    """Return SQL that holds where a row’s ``column`` is changed; from or to nothing is a change too."""
    return f"(NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL))"


def same(one: str, other: str) -> str:
    """Return SQL that holds where two columns hold the same, or neither anything."""
    return f"({one} = {other} OR ({one} IS NULL AND {other} IS NULL))"


def _others_differ(model: type[models.Model], *, but: tuple[str, ...]) -> str:
    """Return SQL that holds where any column differs besides those named."""
    columns = (field.attname for field in model._meta.local_concrete_fields)
    return " OR ".join(differs(column) for column in columns if column not in but)


_PROMISED = "coalesce((SELECT p.{column} FROM articulate_promise p WHERE p.id = NEW.promise_id), 0)"
_VERSION_OF = (
    "(SELECT v.measure_id FROM measures_measureversion v WHERE v.id = NEW.measure_version_id)"
)
_CHANGED = (
    "EXISTS (SELECT 1 FROM contract_disposition d WHERE d.promise_id = NEW.promise_id "
    f"AND d.fate = '{Fate.CHANGED}')"
)
_EVENTS: tuple[Event, ...] = ("INSERT", "UPDATE")
for _on in _EVENTS:
    guard(
        Commitment,
        _on,
        label="version",
        when=(
            "NEW.promise_id IS NOT NULL AND NOT NEW.is_dropped AND "
            f"(coalesce(NEW.measure_id, 0) <> {_PROMISED.format(column='measure_id')} "
            "OR (coalesce(NEW.measure_version_id, 0) <> "
            f"{_PROMISED.format(column='measure_version_id')} AND NOT {_CHANGED}))"
        ),
        message="MEA-15 A commitment is measured as its promise, by the same version: "
        "unless it is changed, and says why.",
    )
    guard(
        Commitment,
        _on,
        label="measure",
        when=(
            "NEW.measure_version_id IS NOT NULL "
            f"AND coalesce({_VERSION_OF}, 0) <> coalesce(NEW.measure_id, 0)"
        ),
        message="MEA-15 A commitment relies on a version of its own measure.",
    )
append_only(Decision)
for _event in _EVENTS:
    guard(
        Contract,
        _event,
        label="lost",
        when=(
            f"NEW.state IN {SIGNED} "
            f"AND {LOST.format(proposal='NEW.proposal_id', contract='NEW.id')}"
        ),
        message=IS_LOST,
    )
    guard(
        Contract,
        _event,
        label="uncompared",
        when=f"NEW.state IN {SIGNED} AND {UNCOMPARED.format(contract='NEW.id')}",
        message=IS_UNCOMPARED,
    )
    guard(
        Contract,
        _event,
        label="told_by_fewer",
        when=(
            f"NEW.state = '{ContractState.PART_SIGNED}' "
            f"AND {TOLD_BY_FEWER.format(contract='NEW.id')}"
        ),
        message="CON-67 A promise has fewer stories than were promised: that is a change, with its reason.",
    )
    guard(
        Contract,
        _event,
        label="unsigned",
        when=(
            f"NEW.state = '{ContractState.IN_FORCE}' AND "
            f"({SIGNATURES.format(what='s.side')} < 2 "
            f"OR {SIGNATURES.format(what='s.terms_digest')} <> 1)"
        ),
        message="CON-04 Both sides sign the same terms before a contract is in force.",
    )
    guard(
        Contract,
        _event,
        label="half_signed",
        when=(
            f"NEW.state = '{ContractState.PART_SIGNED}' AND {SIGNATURES.format(what='s.side')} < 1"
        ),
        message="CON-04 A side has signed a contract before it is signed by one.",
    )
    guard(
        Contract,
        _event,
        label="unnamed",
        when=(
            f"NEW.state IN {SIGNED} AND EXISTS (SELECT 1 FROM contract_signature s "
            "WHERE s.contract_id = NEW.id AND s.signing_round = NEW.signing_round "
            "AND s.signed_by_id IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM contract_papersigner p WHERE p.signature_id = s.id))"
        ),
        message="CON-25 Who signed on paper is named before the signature counts.",
    )
_MONTHS_LEFT = "(CASE WHEN NEW.extensions IS NULL THEN NULL ELSE OLD.extension_months END)"
_EXTENDED = VARYING.format(
    contract="NEW.id",
    and_="NEW.ends_on = coalesce(v.ends_on, OLD.ends_on) "
    f"AND {same('NEW.value', 'coalesce(v.value, OLD.value)')} "
    "AND coalesce(NEW.extensions, 0) = coalesce(OLD.extensions, 0) - "
    "(CASE WHEN v.uses_option THEN 1 ELSE 0 END) "
    f"AND {same('NEW.extension_months', _MONTHS_LEFT)}",
)
_ENDED = (
    "(EXISTS (SELECT 1 FROM contract_ending e WHERE e.contract_id = NEW.id "
    "AND e.ends_on = NEW.ends_on AND e.would_end_on = OLD.ends_on) "
    f"AND NOT ({_others_differ(Contract, but=('ends_on',))}))"
)
_HANDED_OVER = (
    "(EXISTS (SELECT 1 FROM contract_handover h WHERE h.contract_id = NEW.id "
    f"AND h.state = '{HandoverState.SIGNED}' AND h.successor_id = NEW.taken_over_by_id "
    f"AND {HANDED_BY_ALL.format(h='h')}) "
    f"AND NOT ({_others_differ(Contract, but=('taken_over_by_id',))}))"
)
for _event in _EVENTS:
    guard(
        Contract,
        _event,
        label="not_taken_over",
        when=f"NEW.taken_over_by_id IS NOT NULL AND NEW.state <> '{ContractState.IN_FORCE}'",
        message=HANDED,
    )
guard(
    Contract, "INSERT", label="taken_over", when="NEW.taken_over_by_id IS NOT NULL", message=HANDED
)
guard(
    Contract,
    "UPDATE",
    label="taken_over",
    when=f"{differs('taken_over_by_id')} AND NOT {_HANDED_OVER}",
    message=HANDED,
)
guard(
    Contract,
    "UPDATE",
    label="locked",
    when=(
        f"OLD.state = '{ContractState.IN_FORCE}' AND NOT ({_ENDED} OR {_HANDED_OVER} OR ({_EXTENDED} "
        f"AND NOT ({_others_differ(Contract, but=(*EXTENDED, 'varied_by_id'))})))"
    ),
    message="CON-70 What was signed is varied by both sides, to the same terms; or it is ended.",
)
guard(
    Contract,
    "UPDATE",
    label="frame",
    when=(
        f"OLD.state = '{ContractState.PART_SIGNED}' AND "
        f"({' OR '.join(differs(column) for column in (*FRAME, 'varied_by_id'))})"
    ),
    message=LOCKED,
)
guard(
    Contract,
    "UPDATE",
    label="reopened",
    when=(
        f"OLD.state = '{ContractState.PART_SIGNED}' AND NEW.state = '{ContractState.DRAFTING}' "
        "AND NEW.signing_round <= OLD.signing_round"
    ),
    message="CON-03 A contract that is reopened begins a new round of signatures.",
)
guard(
    Contract,
    "UPDATE",
    label="round",
    when="NEW.signing_round < OLD.signing_round",
    message="CON-03 A round of signatures that is over stays over.",
)
guard(
    Contract,
    "UPDATE",
    label="brought_in",
    when=" OR ".join(map(differs, ("their_reference", "brought_in_by_id", "brought_in_at"))),
    message="CON-29 That a contract was brought in, and by whom, is never changed.",
)
guard(Contract, "DELETE", message="CON-03 A contract is never removed.")
_VERSION_SIGNED = "EXISTS (SELECT 1 FROM contract_commitmentversion w WHERE {where})"
_VARIED = VARYING.format(
    contract="OLD.contract_id",
    and_=_VERSION_SIGNED.format(
        where="w.commitment_id = OLD.id AND w.variation_id = v.id AND NOT w.is_left_out AND "
        + " AND ".join(same(f"w.{column}", f"NEW.{column}") for column in VARIED)
    ),
)
_FIRST_IS_KEPT = _VERSION_SIGNED.format(where="w.commitment_id = OLD.id AND w.variation_id IS NULL")
_MAY_VARY = {
    Disposition: "",
    Commitment: (
        f" AND NOT ({HELD.format(row='OLD')} = '{ContractState.IN_FORCE}' AND {_VARIED} "
        f"AND {_FIRST_IS_KEPT} "
        f"AND NOT ({_others_differ(Commitment, but=(*VARIED, 'varied_by_id'))}))"
    ),
}
for _model in (Disposition, Commitment):
    guard(_model, "INSERT", when=f"{HELD.format(row='NEW')} IN {SIGNED}", message=LOCKED)
    guard(
        _model,
        "UPDATE",
        when=(
            f"({HELD.format(row='OLD')} IN {SIGNED} OR {HELD.format(row='NEW')} IN {SIGNED})"
            f"{_MAY_VARY[_model]}"
        ),
        message=LOCKED,
    )
    guard(_model, "DELETE", message="CON-03 What became of a promise is never removed.")
