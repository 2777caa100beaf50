"""What is asked of a contract besides its promises."""

from django import forms

from makegood.contract.actions import Details
from makegood.contract.states import NoticeBy


class DetailsForm(forms.Form):
    """What a contract says of itself besides its promises."""

    title = forms.CharField(
        label="What is the contract called?",
        required=False,
        max_length=160,
        help_text="If you leave this empty, it has the title of the proposal.",
    )
    procurement_reference = forms.CharField(
        label="Procurement reference",
        required=False,
        max_length=80,
        help_text="The number of the notice, such as an OCID, or your own.",
    )
    procedure = forms.CharField(
        label="How was it procured?",
        required=False,
        max_length=160,
        help_text="For example, open procedure, direct award, call-off from a framework.",
    )
    manager_role = forms.CharField(
        label="Who manages it?",
        required=False,
        max_length=120,
        help_text="A job and no name, such as Commissioning manager, adults. Everyone can read it.",
    )
    extensions = forms.IntegerField(
        label="How often can it be extended?", required=False, min_value=1, max_value=20
    )
    extension_months = forms.IntegerField(
        label="For how many months each time?", required=False, min_value=1, max_value=120
    )
    notice_months = forms.IntegerField(
        label="How many months’ notice ends it?", required=False, min_value=1, max_value=60
    )
    notice_by = forms.ChoiceField(
        label="Who may give notice?",
        required=False,
        choices=[("", "Nobody"), *((each.value, each.capitalize()) for each in NoticeBy)],
    )

    def details(self) -> Details:
        """Return what was answered."""
        return Details(**self.cleaned_data)
