"""What is asked of those who want to be called, and of those who call."""

from typing import Any

from django import forms

from makegood.capture.forms.stories import StoryForm, ask_of_another
from makegood.capture.states import Caller, CallWay, Tried
from makegood.kernel.answers import offer_choices


class CallForm(forms.Form):
    """How, when and by whom somebody is called."""

    way = forms.ChoiceField(
        label="How shall we call you?",
        widget=forms.RadioSelect,
        choices=[(w, w.words) for w in CallWay],
    )
    reach = forms.CharField(
        label="Your telephone number",
        max_length=120,
        help_text="For a video call it can be an address instead.",
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    times = forms.CharField(
        label="When is a good time?",
        max_length=300,
        help_text="For example, weekdays after 5, not on Tuesdays.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    called = forms.CharField(
        label="What shall we call you?",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    helps = forms.CharField(
        label="What makes a call easier for you?",
        required=False,
        max_length=300,
        help_text="For example, an interpreter for another language, or somebody beside you.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    caller = forms.ChoiceField(label="Who shall call you?", widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(
        self, data: Any = None, *, provider: str, assessor: str, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        houses = [
            (Caller.ASSESSOR.value, f"{assessor}, who judge the service and do not deliver it"),
            (Caller.PROVIDER.value, f"{provider}, who deliver the service"),
        ]
        offer_choices(self, "caller", houses)


class TriedForm(forms.Form):
    """What came of a call that brought no story yet."""

    came = forms.ChoiceField(
        label="What came of it?", widget=forms.RadioSelect, choices=[(t, t.words) for t in Tried]
    )


class CallStoryForm(StoryForm):
    """A story that was told in a call, typed in and read back."""

    is_read_back = forms.BooleanField(
        label="I read it back to them, with who may read it, and they agreed",
        required=False,
        help_text="In a video call: sign it back to them.",
    )

    def __init__(self, data: Any = None, *, questions: Any = (), initial: Any = None) -> None:
        super().__init__(data, questions=questions, initial=initial)
        ask_of_another(self)
