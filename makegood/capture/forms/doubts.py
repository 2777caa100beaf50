"""Forms that ask about a figure which looks wrong, and take the two numbers it is made of."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django import forms

from makegood.contract.models import Commitment
from makegood.kernel.answers import NumberField
from makegood.kernel.refusal import Refused
from makegood.measures.states import MeasureKind

Done = TypeVar("Done")
ASKS = "CAP-38"
"""The number under which something is asked, and not refused."""
FIGURES = ("numerator", "denominator", "value")


class AskedAbout(forms.Form):
    """A figure with its parts; where it looks wrong it is asked about, and kept once they are sure."""

    numerator = NumberField(required=False)
    denominator = NumberField(required=False)
    value = NumberField(required=False)
    sure = forms.BooleanField(label="It is right", required=False)
    asked = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    doubts: Sequence[str] = ()

    def ask_for_parts(self, commitment: Commitment, *, when: str = "") -> None:
        """Ask for the two numbers a figure is made of, where its measure has them."""
        words = commitment.measure_version or commitment.measure
        if words is None or not (words.numerator and words.denominator):
            del self.fields["numerator"], self.fields["denominator"]
            return
        if commitment.measure and commitment.measure.kind == MeasureKind.PERCENTAGE:
            self.fields["value"].help_text = "Leave it empty: it is worked out from the two."
        for name in ("numerator", "denominator"):
            said = getattr(words, name)
            self.fields[name].label = f"{said[:1].upper()}{said[1:]}{when and f', {when}'}"

    @property
    def has_parts(self) -> bool:
        """Return whether it asks for the numbers that the figure is made of."""
        return "numerator" in self.fields

    @property
    def has_figure(self) -> bool:
        """Return whether a figure was given, or a part of one."""
        return any(self.cleaned_data.get(name) is not None for name in FIGURES)

    @property
    def is_sure(self) -> bool:
        """Return whether they are sure of what they were asked about, and typed nothing else since."""
        answers = self.cleaned_data
        return bool(answers.get("sure")) and answers.get("asked") == self.signature

    @property
    def signature(self) -> str:
        """Return the figures as they stand, by which one knows them again."""
        return "/".join(str(self.cleaned_data.get(name)) for name in FIGURES)

    def ask(self, doubts: Sequence[str]) -> None:
        """Ask about what looks wrong; the figure is kept once they say that it is right."""
        self.doubts = doubts
        name = self.add_prefix("sure")
        said = {key: value for key, value in self.data.items() if key != name}
        self.data = said | {self.add_prefix("asked"): self.signature}
        self.add_error("sure", f"{' '.join(doubts)} Tick that it is right, or change it.")

    def refuse(self, refused: Refused) -> None:
        """Say what is wrong."""
        self.add_error(None, refused.sentence)


def tried_asking(form: AskedAbout, act: Callable[[], Done]) -> Done | None:
    """Do ``act`` and return what it gives; if it is refused, or asked about, say so on ``form``."""
    try:
        return act()
    except Refused as refused:
        if refused.number == ASKS and isinstance(refused.about, list):
            form.ask(refused.about)
        else:
            form.refuse(refused)
        return None
