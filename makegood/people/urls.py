from django.urls import path

from makegood.people.views import hats, organisations, sessions

urlpatterns = [
    path("organisations/new/", organisations.register, name="register_organisation"),
    path("organisations/<slug:slug>/members/", organisations.members, name="members"),
    path(
        "organisations/<slug:slug>/members/<uuid:person>/<str:role>/end/",
        organisations.end_membership,
        name="end_membership",
    ),
    path("my/hat/", hats.choose_hat, name="choose_hat"),
    path("my/sign-ins/", sessions.sign_ins, name="sign_ins"),
    path("my/sign-ins/others/end/", sessions.end_other_sessions, name="end_other_sessions"),
    path("my/sign-ins/<uuid:session>/end/", sessions.end_session, name="end_session"),
]
