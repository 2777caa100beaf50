"""Answers of some sentences."""

from typing import Any

from django import forms


def words(label: str, *, hint: str = "", rows: int = 4, **options: Any) -> forms.CharField:
    """Return a question that is answered in sentences."""
    options.setdefault("max_length", 4000)
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}), **options
    )
