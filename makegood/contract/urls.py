from django.urls import path

from makegood.contract import views

urlpatterns = [
    path("proposals/<str:code>/decide/", views.decide_proposal, name="decide_proposal"),
    path("proposals/<str:code>/contract/", views.draft_contract, name="draft_contract"),
    path("contracts/<str:reference>/", views.contract, name="contract"),
    path("contracts/<str:reference>/change/", views.revise_contract, name="revise_contract"),
    path(
        "contracts/<str:reference>/promises/<int:position>/",
        views.dispose_promise,
        name="dispose_promise",
    ),
    path("contracts/<str:reference>/sign/", views.sign_contract, name="sign_contract"),
    path("contracts/<str:reference>/withhold/", views.withhold_part, name="withhold_part"),
    path(
        "contracts/<str:reference>/withhold/<uuid:withholding>/lift/",
        views.lift_withholding,
        name="lift_withholding",
    ),
    path("contracts/<str:reference>/reopen/", views.reopen_contract, name="reopen_contract"),
]
