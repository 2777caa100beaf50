from django.urls import path

from makegood.articulate import views

urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/new/", views.start_programme, name="start_programme"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
    path("needs/", views.needs, name="needs"),
    path("needs/new/", views.write_need, name="write_need"),
    path("needs/<str:reference>/", views.need, name="need"),
    path("needs/<str:reference>/change/", views.revise_need, name="revise_need"),
    path("needs/<str:reference>/publish/", views.publish_need, name="publish_need"),
    path("needs/<str:reference>/close/", views.close_need, name="close_need"),
    path("needs/<str:reference>/propose/", views.start_proposal, name="start_proposal"),
    path("proposals/<str:code>/", views.proposal, name="proposal"),
    path("proposals/<str:code>/change/", views.revise_proposal, name="revise_proposal"),
    path("proposals/<str:code>/submit/", views.submit_proposal, name="submit_proposal"),
    path("proposals/<str:code>/withdraw/", views.withdraw_proposal, name="withdraw_proposal"),
    path("proposals/<str:code>/promises/new/", views.add_promise, name="add_promise"),
    path(
        "proposals/<str:code>/promises/<int:position>/",
        views.revise_promise,
        name="revise_promise",
    ),
    path(
        "proposals/<str:code>/promises/<int:position>/leave-out/",
        views.strike_out_promise,
        name="strike_out_promise",
    ),
]
