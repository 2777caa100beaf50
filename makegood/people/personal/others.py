"""The tables of allauth and Django that tell of nobody."""

from allauth.socialaccount.models import SocialApp
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from makegood.kernel.personal import nothing_about_people

OTHERS = (
    nothing_about_people(
        SocialApp, "provider", "provider_id", "name", "client_id", "secret", "key", "settings"
    ),
    nothing_about_people(Group, "name"),
    nothing_about_people(Permission, "name", "codename"),
    nothing_about_people(ContentType, "app_label", "model"),
)
