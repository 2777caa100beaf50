from django.urls import path

from makegood.people import views

urlpatterns = [
    path("organisations/new/", views.register, name="register_organisation"),
    path("organisations/<slug:slug>/members/", views.members, name="members"),
    path(
        "organisations/<slug:slug>/members/<uuid:person>/<str:role>/end/",
        views.end_membership,
        name="end_membership",
    ),
]
