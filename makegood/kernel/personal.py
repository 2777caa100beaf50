"""What the platform holds about people: every table declares it, and pages and acts are made of that.

Each room has a ``personal.py`` with ``HELD``, one ``Held`` for each of its tables and for each kind of
file it keeps. The notice under ``/privacy/``, what a person sees and takes away, what erasing does and
what a retention run deletes are all read from here, so that none of them can say what is not done.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.models import Checkpoint, Entry, Leaf, LogKey, Stream, Tile, TreeHead
from makegood.kernel.letters.models import Letter

ADDRESSES = "addresses"
"""The key of what stands under an e-mail address: any that a person showed to be theirs."""


class Basis(StrEnum):
    """Why the law lets us hold it: UK GDPR article 6(1)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    PUBLIC_TASK = "public task"
    LEGITIMATE = "legitimate interests"

    @property
    def words(self) -> str:
        """Return the basis with its article, in words for everyone."""
        return {
            "consent": "You agreed to it, and can take that back. Article 6(1)(a).",
            "contract": "You asked for an account, and it needs this. Article 6(1)(b).",
            "public task": "A public body must show how money is spent. Article 6(1)(e).",
            "legitimate interests": "It keeps everyone’s account safe. Article 6(1)(f).",
        }[self.value]


class AtErasure(StrEnum):
    """What becomes of it when a person asks to be erased."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    STAYS = "stays"


@dataclass(frozen=True, kw_only=True)
class Held:
    """What one table or one kind of file holds about people, in words for everyone.

    ``store`` is the table, or the name of what is no table. Each field of text, and each that
    points to a person, stands in one of three: ``holds`` (said in words), ``secret`` (so too, but
    kept so that nobody can read it, and never handed out) or ``plain`` (tells of nobody).
    Where all is plain, nothing else is said.
    """

    store: type[models.Model] | str
    holds: Mapping[str, str] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict)
    plain: tuple[str, ...] = ()
    heading: str = ""
    about: str = ""
    why: str = ""
    basis: Basis | None = None
    special: str = ""
    """Which condition of article 9 holds where it may tell of health, beliefs or the like."""
    kept: str = ""
    seen_by: str = ""
    whose: str = ""
    """The lookup that leads from the table to the person; none where no account leads to it."""
    or_whose: str | tuple[str, ...] = ""
    """Another one, or others, where a row is about more than one person."""
    key: str = "pk"
    """What of the person stands there."""
    corrected: str = ""
    place: str = ""
    """The name of the page where a person puts it right themselves, if there is one."""
    at_erasure: AtErasure = AtErasure.DELETED
    stays: str = ""
    """Why it stays, or what of it does."""
    past: Callable[[datetime], Q] | None = None
    """Which rows are past their time at a moment; a retention run deletes them."""

    @property
    def name(self) -> str:
        """Return what the store is called: ``people.person``, or the kind of file."""
        return self.store if isinstance(self.store, str) else self.store._meta.label_lower

    @property
    def is_personal(self) -> bool:
        """Return whether it holds anything about people."""
        return bool(self.holds or self.secret)

    @property
    def words(self) -> list[str]:
        """Return what is held, each thing once."""
        return list(dict.fromkeys([*self.holds.values(), *self.secret.values()]))

    @property
    def lookups(self) -> list[str]:
        """Return each lookup that leads from the table to a person."""
        others = [self.or_whose] if isinstance(self.or_whose, str) else self.or_whose
        return [each for each in (self.whose, *others) if each]

    def rows_of(self, person: models.Model) -> models.QuerySet[Any]:
        """Return this table's rows about ``person``; none where no account leads to them."""
        assert not isinstance(self.store, str), f"{self.store} is no table"
        rows: models.QuerySet[Any] = models.QuerySet(self.store)
        if not self.whose:
            return rows.none()
        theirs = getattr(person, self.key)
        if self.key == ADDRESSES:
            rows = rows.annotate(address=Lower(self.whose))
            return rows.filter(address__in=theirs)
        return rows.filter(Q(*((each, theirs) for each in self.lookups), _connector=Q.OR))

    def says_more(self, name: str) -> bool:
        """Return whether a field says more of a row than only whose it is."""
        return name != self.whose or self.key == ADDRESSES or bool(self.or_whose)


def nothing_about_people(store: type[models.Model], *plain: str) -> Held:
    """Declare that a table tells of nobody: its fields of text were looked at, and are these."""
    return Held(store=store, plain=plain)


def done_for_organisation(
    store: type[models.Model], what: str, *plain: str, by: str, words: Mapping[str, str]
) -> Held:
    """Declare what a person did or wrote for an organisation, which stays on the record.

    ``what`` says what they did, ``by`` which field says that it was they, ``words`` what they wrote.
    """
    return Held(
        store=store,
        holds={by: what, **words},
        plain=plain,
        heading="What you do for an organisation",
        about="People who act for an organisation",
        why="To show who promised, signed, recorded and judged what, for good.",
        basis=Basis.PUBLIC_TASK,
        kept="As long as this Makegood stands. It is the public record.",
        seen_by=(
            "Everyone, once the proposal is approved; until then its parties, its auditors, and "
            "whoever runs this Makegood. Your name stands beside signatures and findings, and, for "
            "members, beside figures."
        ),
        whose=by,
        corrected="By a later version. The first stays beside it.",
        at_erasure=AtErasure.STAYS,
        stays=(
            "It is your organisation’s word, and the record of a public act (article 17(3)(b) and "
            "(d)). It stays, under “a former member”. Your name and address do not."
        ),
    )


def all_held() -> Iterator[Held]:
    """Yield every declaration of every room, in the order of the rooms; the ledger's last."""
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label == "kernel"):
        place = f"{app.name}.personal"
        if app.name.startswith("makegood.") and find_spec(place):
            yield from import_module(place).HELD


def personal() -> list[Held]:
    """Return the declarations of what is held about people."""
    return [held for held in all_held() if held.is_personal]


def tables_about_people() -> list[Held]:
    """Return the declarations of tables in which an account leads to rows about its person."""
    return [held for held in personal() if held.whose and not isinstance(held.store, str)]


def may_tell_of_people(model: type[models.Model]) -> set[str]:
    """Return the fields of ``model`` that its declaration must name: free text, files, persons."""
    return {each.name for each in model._meta.local_fields if _may_tell(each)}


def _may_tell(each: "models.Field[Any, Any]") -> bool:
    text = (
        models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField,
        models.UUIDField, models.GenericIPAddressField,
    )  # fmt: skip
    if each.name == "salt" or each.choices:
        return False
    person = getattr(each.remote_field, "model", None)
    return isinstance(each, text) or (
        isinstance(person, type)
        and issubclass(person, models.Model)
        and person._meta.label_lower == "people.person"
    )


HELD = (
    Held(
        store=Entry,
        holds={
            "actor": "that you did something, under a number that only your account can be found by",
            "act": "what you did",
            "subject": "to which record",
            "at": "when",
        },
        plain=("stream", "digest"),
        heading="The ledger",
        about="People who act for an organisation",
        why="So that anybody can check that nothing was altered afterwards.",
        basis=Basis.PUBLIC_TASK,
        kept="For good. A ledger from which lines are taken proves nothing.",
        seen_by="Everyone, without names: it holds no name and no word of yours.",
        whose="actor",
        key="public_id",
        corrected="Not at all: it holds acts, not words. What was wrong is put right by a later act.",
        at_erasure=AtErasure.STAYS,
        stays=(
            "It proves what was signed and recorded (article 17(3)(b), (d) and (e)). Once your account "
            "is erased, the number leads to nobody."
        ),
    ),
    Held(
        store=Letter,
        holds={"to": "the address an e-mail is on its way to"},
        secret={"sealed": "what the e-mail says, encrypted"},
        heading="E-mail on its way",
        about="People we write to",
        why="To send it again while a mail server is down.",
        basis=Basis.CONTRACT,
        kept="Until it is delivered, or three days.",
        seen_by="Nobody.",
        whose="to",
        key=ADDRESSES,
        corrected="Not at all: it is gone in a moment.",
    ),
    Held(
        store=KeptFile,
        holds={"content": "a file that somebody handed in, such as the scan of a signature"},
        plain=("public_id", "kind", "digest"),
        heading="Files",
        about="People who stand in a file that is handed in",
        why="To show what was signed, and on what a record rests.",
        basis=Basis.PUBLIC_TASK,
        kept="As long as the record it belongs to needs it. Its digest stays for good.",
        seen_by="Those who may read the record it belongs to, and whoever runs this Makegood.",
        corrected="Ask whoever handed it in. They can drop it.",
        at_erasure=AtErasure.STAYS,
        stays=(
            "No account leads to what a file shows. The organisation that handed it in drops it "
            "when asked, unless a contract rests on it (article 17(3)(e))."
        ),
    ),
    nothing_about_people(Stream, "name"),
    nothing_about_people(Leaf, "hash"),
    nothing_about_people(TreeHead, "root", "peaks"),
    nothing_about_people(Tile, "hashes", "root"),
    nothing_about_people(LogKey, "verifier"),
    nothing_about_people(Checkpoint, "note"),
)
"""What the ledger's own tables hold, letters on their way, and files."""
