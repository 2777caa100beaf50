"""What is asked of those who tell, and of those who ask for stories."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from makegood.capture.actions import Whose
from makegood.capture.states import Basis, Consent, ToldAs, ToldFor, WhoElse
from makegood.kernel.answers import DayField, HintedRadios, SentFileField, offer_choices


class StoryLinkForm(forms.Form):
    """A new address for stories."""

    label = forms.CharField(
        label="What is this link for?",
        max_length=120,
        help_text="For example, Poster in the day centre. People see it at the top of the page.",
    )


class ConsentForm(forms.Form):
    """Who may read a story."""

    consent = forms.ChoiceField(
        label="Who may read your words?",
        help_text="Nobody sees them on a public page until an assessor has looked for names in them.",
        widget=HintedRadios(hints={c.value: c.example for c in Consent}),
        choices=[(c, c.words) for c in Consent],
    )

    def narrow_to(self, *, widest: Consent) -> None:
        """Leave out what shows more than ``widest``."""
        left = [(c.value, c.words) for c in Consent if not widest.is_narrower_than(c)]
        offer_choices(self, "consent", left)


AS_SHOWN = ("words", "told_as", "told_for", "basis", "relation", "consent", "first_name")
"""In which order the page asks, after the questions that the commissioner chose."""


class StoryForm(ConsentForm):
    """A person's story."""

    words = forms.CharField(
        label="What changed for you?",
        max_length=5000,
        help_text="Good or bad. Please leave out other people’s names.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    told_as = forms.ChoiceField(
        label="Who are you?",
        widget=forms.RadioSelect,
        choices=[(t, t.words) for t in ToldAs],
    )
    told_for = forms.ChoiceField(
        label="Whose story is it?",
        required=False,
        widget=forms.RadioSelect,
        choices=[(f, f.words) for f in ToldFor],
    )
    basis = forms.ChoiceField(
        label="What lets you agree for them?",
        required=False,
        widget=forms.RadioSelect,
        choices=[(b, b.words) for b in Basis],
    )
    relation = forms.CharField(
        label="Who are you to them?",
        required=False,
        max_length=60,
        help_text="For example, her daughter, or his social worker. Only the assessor reads this.",
    )
    first_name = forms.CharField(
        label="Your first name",
        required=False,
        max_length=60,
        help_text="Only if it may be shown with your words.",
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )

    is_afraid = forms.BooleanField(
        label="Somebody is being harmed, or I am afraid",
        required=False,
        help_text=(
            "Tick this, and one named person of the provider and one of the public body that buys the "
            "service are told at once, and read your story. To keep somebody safe they may have to tell "
            "the council or the police. If anyone is in danger now, ring 999."
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(
        self, data: Any = None, *, questions: Sequence[str] = (), initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.questions = tuple(questions)
        for number, question in enumerate(self.questions, start=1):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        if self.questions:
            self.fields["words"].label = "Anything else?"
            self.fields["words"].required = False
        self.order_fields([*(each.name for each in self.asked), *AS_SHOWN])

    def clean(self) -> dict[str, Any]:
        """Ask for some words, wherever they stand."""
        answers = super().clean() or {}
        if "words" not in self.errors and not self.told():
            self.add_error("words", "Answer a question, or write what you like here.")
        return answers

    @property
    def asked(self) -> list[BoundField]:
        """Return the questions that the commissioner chose, as they are shown."""
        return [self[f"answer_{number}"] for number in range(1, len(self.questions) + 1)]

    def told(self) -> str:
        """Return all that was written: each answer beneath its question, then the rest."""
        answers = self.cleaned_data
        parts = [
            f"{question}\n{answer.strip()}"
            for number, question in enumerate(self.questions, start=1)
            if (answer := answers.get(f"answer_{number}") or "").strip()
        ]
        rest = (answers.get("words") or "").strip()
        return "\n\n".join([*parts, rest] if rest else parts)

    @property
    def is_for_another(self) -> bool:
        """Return whether something is said of agreeing for somebody else, or has to be."""
        own = self["told_for"].value() in {None, "", ToldFor.SELF}
        return not own or any(self[name].value() for name in ("basis", "relation"))

    def whose(self) -> Whose:
        """Return whose story it is, as the acts take it."""
        answers = self.cleaned_data
        return Whose(
            told_for=ToldFor(answers["told_for"] or ToldFor.SELF),
            basis=Basis(answers["basis"]) if answers["basis"] else None,
            relation=answers["relation"],
        )


class SendLinkForm(forms.Form):
    """Where one's private link is sent, once."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="One letter goes there. We do not keep the address.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class StoryFileForm(forms.Form):
    """A photo, sound, film or document to add to one's story."""

    file = SentFileField(
        label="Photo, sound, film or document",
        accept="image/jpeg,image/png,image/webp,audio/*,video/*,.pdf,.docx,.odt",
        limit="STORY_FILE_MAX_BYTES",
        instead="Send a shorter film or a smaller picture. Your story and what you added before are kept.",
        help_text="Up to 40 MB: JPEG, PNG, WebP, MP3, M4A, Ogg, WAV, MP4, MOV, WebM, PDF, Word, ODT. "
        "A film may be in British Sign Language. Where and when a photo was taken is not kept.",
        error_messages={"empty": "The file is empty. Choose another."},
    )
    description = forms.CharField(
        label="What does it show or say?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For those who cannot see or hear it. A photo needs this.",
    )
    who_else = forms.ChoiceField(
        label="Who else can be seen or heard in it?",
        widget=forms.RadioSelect,
        choices=[(w, w.words) for w in WhoElse],
    )
    is_for_all = forms.BooleanField(
        label="Everyone may see or hear it, with my story",
        required=False,
        help_text="Only where your words may be shown everywhere, and only once somebody looked at it first. "
        "A film or sound cannot have names taken out. Documents are never shown.",
    )


OWN = "Their own"
"""Whose story it is, as whoever types it in says it of its teller."""
WRITTEN_DOWN = {
    "told_as": "Who told it?",
    "basis": "What lets them agree for somebody else?",
    "relation": "Who are they to them?",
    "consent": "Who may read their words, as they ticked it?",
    "first_name": "Their first name",
    "is_afraid": "Somebody is being harmed, or they are afraid",
}
"""What is asked of whoever writes down what another told."""


class WrittenDownForm(StoryForm):
    """A story that was told on paper or aloud, typed in for whoever told it."""

    agreed_on = DayField(label="When did they agree on paper?")

    def __init__(
        self, data: Any = None, *, questions: Sequence[str] = (), initial: Any = None
    ) -> None:
        super().__init__(data, questions=questions, initial=initial)
        ask_of_another(self)


def ask_of_another(form: StoryForm) -> None:
    """Ask about whoever told a story, and no more about whoever types it in."""
    for name, label in WRITTEN_DOWN.items():
        form.fields[name].label = label
    whose = [(f.value, OWN if f is ToldFor.SELF else f.words) for f in ToldFor]
    offer_choices(form, "told_for", whose)


class PromptsForm(forms.Form):
    """What people are asked."""

    questions = forms.CharField(
        label="Questions",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One on each line, at most five. People may answer some, all or none of them.",
    )

    def asked(self) -> list[str]:
        """Return the questions, in order."""
        lines = self.cleaned_data["questions"].splitlines()
        return [line.strip() for line in lines if line.strip()]
