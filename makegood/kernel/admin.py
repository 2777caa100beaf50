"""The operators' door to the ledger, and the kind of door every room gives them: to look."""

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from makegood.kernel.models import (
    Checkpoint,
    Entry,
    KeptFile,
    Leaf,
    LogKey,
    Stream,
    Tile,
    TreeHead,
)
from makegood.kernel.personal import all_held
from makegood.kernel.references import SECRET_PARTS


class LookOnly(admin.ModelAdmin):
    """Shows rows; adds, changes and deletes none. What is to be changed goes through actions.

    What is declared as secret is not shown, nor what opens a page to whoever has it.
    Nothing of Django's own scripts is needed for that; they would break the rule that no text
    becomes code.
    """

    actions = None
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    @property
    def media(self) -> forms.Media:
        return forms.Media()

    def get_exclude(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        held = next(held for held in all_held() if held.store is self.model)
        named = {field.name for field in self.model._meta.fields}
        return [*(super().get_exclude(request, obj) or ()), *held.secret, *(SECRET_PARTS & named)]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


admin.site.register([Checkpoint, Entry, KeptFile, Leaf, LogKey, Stream, Tile, TreeHead], LookOnly)
