"""What is asked of whoever puts a file beside a proposal."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from makegood.articulate.forms.long_answers import words


class BesideField(forms.FileField):
    """A file beside a proposal; whether it can be kept is known by what it holds."""

    default_error_messages = {"required": "Choose the file.", "empty": "The file is empty."}

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg"}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> UploadedFile:
        """Refuse a file that is too large to be kept."""
        file: UploadedFile = super().clean(data, initial)
        limit = settings.UPLOAD_MAX_BYTES
        if file.size and file.size > limit:
            raise forms.ValidationError(f"The file is larger than {limit // 2**20} MB.")
        return file


class AttachmentForm(forms.Form):
    """A file, what it is called, and what it shows."""

    title = forms.CharField(label="What is it called?", max_length=120)
    description = words(
        "What does it show?",
        hint="In words, for whoever cannot see it. If it is a picture, say what matters in it.",
        max_length=2000,
    )
    file = BesideField(label="The file", help_text="PDF, PNG or JPEG, at most 10 MB.")
