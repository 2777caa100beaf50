from django.urls import path

from makegood.people.views import (
    advice,
    areas,
    claims,
    closing,
    contacts,
    descriptions,
    directory,
    dpulo,
    formations,
    founders,
    hats,
    invitations,
    members,
    merging,
    motives,
    notices,
    offers,
    organisations,
    persons,
    sessions,
    successions,
)

urlpatterns = [
    path("organisations/", directory.directory, name="organisations"),
    path("organisations.csv", directory.directory_as_table, name="organisations_table"),
    path("organisations/new/", organisations.register, name="register_organisation"),
    path("organisations/<slug:slug>/claim/", claims.claim_organisation, name="claim_organisation"),
    path("organisations/<slug:slug>/entrust/", claims.entrust, name="entrust"),
    path("organisations/<slug:slug>/close/", closing.close_organisation, name="close_organisation"),
    path(
        "organisations/<slug:slug>/reopen/", closing.reopen_organisation, name="reopen_organisation"
    ),
    path(
        "organisations/<slug:slug>/followed-by/", successions.name_successor, name="name_successor"
    ),
    path(
        "organisations/<slug:slug>/follows/", successions.name_predecessor, name="name_predecessor"
    ),
    path("successions/<uuid:succession>/", successions.settle_succession, name="settle_succession"),
    path(
        "successions/<uuid:succession>/withdraw/",
        successions.withdraw_succession,
        name="withdraw_succession",
    ),
    path(
        "successions/<uuid:succession>/undo/", successions.undo_succession, name="undo_succession"
    ),
    path("organisations/<slug:slug>/twice/", merging.report_duplicate, name="report_duplicate"),
    path(
        "organisations/<slug:slug>/merge/<slug:into>/",
        merging.merge_organisations,
        name="merge_organisations",
    ),
    path("organisations/<slug:slug>/two/<slug:other>/", merging.leave_as_two, name="leave_as_two"),
    path("legal-forms/", formations.legal_forms, name="legal_forms"),
    path("legal-forms/<slug:form>/", formations.legal_form, name="legal_form"),
    path("organisations/<slug:slug>/formation/", formations.formation, name="formation"),
    path(
        "organisations/<slug:slug>/formation/plan/",
        formations.plan_formation,
        name="plan_formation",
    ),
    path(
        "organisations/<slug:slug>/formation/steps/<slug:step>/",
        formations.take_step,
        name="take_step",
    ),
    path(
        "organisations/<slug:slug>/formation/registered/",
        formations.end_formation,
        name="end_formation",
    ),
    path(
        "organisations/<slug:slug>/formation/founders/add/",
        founders.add_founder,
        name="add_founder",
    ),
    path(
        "organisations/<slug:slug>/formation/founders/<uuid:founder>/",
        founders.revise_founder,
        name="revise_founder",
    ),
    path(
        "organisations/<slug:slug>/formation/founders/<uuid:founder>/remove/",
        founders.remove_founder,
        name="remove_founder",
    ),
    path(
        "organisations/<slug:slug>/formation/adviser/ask/",
        advice.ask_for_adviser,
        name="ask_for_adviser",
    ),
    path("organisations/<slug:slug>/formation/adviser/end/", advice.end_advice, name="end_advice"),
    path(
        "organisations/<slug:slug>/formation/advice/write/",
        advice.write_advice,
        name="write_advice",
    ),
    path("advice/<uuid:advice>/", advice.take_advice, name="take_advice"),
    path("motives/", motives.motives, name="motives"),
    path("motives.csv", motives.motives_as_table, name="motives_table"),
    path("organisations/<slug:slug>/motives/", motives.state_motives, name="state_motives"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<uuid:claim>/", claims.decide_claim, name="decide_claim"),
    path("claims/<uuid:claim>/withdraw/", claims.withdraw_claim, name="withdraw_claim"),
    path("organisations/<slug:slug>/members/", members.members, name="members"),
    path("organisations/<slug:slug>/members/invite/", invitations.invite, name="invite"),
    path(
        "organisations/<slug:slug>/invitations/<uuid:invitation>/again/",
        invitations.send_again,
        name="send_invitation_again",
    ),
    path(
        "organisations/<slug:slug>/invitations/<uuid:invitation>/withdraw/",
        invitations.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(
        "organisations/<slug:slug>/members/<uuid:person>/<str:role>/change/",
        members.change_membership,
        name="change_membership",
    ),
    path(
        "organisations/<slug:slug>/members/<uuid:person>/<str:role>/end/",
        members.end_membership,
        name="end_membership",
    ),
    path(
        "organisations/<slug:slug>/describe/",
        descriptions.describe_organisation,
        name="describe_organisation",
    ),
    path(
        "organisations/<slug:slug>/describe/words/",
        descriptions.revise_organisation,
        name="revise_organisation",
    ),
    path(
        "organisations/<slug:slug>/identifiers/add/",
        descriptions.add_identifier,
        name="add_identifier",
    ),
    path(
        "organisations/<slug:slug>/identifiers/<path:identifier>/remove/",
        descriptions.remove_identifier,
        name="remove_identifier",
    ),
    path("organisations/<slug:slug>/areas/", areas.choose_areas, name="choose_areas"),
    path("organisations/<slug:slug>/areas/<str:code>/add/", areas.add_area, name="add_area"),
    path(
        "organisations/<slug:slug>/areas/<str:code>/remove/", areas.remove_area, name="remove_area"
    ),
    path("organisations/<slug:slug>/contacts/add/", contacts.add_contact, name="add_contact"),
    path(
        "organisations/<slug:slug>/contacts/<uuid:contact>/",
        contacts.revise_contact,
        name="revise_contact",
    ),
    path(
        "organisations/<slug:slug>/contacts/<uuid:contact>/remove/",
        contacts.remove_contact,
        name="remove_contact",
    ),
    path("organisations/<slug:slug>/offers/add/", offers.make_offer, name="make_offer"),
    path(
        "organisations/<slug:slug>/offers/<uuid:offer>/close/",
        offers.close_offer,
        name="close_offer",
    ),
    path(
        "organisations/<slug:slug>/offers/<uuid:offer>/reopen/",
        offers.reopen_offer,
        name="reopen_offer",
    ),
    path(
        "organisations/<slug:slug>/members/<uuid:person>/hand-over/",
        members.hand_over,
        name="hand_over",
    ),
    path("organisations/<slug:slug>/readings/", members.readings, name="readings"),
    path("invitations/<uuid:key>/", invitations.invitation, name="invitation"),
    path(
        "invitations/<uuid:key>/accept/",
        invitations.accept_invitation,
        name="accept_invitation",
    ),
    path(
        "invitations/<uuid:key>/decline/",
        invitations.decline_invitation,
        name="decline_invitation",
    ),
    path("organisations/<slug:slug>/dpulo/", dpulo.state_dpulo, name="state_dpulo"),
    path(
        "my/contacts/<uuid:contact>/take-down/",
        contacts.take_down_contact,
        name="take_down_contact",
    ),
    path(
        "my/founders/<uuid:founder>/take-down/",
        founders.take_down_founder,
        name="take_down_founder",
    ),
    path("my/notices/", notices.notices, name="notices"),
    path("my/hat/", hats.choose_hat, name="choose_hat"),
    path("my/name/", persons.change_name, name="change_name"),
    path("my/sign-ins/", sessions.sign_ins, name="sign_ins"),
    path("my/sign-ins/others/end/", sessions.end_other_sessions, name="end_other_sessions"),
    path("my/sign-ins/<uuid:session>/end/", sessions.end_session, name="end_session"),
]
