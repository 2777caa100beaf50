"""What is asked of assessors, and of providers who reply."""

from makegood.assess.forms.findings import FindingForm, ReplyForm

__all__ = ["FindingForm", "ReplyForm"]
