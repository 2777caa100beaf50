"""Root addresses: each room's own, and what joins them."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("makegood.people.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
