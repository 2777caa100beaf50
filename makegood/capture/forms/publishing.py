"""What is asked before a story is shown to everyone: which words to leave out."""

from collections.abc import Sequence
from typing import Any

from django import forms

from makegood.capture.identifying import suggestions
from makegood.capture.leaving_out import Omission, apart
from makegood.capture.states import LeftOut
from makegood.kernel.answers import offer_choices
from makegood.kernel.filters import ListFilter, one_of


class StoriesFilter(ListFilter):
    """Narrows the stories that somebody judges."""

    standing = one_of(
        "How far they are",
        [
            ("", "However far"),
            ("waiting", "Not published yet"),
            ("published", "Published"),
            ("kept", "Only for those who judge"),
        ],
    )


class LeaveOutForm(forms.Form):
    """Which of the suggested words to leave out, and which others."""

    chosen = forms.MultipleChoiceField(
        label="Leave these out",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Suggested because they may tell who somebody is. Untick what tells of nobody.",
    )
    others = forms.CharField(
        label="Leave out besides",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One on each line, exactly as it stands in the story.",
    )

    shown = forms.MultipleChoiceField(
        label="Show these beside the words",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Look at each first. Is somebody in it, or a street, or a name on a door?",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        words: str,
        prepared: Sequence[Omission] | None = None,
        files: Sequence[Any] = (),
        shown: Sequence[str] = (),
    ) -> None:
        self.to_show = {str(each.public_id): each for each in files}
        self.words, self.suggested = words, _by_text(words, suggestions(words))
        super().__init__(data, initial=self._so_far(prepared) | {"shown": list(shown)})
        offer_choices(
            self, "chosen", [(key, _label(words, found)) for key, found in self.suggested]
        )
        if not self.suggested:
            del self.fields["chosen"]
        offer_choices(
            self, "shown", [(key, each.said.description) for key, each in self.to_show.items()]
        )
        if not self.to_show:
            del self.fields["shown"]

    def clean_others(self) -> list[str]:
        """Refuse what does not stand in the story."""
        asked = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        for each in asked:
            if each not in self.words:
                raise forms.ValidationError(f"“{each}” does not stand in the story like this.")
        return asked

    def omissions(self) -> list[Omission]:
        """Return all that is left out, in order."""
        chosen = set(self.cleaned_data.get("chosen", ()))
        found = [each for key, parts in self.suggested if key in chosen for each in parts]
        return apart([*found, *self._besides()])

    def files_chosen(self) -> list[Any]:
        """Return the files that are shown beside the words."""
        return [self.to_show[key] for key in self.cleaned_data.get("shown", ())]

    def _besides(self) -> list[Omission]:
        return [
            Omission(start=start, end=start + len(each), kind=LeftOut.OTHER)
            for each in self.cleaned_data["others"]
            for start in range(len(self.words))
            if self.words.startswith(each, start)
        ]

    def _so_far(self, prepared: Sequence[Omission] | None) -> dict[str, Any]:
        if prepared is None:
            return {"chosen": [key for key, _ in self.suggested]}
        held = set(prepared)
        chosen = [key for key, parts in self.suggested if held.issuperset(parts)]
        rest = held.difference(
            each for key, parts in self.suggested if key in chosen for each in parts
        )
        others = dict.fromkeys(each.of(self.words) for each in sorted(rest))
        return {"chosen": chosen, "others": "\n".join(others)}


class ReadForm(forms.Form):
    """Which state of what is to be published was read."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, data: Any = None, *, read: str) -> None:
        super().__init__(data)
        self.now = read
        """What stands on the page now: after a refusal it is what is read next."""


def _by_text(words: str, found: Sequence[Omission]) -> list[tuple[str, list[Omission]]]:
    """Return what was found, each word once with all its places, under the place it stands at first."""
    alike: dict[tuple[str, LeftOut], list[Omission]] = {}
    for each in found:
        alike.setdefault((each.of(words), each.kind), []).append(each)
    return [(str(parts[0].start), parts) for parts in alike.values()]


def _label(words: str, parts: Sequence[Omission]) -> str:
    times = f", {len(parts)} times" if len(parts) > 1 else ""
    return f"{parts[0].of(words)} ({parts[0].kind.words}{times})"
