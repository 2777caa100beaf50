"""What is asked of those who give a document, or withdraw one."""

from django import forms

from makegood.capture.states import Readers
from makegood.kernel.answers import DayField, SentFileField


class DocumentForm(forms.Form):
    """A file, what it shows, of which time, and who may read it."""

    file = SentFileField(
        label="Document",
        accept=".pdf,.docx,.odt,image/jpeg,image/png,image/webp",
        instead="Send its parts.",
        help_text="PDF, Word, OpenDocument or a picture.",
    )
    title = forms.CharField(label="What is it called?", max_length=160)
    summary = forms.CharField(
        label="What does it show?",
        max_length=4000,
        help_text="In words enough for somebody who cannot open or see it. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    from_on = DayField(label="Of which time does it tell? From", required=False)
    until_on = DayField(label="Until", required=False)
    readers = forms.ChoiceField(
        label="Who may read it?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.words) for one in Readers],
        help_text="That it exists is told to everyone.",
    )


class WithdrawDocumentForm(forms.Form):
    """Why a document is withdrawn, and whether what it holds is erased."""

    why = forms.CharField(
        label="Why do you withdraw it?",
        max_length=300,
        help_text="Everyone reads this. Name nobody.",
    )
    erases = forms.BooleanField(
        label="It tells of somebody: erase the file and its words for good",
        required=False,
    )
