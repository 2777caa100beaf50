"""What is asked of whoever puts a file beside a proposal."""

from django import forms

from makegood.articulate.forms.long_answers import words
from makegood.kernel.answers import SentFileField


class AttachmentForm(forms.Form):
    """A file, what it is called, and what it shows."""

    title = forms.CharField(label="What is it called?", max_length=120)
    description = words(
        "What does it show?",
        hint="In words, for whoever cannot see it. If it is a picture, say what matters in it.",
        max_length=2000,
    )
    file = SentFileField(
        label="The file",
        accept=".pdf,.png,.jpg,.jpeg",
        help_text="PDF, PNG or JPEG, at most 10 MB.",
    )
