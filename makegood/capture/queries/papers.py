"""What stands on posters and on the form for telling a story on paper."""

from datetime import date
from typing import Any

from makegood.capture.models import StoryLink
from makegood.capture.queries.asking import code_of, questions_now
from makegood.capture.states import Basis, Consent, ToldAs, ToldFor

FREELY = "What changed for you?"
ASSESSOR_READS = "Only those who judge the evidence read this."


def poster_data(link: StoryLink, *, address: str, today: date) -> dict[str, Any]:
    """Return the words of a poster, and its code."""
    contract = link.commitment.contract
    return {
        "title": FREELY,
        "dated": today.isoformat(),
        "author": [str(contract.provider)],
        "promise": f"{_promised(link)} Tell us, good or bad.",
        "code": code_of(address),
        "code_says": f"A code for the camera of a phone. It opens {address}",
        "how": "Point the camera of your phone here, or type:",
        "address": address,
        "lines": [
            "You need no account. You choose who reads it, and you can take it back.",
            "Would you rather say it, or sign it? The page has “Ask us to call you”.",
            f"On paper: ask anyone who works at {contract.provider}.",
        ],
    }


def paper_form_data(link: StoryLink, *, address: str, today: date) -> dict[str, Any]:
    """Return the words of the form: the same questions and choices as on the page."""
    contract = link.commitment.contract
    asked = [*questions_now(link)]
    others = [each for each in ToldFor if each != ToldFor.SELF]
    return {
        "title": "Tell your story on paper",
        "dated": today.isoformat(),
        "author": [str(contract.provider)],
        "reference": f"{link.commitment.reference} · {link.label}",
        "intro": [
            _promised(link),
            (
                "Write good or bad. Please leave out other people’s names. Answer some, all or none of the "
                "questions."
            ),
            (
                f"Somebody who works at {contract.provider} types it in, word for word, and keeps this "
                "paper. They give you a private address: with it you change who reads your story, or take "
                "it back."
            ),
            f"On a phone, without an account: {address}",
        ],
        "questions": [*asked, "Anything else?"] if asked else [FREELY],
        "choices": [
            _choice("Who are you?", [each.words for each in ToldAs]),
            _choice("Whose story is it?", [each.words for each in (ToldFor.SELF, *others)]),
            _choice("If it is somebody else’s: what lets you agree?", [b.words for b in Basis]),
            _choice("Who may read your words?", [f"{c.words}. {c.example}" for c in Consent]),
            _choice(
                "Is somebody being harmed, or are you afraid?",
                [
                    (
                        "Yes. One named person of the provider and one of the public body that buys the "
                        "service are told at once. They may have to tell the council or the police."
                    )
                ],
            ),
        ],
        "blanks": [
            "If it is somebody else’s: who are you to them?",
            "Your first name, only if it may be shown",
            "The day on which you agree to this",
            "Your signature",
        ],
        "end": [ASSESSOR_READS.replace("this", "who you are to them"), "In danger now? Ring 999."],
    }


def _choice(name: str, options: list[str]) -> dict[str, Any]:
    return {"name": name, "options": options}


def _promised(link: StoryLink) -> str:
    owed = link.commitment
    return f"{owed.contract.promised_by} promised: {owed.what_changes}, for {owed.for_whom}."
