"""Fills every form of the platform with hostile words, and walks every page that shows them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from mimetypes import guess_type
from typing import Any
from urllib.parse import quote, urljoin, urlsplit
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from makegood.contract.models import Contract
from makegood.contract.states import Side
from makegood.kernel.ledger.guards import lowered
from makegood.kernel.refusal import Refused
from makegood.people.actions import end_advice, register_organisation
from makegood.people.models import Person
from makegood.people.queries import advice_to
from makegood.people.states import Kind, Role
from tests.factories import asked, building, examples, loop, proposals
from tests.factories import cast as people
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.guard_table import PEOPLE, Row, rows
from tests.hostile.answers import ANSWERS, DAY, KEPT, YEARS
from tests.hostile.forms import Field, Form, forms_of
from tests.hostile.words import LEADS, MARK, became

Say = Callable[[int], str]
VISITORS = ("nobody", "alice", "bob", "charlie", "dana", "erin", "frank", "grace")
SERVER_FAULT = 500
READ = {"text/html", "text/plain", "text/markdown", "image/svg+xml", "application/json", ""}
"""Kinds of answer that are looked over; in tables, every cell is besides."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCANS = {"application/pdf", "image/png", "image/jpeg", "audio/mpeg", WORD}
"""Files as they were handed in, or were set: a browser is told to keep them and not to open them."""
ASKED = ("next", "page", "q", "step", "provider", "commissioner", "programme", "kind", "role")
"""What our pages ask for behind a question mark."""
LEFT = {"account_logout", "choose_hat"}
"""Forms in the head of every page that would end the walk."""
SENT_BY = {
    "claim_organisation": "erin",
    "register_organisation": "charlie",
    "erase_me": "grace",
    **dict.fromkeys(("check_figure", "check_document", "check_stories"), "erin"),
}
"""Who sends a form that changes what its sender sees everywhere, or that others are refused."""
WAYS_IN = tuple(
    Row("GET", address, "-", None, ("ok",) + ("on",) * (len(PEOPLE) - 1))
    for address in ("account_signup", "account_request_login_code", "account_reset_password")
)
LAST = (
    "close_sample",
    "end_contract",
    *("organisations_table", "formation", "plan_formation", "take_step", "add_founder"),
    *("revise_founder", "remove_founder", "take_down_founder", "ask_for_adviser", "take_advice"),
    *("write_advice", "end_advice", "end_formation", "close_organisation"),
)
"""What ended is not varied; in formation one signs nothing; closed one takes nothing, and is shown less."""
FEW = 2
"""So many pages of each address are looked at besides, after all is filled."""


def part_signed(cast: Cast) -> dict[str, object]:
    contract = loop.a_settled_contract(cast)
    loop.sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    return {"reference": contract.reference}


def told(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_story(cast)[0].commitment.reference}


def answered_for(cast: Cast) -> dict[str, object]:
    """Somebody is named who is told when harm is said, so that stories may be asked for."""
    return {"reference": loop.a_story_link(cast).commitment.reference}


def replied(cast: Cast) -> dict[str, object]:
    finding = loop.a_sent_finding(cast)
    loop.reply_to_finding(finding, words="So it is", by=cast.alice)
    return {"reference": finding.reference}


def somebody() -> Person:
    return people.welcome_person(email=f"{uuid4().hex}@example.org", name="Nia")


def newcomer(cast: Cast) -> dict[str, object]:
    person = somebody()
    people.join(cast.provider, person=person, role=Role.READER, by=cast.alice)
    return {"slug": cast.provider.slug, "person": person.public_id, "role": Role.READER}


def claimed(cast: Cast) -> dict[str, object]:
    """Somebody claims what nobody else here needs, for whoever is given it puts its owners out."""
    examples.trust(cast)
    spare = people.register_organisation(
        name="Spare", kind=Kind.PROVIDER, is_another=True, by=somebody()
    )
    return {"claim": examples.a_claim(spare, by=somebody()).public_id}


def beside(name: str) -> Callable[[Cast], dict[str, object]]:
    """Return what makes another organisation, whose plain name a form can be told."""

    def made(cast: Cast) -> dict[str, object]:
        register_organisation(name=name, kind=Kind.PROVIDER, is_another=True, by=somebody())
        return {"slug": cast.provider.slug}

    return made


def unadvised(cast: Cast) -> dict[str, object]:
    """A group asks for an adviser while it has none."""
    group = examples.a_group(cast)
    if held := advice_to(group):
        end_advice(held, by=cast.alice)
    return {"slug": group.slug}


def nothing_running(cast: Cast) -> dict[str, object]:
    """Let time pass until no contract binds the organisation any more, so that it can close."""
    yesterday = timezone.localdate() - timedelta(days=1)
    with lowered(connection):
        Contract.objects.filter(ends_on__gt=yesterday).update(ends_on=yesterday)
    return examples.EXAMPLES["organisation"](cast)


NEEDS_MORE = {
    "close_organisation": nothing_running,
    "ask_for_adviser": unadvised,
    "name_predecessor": beside("Spare before"),
    "name_successor": beside("Spare after"),
    "report_duplicate": beside("Spare twice"),
    "assess": told,
    "open_story_link": answered_for,
    "end_membership": newcomer,
    "narrow_membership": newcomer,
    "publish_finding": replied,
    "reopen_contract": part_signed,
    "decide_claim": claimed,
}
"""Addresses whose form is taken only where more has happened than for the page to be shown."""


@dataclass
class Walk:
    """All that was met: each path, who sees it, what became of each form, and of the words."""

    cast: Cast
    say: Say
    taken: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    tables: dict[str, str] = field(default_factory=dict)
    ends: set[tuple[str, str]] = field(default_factory=set)
    made: dict[str, dict[str, object]] = field(default_factory=dict)
    asked: int = 0

    def ask(self, person: str, path: str, *, method: str = "get", given: Any = None) -> Any:
        """Ask as this person, and look over whatever is answered."""
        client = Client(raise_request_exception=False)
        if person != "nobody":
            sign_in(client, getattr(self.cast, person))
        answer = getattr(client, method)(path, given or {})
        self.asked += 1
        self._look_over(answer, about=f"{method} {path} as {person}")
        return answer

    def _look_over(self, answer: Any, *, about: str) -> None:
        if answer.status_code >= SERVER_FAULT:
            self.faults.append(f"{about}: {answer.status_code}")
        kind = answer.get("Content-Type", "").split(";")[0]
        body = answer.getvalue()
        if kind in SCANS:
            kept = "attachment" in answer.get("Content-Disposition", "")
            self.faults += [] if kept else [f"{about}: a browser would open it"]
            return
        if kind == "application/octet-stream":  # tiles: hashes hold any two letters by chance
            told = "/entries/" in about and MARK.encode() in body
            self.faults += [f"{about}: words stand in the ledger"] * told
            return
        if kind == WORKBOOK:
            with zipfile.ZipFile(io.BytesIO(body)) as packed:
                sheets = [n for n in packed.namelist() if n.startswith("xl/worksheets/sheet")]
                is_sum = any(re.search(rb"<f[ >]", packed.read(name)) for name in sheets)
            self.faults += [f"{about}: a cell is worked out"] * is_sum
            return
        if kind == "application/zip":
            with zipfile.ZipFile(io.BytesIO(body)) as packed:
                for name in packed.namelist():
                    self._look_into(packed.read(name).decode(), packed=name, about=about)
            return
        self._look_into(body.decode(), kind=kind, about=about)

    def _look_into(self, page: str, *, kind: str = "", packed: str = "", about: str) -> None:
        kind = kind or guess_type(packed)[0] or ""
        self.faults += [f"{about}: {said}" for said in became(page, kind=kind)]
        if kind == "text/csv":
            self.tables[about] = self.tables.get(about, "") + page
        elif kind == "text/css":
            self.faults += [f"{about}: words stand in {packed}"] * (MARK in page)
        elif kind not in READ:
            self.faults.append(f"{about}: nobody has said how to look for words in {kind}")


def hostile_cast(monkeypatch: pytest.MonkeyPatch, *, say: Say) -> Cast:
    """Gather the seven, and let all that tests make from now on be made of hostile words."""
    for module in (people, loop, asked, building, examples, proposals):
        for name, made in vars(module).copy().items():
            if "makegood." in getattr(made, "__module__", "") and ".actions" in made.__module__:
                monkeypatch.setattr(module, name, _saying(made, say))
    return people.gather()


def fill_every_form(walk: Walk, *, visitors: Sequence[str] = VISITORS) -> None:
    """Find each form of each address as each visitor who may see it, and send it once, filled."""
    seen: set[str] = set()
    for row in sorted((*rows(), *WAYS_IN), key=_place):
        if row.method == "GET":
            _fill_forms_of(row, walk, seen, visitors)


def _place(row: Row) -> int:
    return LAST.index(row.address) + 1 if row.address in LAST else 0


def _fill_forms_of(row: Row, walk: Walk, seen: set[str], visitors: Sequence[str]) -> None:
    path = _path(row, walk)
    for person in (who for who in visitors if row.answer(who) == "ok"):
        page = _page(walk.ask(person, path))
        for place, form in enumerate(forms_of(page)):
            for button in form.buttons or [("", "")]:
                about = _about(form, path, button)
                name = about.split()[1]
                if about not in seen and name not in LEFT and SENT_BY.get(name, person) == person:
                    seen.add(about)
                    _send(walk, row, person, form=(place, button, about))


def _send(walk: Walk, row: Row, person: str, *, form: tuple[int, tuple[str, str], str]) -> None:
    place, button, about = form
    path = _path(row, walk)
    found = forms_of(_page(walk.ask(person, path)))[place]
    pressed = {button[0]: button[1]} if button[0] else {}
    answer = walk.ask(
        person,
        urljoin(path, found.action or path),
        method=found.method,
        given=_filled(found, about.split()[1], walk.say) | pressed,
    )
    walk.ends.add((path, person))
    if answer.status_code == 302:
        walk.ends.add((urlsplit(answer["Location"]).path, person))
    elif answer.status_code != 200 or "There is a problem" in answer.content.decode():
        walk.refused[about] = _why(answer)
        return
    walk.taken.append(about)


def _page(answer: HttpResponse) -> str:
    """Return an answer that a browser shows as a page; a file has nothing to press or follow."""
    return answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""


def _filled(form: Form, name: str, say: Say) -> dict[str, Any]:
    answers = {asked.name: _answer(asked, say) for asked in form.fields.values()}
    if name == "import_measures":
        answers["file"] = _measures(say)
    said = ANSWERS.get(name, {})
    ends = {k: k if k in said else k.rsplit("-", 1)[-1] for k in form.fields}  # of rows: K-1-value
    known = {k: said[end] for k, end in ends.items() if end in said}
    known |= {k: form.fields[k].held for k in KEPT.get(name, ()) if k in form.fields}
    return {k: v for k, v in (answers | known).items() if v is not None}


def _answer(asked: Field, say: Say) -> Any:
    if asked.is_text and not DAY.fullmatch(asked.name):
        return say(asked.longest)
    if asked.kind == "file":
        accepts = asked.about.get("accept", "")
        return (_scan if ".pdf" in accepts else _contracts if accepts else _file)(say)
    if asked.kind == "email":
        return "someone@example.org"
    if asked.kind == "hidden":
        return asked.held
    whole = asked.about.get("inputmode") == "numeric"
    return _day(asked) or _choice(asked) or asked.held or ("4" if whole else "4.5")


def _file(say: Say) -> SimpleUploadedFile:
    def quoted() -> str:
        return '"' + say(40).replace('"', '""') + '"'

    bad = "".join(f"{quoted()},-4,{quoted()}\n" for _ in LEADS)
    rows = f"period,value,{quoted()}\n2024-05-01,4.2,a\n{bad}"
    return SimpleUploadedFile(say(40).replace("/", "") + ".csv", rows.encode())


def _contracts(say: Say) -> SimpleUploadedFile:
    """Return a table of contracts: one that is good, and one whose days are words."""
    made = io.StringIO()
    table = csv.writer(made)
    table.writerow(
        (
            *("reference", "title", "provider", "starts on", "ends on", "decided on", "for whom"),
            *("what changes", "due on", "what became of it", "reason"),
        )
    )
    for day in ("2025-03-31", say(20)):
        days = ("2024-04-01", "2026-03-31", "2024-01-15")
        names = (say(40), say(40), say(40))
        table.writerow((*names, *days, say(40), say(40), day, "not contracted", say(40)))
    return SimpleUploadedFile(say(40).replace("/", "") + ".csv", made.getvalue().encode())


def _scan(say: Say) -> SimpleUploadedFile:
    return SimpleUploadedFile(say(40).replace("/", "") + ".html", b"%PDF-1.7 " + say(40).encode())


def _measures(say: Say) -> SimpleUploadedFile:
    """Return a list of measures, of which one can be kept."""
    said = [say(40) for _ in range(4)]
    file = io.StringIO()
    csv.writer(file).writerows(
        [
            ("name", "definition", "unit", "kind", "better", "source", said[0]),
            (*said[:3], "count", "up", said[3], ""),
            *((f"{lead}{said[0]}", "", said[1], said[2], "up", said[3], "") for lead in LEADS),
        ]
    )
    return SimpleUploadedFile(said[0].replace("/", "") + ".csv", file.getvalue().encode())


def _choice(asked: Field) -> str | list[str] | None:
    real = [option for option in asked.options if option]
    if asked.kind == "checkbox":
        return real
    return asked.held if asked.held in real and asked.kind == "select" else (real or [None])[0]


def _day(asked: Field) -> str | None:
    day = DAY.fullmatch(asked.name)
    return {"day": "1", "month": "4", "year": YEARS.get(day[1], "2027")}[day[2]] if day else None


def _about(form: Form, path: str, button: tuple[str, str]) -> str:
    """Return a form's name: how it goes, where to, and by which button."""
    name = resolve(urlsplit(urljoin(path, form.action or path)).path).view_name
    return " ".join(part for part in (form.method, name, button[0]) if part)


def _why(answer: HttpResponse) -> str:
    said = re.findall(r"There is a problem.*?</ul>", answer.content.decode(), re.DOTALL)
    plain = re.sub(r"(<[^>]+>|\s)+", " ", " ".join(said))
    return f"{answer.status_code} {plain}"


def _path(row: Row, walk: Walk) -> str:
    """Return the path of an example of this address: a fresh one, if there can be a second."""
    make = NEEDS_MORE.get(row.address) or examples.EXAMPLES.get(row.example)
    try:
        with transaction.atomic():
            walk.made[row.address] = make(walk.cast) if make else {}
    except (Refused, IntegrityError):
        assert row.address in walk.made
    return reverse(row.address, kwargs=walk.made[row.address] or None)


def _saying(act: Callable[..., Any], say: Say) -> Callable[..., Any]:
    """Return ``act`` with every plain text that it is given made hostile, where it takes that."""

    def acted(*given: Any, **more: Any) -> Any:
        words = {name: _hostile(name, value, say) for name, value in more.items()}
        try:
            return act(*given, **words)
        except Refused:  # what it was given is a number or a code, and no words
            return act(*given, **more)

    return acted


def _hostile(name: str, value: Any, say: Say) -> Any:
    is_words = type(value) is str and value and name not in {"email", "password", "key"}
    return say(40) if is_words else value


def walk_on(walk: Walk, *, few: int | None = FEW) -> None:
    """Look at the pages on which each form ended, and at those they lead to, ``few`` of each kind."""
    todo, met, counted = set(walk.ends), set(walk.ends), Counter[str]()
    while todo:
        path, person = todo.pop()
        page = _page(walk.ask(person, path))
        for link in re.findall(r'<a[^>]* href="(/[^"#?]*)', page):
            step, kind = (link, person), resolve(link).view_name
            if step not in met and kind not in LEFT and (few is None or counted[kind] < few):
                counted[kind] += 1
                met.add(step)
                todo.add(step)


def ask_oddly(walk: Walk) -> None:
    """Write words into every part of every address, and into what may follow a question mark."""
    for row in rows():
        with transaction.atomic():
            _ask_oddly(row, walk)
            transaction.set_rollback(True)  # so that the next example can be made


def _ask_oddly(row: Row, walk: Walk) -> None:
    make = examples.EXAMPLES.get(row.example)
    parts = make(walk.cast) if make else {}
    path = reverse(row.address, kwargs=parts or None)
    walk.ask("alice", path, given={name: walk.say(200) for name in ASKED})
    for value in map(str, parts.values()):
        walk.ask("alice", path.replace(value, quote(walk.say(40).replace("/", ""))))
