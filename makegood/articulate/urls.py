from django.urls import path

from makegood.articulate.states import ProposalPart
from makegood.articulate.views import (
    alternatives,
    attachments,
    building,
    clarifications,
    documents,
    invitations,
    listing,
    needs,
    parts,
    programmes,
    promises,
    questions,
    roles,
    withholding,
    writers,
    writing,
)

WRITTEN = {
    ProposalPart.MOTIVES: "write_motives",
    ProposalPart.COSTS: "write_costs",
    ProposalPart.GOVERNANCE: "write_governance",
    ProposalPart.STAFF: "write_staff",
    ProposalPart.USERS: "write_users",
    ProposalPart.RISKS: "write_risks",
}

urlpatterns = [
    path(
        "organisations/<slug:slug>/members/<uuid:person>/<str:role>/programmes/",
        roles.narrow_membership,
        name="narrow_membership",
    ),
    path(
        "organisations/<slug:slug>/invitations/<uuid:invitation>/programmes/",
        roles.narrow_invitation,
        name="narrow_invitation",
    ),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.start_programme, name="start_programme"),
    path("programmes/<slug:slug>/", programmes.programme, name="programme"),
    path("programmes/<slug:slug>/aims/new/", programmes.write_aim, name="write_aim"),
    path(
        "programmes/<slug:slug>/aims/<int:position>/change/",
        programmes.revise_aim,
        name="revise_aim",
    ),
    path("programmes/<slug:slug>/aims/<int:position>/end/", programmes.end_aim, name="end_aim"),
    path("needs/", needs.needs, name="needs"),
    path("needs.csv", needs.needs_table, name="needs_table"),
    path("needs/new/", needs.write_need, name="write_need"),
    path("needs/<str:reference>/", needs.need, name="need"),
    path("needs/<str:reference>/change/", needs.revise_need, name="revise_need"),
    path("needs/<str:reference>/publish/", needs.publish_need, name="publish_need"),
    path("needs/<str:reference>/discard/", needs.discard_need, name="discard_need"),
    path("needs/<str:reference>/close/", needs.close_need, name="close_need"),
    path("needs/<str:reference>/versions/", needs.need_versions, name="need_versions"),
    path("needs/<str:reference>/times/", needs.time_need, name="time_need"),
    path("needs/<str:reference>/correct/", needs.correct_need, name="correct_need"),
    path("needs/<str:reference>/extend/", needs.extend_need, name="extend_need"),
    path(
        "needs/<str:reference>/alternative/new/",
        alternatives.measure_alternative,
        name="measure_alternative",
    ),
    path(
        "needs/<str:reference>/alternative/<slug:measure>/",
        alternatives.alternative,
        name="alternative",
    ),
    path(
        "needs/<str:reference>/alternative/<slug:measure>/change/",
        alternatives.revise_alternative,
        name="revise_alternative",
    ),
    path(
        "needs/<str:reference>/alternative/<slug:measure>/leave-out/",
        alternatives.strike_out_alternative,
        name="strike_out_alternative",
    ),
    path(
        "needs/<str:reference>/alternative/<slug:measure>/upload/",
        alternatives.upload_alternative,
        name="upload_alternative",
    ),
    path(
        "needs/<str:reference>/alternative/<slug:measure>/upload/<str:upload>/",
        alternatives.alternative_upload,
        name="alternative_upload",
    ),
    path(
        "needs/<str:reference>/alternative/<slug:measure>/upload/<str:upload>/rejected.csv",
        alternatives.alternative_rejected,
        name="alternative_rejected",
    ),
    path("needs/<str:reference>/questions/new/", questions.ask_question, name="ask_question"),
    path(
        "needs/<str:reference>/questions/<uuid:question>/answer/",
        questions.answer_question,
        name="answer_question",
    ),
    path(
        "needs/<str:reference>/questions/<uuid:question>/decline/",
        questions.decline_question,
        name="decline_question",
    ),
    path(
        "needs/<str:reference>/invitations/", invitations.need_invitations, name="need_invitations"
    ),
    path(
        "needs/<str:reference>/invitations/<slug:slug>/invite/",
        invitations.invite_provider,
        name="invite_provider",
    ),
    path(
        "needs/<str:reference>/invitations/<uuid:invitation>/withdraw/",
        invitations.withdraw_need_invitation,
        name="withdraw_need_invitation",
    ),
    path("needs/<str:reference>/propose/", writing.start_proposal, name="start_proposal"),
    path("proposals/", listing.proposals, name="proposals"),
    path("proposals.csv", listing.proposals_table, name="proposals_table"),
    path("proposals/<str:code>/", writing.proposal, name="proposal"),
    path("proposals/<str:code>/change/", writing.revise_proposal, name="revise_proposal"),
    path("proposals/<str:code>/submit/", writing.submit_proposal, name="submit_proposal"),
    path("proposals/<str:code>/withdraw/", writing.withdraw_proposal, name="withdraw_proposal"),
    path(
        "proposals/<str:code>/versions/",
        clarifications.proposal_versions,
        name="proposal_versions",
    ),
    path(
        "proposals/<str:code>/clarifications/new/",
        clarifications.ask_clarification,
        name="ask_clarification",
    ),
    path(
        "proposals/<str:code>/clarifications/<uuid:clarification>/answer/",
        clarifications.answer_clarification,
        name="answer_clarification",
    ),
    path(
        "proposals/<str:code>/clarifications/<uuid:clarification>/withdraw/",
        clarifications.withdraw_clarification,
        name="withdraw_clarification",
    ),
    path("needs/<str:reference>/form.docx", documents.need_form, name="need_form"),
    path("proposals/<str:code>/proposal.docx", documents.proposal_as_word, name="proposal_as_word"),
    path("proposals/<str:code>/print/", documents.print_proposal, name="print_proposal"),
    path("proposals/<str:code>/files/", attachments.attachments, name="attachments"),
    path(
        "proposals/<str:code>/files/<uuid:attachment>/",
        attachments.attachment,
        name="attachment",
    ),
    path(
        "proposals/<str:code>/files/<uuid:attachment>/remove/",
        attachments.remove_attachment,
        name="remove_attachment",
    ),
    path("proposals/<str:code>/writers/", writers.proposal_writers, name="proposal_writers"),
    path(
        "proposals/<str:code>/writers/<uuid:writer>/end/", writers.end_writing, name="end_writing"
    ),
    path("writing/<uuid:key>/", writers.invitation_to_write, name="invitation_to_write"),
    path("writing/<uuid:key>/accept/", writers.accept_writing, name="accept_writing"),
    path(
        "proposals/<str:code>/withhold/",
        withholding.withhold_proposal_part,
        name="withhold_proposal_part",
    ),
    path(
        "proposals/<str:code>/withholdings/<uuid:withholding>/lift/",
        withholding.lift_proposal_withholding,
        name="lift_proposal_withholding",
    ),
    *(
        path(f"proposals/<str:code>/{part}/", parts.write_part, {"part": part}, name=name)
        for part, name in WRITTEN.items()
    ),
    path("proposals/<str:code>/options/", parts.weigh_options, name="weigh_options"),
    path("proposals/<str:code>/options/criteria/", parts.choose_criteria, name="choose_criteria"),
    path("proposals/<str:code>/options/<int:number>/", parts.weigh_option, name="weigh_option"),
    path("measures/<slug:slug>/promise/", promises.promise_on, name="promise_on"),
    path("proposals/<str:code>/promises/new/", promises.add_promise, name="add_promise"),
    path("proposals/<str:code>/promises/copy/", promises.copy_promise, name="copy_promise"),
    path(
        "proposals/<str:code>/promises/<int:position>/",
        promises.revise_promise,
        name="revise_promise",
    ),
    path(
        "proposals/<str:code>/promises/<int:position>/read/",
        building.read_promise,
        name="read_promise",
    ),
    path(
        "proposals/<str:code>/promises/<int:position>/power/",
        building.work_out_power,
        name="work_out_power",
    ),
    path(
        "proposals/<str:code>/promises/<int:position>/advice/<str:number>/set-aside/",
        building.set_advice_aside,
        name="set_advice_aside",
    ),
    path(
        "proposals/<str:code>/promises/<int:position>/advice/<str:number>/take-up/",
        building.take_advice_up,
        name="take_advice_up",
    ),
    path(
        "proposals/<str:code>/promises/<int:position>/leave-out/",
        promises.strike_out_promise,
        name="strike_out_promise",
    ),
]
