"""What is asked of whoever invites somebody to write a proposal."""

from django import forms


class InviteWriterForm(forms.Form):
    """An address that is invited to write one proposal."""

    email = forms.EmailField(
        label="Invite by e-mail",
        max_length=254,
        help_text="They can write in this proposal, and nothing else of yours. They cannot send it.",
    )
