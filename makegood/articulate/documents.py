"""Proposals as documents: the form to prepare one away from the screen, and the proposal itself."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from makegood.articulate.models import Need, Proposal
from makegood.articulate.parts import PARTS, Asked, PartAsked, Shape, empty, row_asked
from makegood.articulate.queries import (
    attachments_of,
    measured_of,
    parts_of,
    promise_lines,
    promises_of,
)
from makegood.articulate.states import CASE, ProposalPart
from makegood.kernel.documents.word import add_table, begin_word, plain, written

ROWS = 3
"""So many empty rows of each part the form has: risks, lines of costs."""
PROMISE = (
    ("For whom?", "For example, staff of the community teams."),
    ("What changes for them?", "One change only."),
    ("By what is it measured, if by numbers?", "The library of measures says what each counts."),
    ("Where does it stand now?", ""),
    ("Where would it be without you?", ""),
    ("What will you reach, from when and by when?", ""),
    ("What would people say, and how will you gather it?", "If by what people tell."),
    ("Why do you believe it?", ""),
    ("What is it worth a year, and where does that come from?", "A range, or nothing."),
)


def form_for(need: Need, *, today: date) -> bytes:
    """Return the form to answer ``need``: what is needed, and every question of a proposal."""
    author = str(need.commissioner)
    form = Telling(f"Proposal: {need.title}", on=today, author=author)
    form.say(f"Need {need.reference}, of {need.commissioner}. Write here in your own time, then copy "
             "each answer to its page. Nothing has to be written in one go.")  # fmt: skip
    if need.closes_at:
        form.say(f"It takes proposals until {need.closes_at:%-d %B %Y, %H:%M} (UTC).")
    form.heading("What is needed")
    form.say(need.description)
    form.heading("What happens otherwise")
    form.say(need.alternative)
    cost = f"{need.cost} a year ({need.cost_source})" if need.cost else "Not known"
    form.answer("What that costs", cost)
    figures = [
        (str(each.measure), f"{each.baseline:.15g}", f"{each.reaches:.15g}", str(each.by_on))
        for each in measured_of(need)
    ]
    if figures:
        form.table("How the alternative does", ("Measure", "Now", "It would reach", "By"), figures)
    form.heading("Title and summary")
    form.answer("Title")
    form.answer("What would you do, and how?")
    for part in CASE[:2]:
        _ask(form, PARTS[part])
    form.heading("What you promise")
    form.say("Answer these for each promise. Copy them as often as you need.")
    for label, hint in PROMISE:
        _question(form, label, hint)
    for part in CASE[2:]:
        _ask(form, PARTS[part])
    return form.content()


def as_document(proposal: Proposal, *, withheld: Collection[str] = (), today: date) -> bytes:
    """Return ``proposal`` as a document, but for what whoever reads it may not read."""
    told = Telling(proposal.title, on=today, author=str(proposal.provider))
    state = proposal.told_state or proposal.state
    told.say(f"Proposal {proposal.reference} of {proposal.provider} to {proposal.need.commissioner}, "
             f"for the need “{proposal.need.title}”. It is {state}.")  # fmt: skip
    told.heading("What would be done, and how")
    told.say(_unless(ProposalPart.SUMMARY, proposal.summary, withheld=withheld))
    told.heading("What is promised")
    for promise in promises_of(proposal):
        told.heading(promise.reference, level=2)
        for column, label, text in promise_lines(promise):
            is_belief = column in ProposalPart.BELIEF.columns
            part = ProposalPart.BELIEF if is_belief else None
            told.answer(label, _unless(part, text, withheld=withheld))
    for read in parts_of(proposal).values():
        told.heading(read.about.title)
        if read.part in withheld:
            told.say(WITHHELD)
        elif not read.is_begun:
            told.say("Not answered.")
        else:
            for grid in read.grids:
                told.table(grid.caption, grid.head, grid.rows)
            _say(told, ((line.group, line.label, line.text) for line in read.worded))
    files = attachments_of(proposal)
    if files:
        told.heading("Files beside it")
        for each in files:
            is_withheld = ProposalPart.ATTACHMENTS in withheld
            told.answer(*((WITHHELD,) if is_withheld else (each.title, each.description)))
    return told.content()


class Telling:
    """A document as it is told: sections, words, and questions with their answers."""

    def __init__(self, title: str, *, on: date, author: str) -> None:
        self.document = begin_word(title, on=on, author=author)

    def heading(self, text: str, *, level: int = 1) -> None:
        """Begin a section."""
        self.document.add_heading(plain(text), level=level)

    def say(self, text: str, *, style: str | None = None) -> None:
        """Write some words; each line is a paragraph of its own."""
        for line in plain(text).splitlines() or [""]:
            self.document.add_paragraph(line, style=style)

    def answer(self, label: str, text: str = "") -> None:
        """Write a question and its answer; an empty one leaves room to write."""
        asked = self.document.add_paragraph()
        asked.paragraph_format.keep_with_next = True
        asked.add_run(plain(label)).bold = True
        self.say(text)

    def table(self, caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Write a table under its caption."""
        self.document.add_paragraph(plain(caption), style="Caption")
        add_table(self.document, head=head, rows=rows)

    def content(self) -> bytes:
        """Return the document as a file holds it."""
        return written(self.document)


WITHHELD = "Withheld. The page of the proposal says until when, and why."


def _unless(part: ProposalPart | None, text: str, *, withheld: Collection[str]) -> str:
    return WITHHELD if part in withheld else text


def _say(told: Telling, lines: Iterable[tuple[str, str, str]]) -> None:
    """Write answers, each row under a heading of its own."""
    before = ""
    for group, label, text in lines:
        if group and group != before:
            told.heading(group, level=2)
        before = group
        told.answer(label, text)


def _ask(form: Telling, about: PartAsked) -> None:
    form.heading(about.title)
    form.say(about.lead)
    for asked in about.asked:
        _asked(form, asked)
    begins = empty(about.part)
    names = [row["name"] for row in begins["rows"]] or [""] * (ROWS if about.row else 0)
    for number, name in enumerate(names, start=1):
        form.heading(f"{about.row} {number}{': ' if name else ''}{name}", level=2)
        for asked in row_asked(about.part, begins):
            if not (name and asked.name == "name"):
                _asked(form, asked)


def _asked(form: Telling, asked: Asked) -> None:
    _question(form, asked.label, asked.hint)
    if asked.shape in {Shape.CHOICE, Shape.CHOICES} and asked.choices:
        for _, words in asked.choices:
            form.say(words, style="List Bullet")


def _question(form: Telling, label: str, hint: str) -> None:
    form.answer(label, hint)
    form.say("")
