from django.urls import path

from makegood.contract.views import (
    agreeing,
    binding,
    bringing_in,
    deciding,
    handing_over,
    notices,
    panels,
    paper,
    reading,
    reconciling,
    register,
    schedule,
    signing_handovers,
    signing_variations,
    varying,
    withholding,
)

_ONE = "contracts/<str:reference>/variations/<int:number>/"
_COMMITMENT = f"{_ONE}commitments/<str:commitment>/"
VARYING = [
    path(
        "contracts/<str:reference>/variations/begin/",
        varying.begin_variation,
        name="begin_variation",
    ),
    path(_ONE, varying.variation, name="variation"),
    path(f"{_ONE}change/", varying.revise_variation, name="revise_variation"),
    path(_COMMITMENT, varying.vary_commitment, name="vary_commitment"),
    path(f"{_COMMITMENT}leave/", varying.leave_commitment, name="leave_commitment"),
    path(f"{_COMMITMENT}<str:part>/", varying.vary_part, name="vary_part"),
    path(f"{_ONE}propose/", varying.propose_variation, name="propose_variation"),
    path(f"{_ONE}withdraw/", varying.withdraw_variation, name="withdraw_variation"),
    path(f"{_ONE}send-back/", varying.send_variation_back, name="send_variation_back"),
    path(f"{_ONE}decline/", varying.decline_variation, name="decline_variation"),
    path(f"{_ONE}sign/", signing_variations.sign_variation, name="sign_variation"),
    path(
        f"{_ONE}signatures/<str:side>/paper/",
        signing_variations.record_paper_variation,
        name="record_paper_variation",
    ),
    path(f"{_ONE}signatures/<str:side>/scan/", paper.scan, name="variation_scan"),
    path(f"{_ONE}signatures/<str:side>/erase/", paper.erase_paper, name="erase_variation_paper"),
]
"""What changes in a contract after both sides have signed it."""

_OVER = "contracts/<str:reference>/handovers/<int:number>/"
_OF = {"of": "handover"}
HANDING_OVER = [
    path(
        "contracts/<str:reference>/handovers/begin/",
        handing_over.begin_handover,
        name="begin_handover",
    ),
    path(_OVER, handing_over.handover, name="handover"),
    path(f"{_OVER}change/", handing_over.revise_handover, name="revise_handover"),
    path(f"{_OVER}propose/", handing_over.propose_handover, name="propose_handover"),
    path(f"{_OVER}withdraw/", handing_over.withdraw_handover, name="withdraw_handover"),
    path(f"{_OVER}decline/", handing_over.decline_handover, name="decline_handover"),
    path(f"{_OVER}sign/", signing_handovers.sign_handover, name="sign_handover"),
    path(
        f"{_OVER}signatures/<str:side>/paper/",
        signing_handovers.record_paper_handover,
        name="record_paper_handover",
    ),
    path(f"{_OVER}signatures/<str:side>/scan/", paper.scan, _OF, name="handover_scan"),
    path(
        f"{_OVER}signatures/<str:side>/erase/", paper.erase_paper, _OF, name="erase_handover_paper"
    ),
]
"""How a contract goes to another provider."""

_NOTICE = "contracts/<str:reference>/notices/<int:number>/"
NOTICES = [
    path("contracts/<str:reference>/notices/begin/", notices.begin_notice, name="begin_notice"),
    path(_NOTICE, notices.notice, name="notice"),
    path(f"{_NOTICE}notice.pdf", notices.notice_as_pdf, name="notice_as_pdf"),
    path(f"{_NOTICE}notice.json", notices.notice_as_data, name="notice_as_data"),
    path(f"{_NOTICE}indicators/<str:commitment>/", notices.rate_indicator, name="rate_indicator"),
    path(f"{_NOTICE}send/", notices.send_notice, name="send_notice"),
    path(f"{_NOTICE}withdraw/", notices.withdraw_notice, name="withdraw_notice"),
    path(f"{_NOTICE}reply/", notices.reply_to_notice, name="reply_to_notice"),
    path(f"{_NOTICE}publish/", notices.publish_notice, name="publish_notice"),
    path(
        "contracts/<str:reference>/commitments/<str:commitment>/indicator/",
        agreeing.agree_kpi,
        name="agree_kpi",
    ),
]
"""How the published indicators of a contract do."""

urlpatterns = [
    path("needs/<str:reference>/decide/", deciding.decide_need, name="decide_need"),
    path(
        "needs/<str:reference>/decide/<str:code>/",
        deciding.intend_decision,
        name="intend_decision",
    ),
    path(
        "needs/<str:reference>/challenges/<uuid:challenge>/",
        deciding.challenge,
        name="challenge",
    ),
    path(
        "needs/<str:reference>/challenges/<uuid:challenge>/answer/",
        deciding.answer_challenge,
        name="answer_challenge",
    ),
    path("needs/<str:reference>/criteria/", panels.set_criteria, name="set_criteria"),
    path("needs/<str:reference>/panel/", panels.panel, name="panel"),
    path("needs/<str:reference>/panel/interest/", panels.declare_interest, name="declare_interest"),
    path(
        "needs/<str:reference>/panel/<uuid:member>/leave/",
        panels.take_off_panel,
        name="take_off_panel",
    ),
    path("needs/<str:reference>/scores/", panels.scores, name="scores"),
    path("needs/<str:reference>/scores/table.csv", panels.scores_table, name="scores_table"),
    path("needs/<str:reference>/scores/send/", panels.send_scores, name="send_scores"),
    path("needs/<str:reference>/scores/<str:code>/", panels.score_proposal, name="score_proposal"),
    path(
        "needs/<str:reference>/scores/<str:code>/<int:position>/",
        panels.change_score,
        name="change_score",
    ),
    path("proposals/<str:code>/decide/", deciding.decide_proposal, name="decide_proposal"),
    path("proposals/<str:code>/challenge/", deciding.challenge_decision, name="challenge_decision"),
    path("proposals/<str:code>/contract/", binding.draft_contract, name="draft_contract"),
    path("contracts/", register.contracts, name="contracts"),
    path("contracts/table.csv", register.contracts_table, name="contracts_table"),
    path("contracts/bring-in/", bringing_in.bring_in, name="bring_in"),
    path("contracts/bring-in/one/", bringing_in.bring_in_by_form, name="bring_in_by_form"),
    path("contracts/bring-in/table.csv", bringing_in.bring_in_template, name="bring_in_template"),
    path(
        "contracts/<str:reference>/brought-in/",
        bringing_in.answer_brought_in,
        name="answer_brought_in",
    ),
    path("contracts/<str:reference>/", reading.contract, name="contract"),
    path("contracts/<str:reference>/change/", binding.revise_contract, name="revise_contract"),
    path("contracts/<str:reference>/details/", binding.describe_contract, name="describe_contract"),
    path(
        "contracts/<str:reference>/promises/<int:position>/",
        binding.dispose_promise,
        name="dispose_promise",
    ),
    path(
        "contracts/<str:reference>/reconciliation/",
        reconciling.reconciliation,
        name="reconciliation",
    ),
    path(
        "contracts/<str:reference>/reconciliation/table.csv",
        reconciling.reconciliation_table,
        name="reconciliation_table",
    ),
    path(
        "contracts/<str:reference>/commitments/<str:commitment>/figures/",
        agreeing.agree_figures,
        name="agree_figures",
    ),
    path(
        "contracts/<str:reference>/commitments/<str:commitment>/evidence/",
        agreeing.agree_evidence,
        name="agree_evidence",
    ),
    path(
        "contracts/<str:reference>/commitments/<str:commitment>/judging/",
        agreeing.agree_judging,
        name="agree_judging",
    ),
    path(
        "contracts/<str:reference>/commitments/<str:commitment>/consequence/",
        agreeing.agree_consequence,
        name="agree_consequence",
    ),
    path("contracts/<str:reference>/additional/", agreeing.add_commitment, name="add_commitment"),
    path(
        "contracts/<str:reference>/additional/<str:commitment>/",
        agreeing.revise_additional,
        name="revise_additional",
    ),
    path(
        "contracts/<str:reference>/additional/<str:commitment>/leave-out/",
        agreeing.drop_additional,
        name="drop_additional",
    ),
    path("contracts/<str:reference>/schedule/", schedule.schedule, name="schedule"),
    path(
        "contracts/<str:reference>/schedule.pdf", schedule.schedule_as_pdf, name="schedule_as_pdf"
    ),
    path(
        "contracts/<str:reference>/schedule.docx",
        schedule.schedule_as_word,
        name="schedule_as_word",
    ),
    path(
        "contracts/<str:reference>/schedule.json",
        schedule.schedule_as_data,
        name="schedule_as_data",
    ),
    path("contracts/<str:reference>/sign/", binding.sign_contract, name="sign_contract"),
    path(
        "contracts/<str:reference>/signatures/<str:side>/paper/",
        paper.record_paper_signature,
        name="record_paper_signature",
    ),
    path("contracts/<str:reference>/signatures/<str:side>/scan/", paper.scan, name="scan"),
    path(
        "contracts/<str:reference>/signatures/<str:side>/erase/",
        paper.erase_paper,
        name="erase_paper",
    ),
    path("contracts/<str:reference>/end/", signing_variations.end_contract, name="end_contract"),
    path("contracts/<str:reference>/withhold/", withholding.withhold_part, name="withhold_part"),
    path(
        "contracts/<str:reference>/withhold/<uuid:withholding>/lift/",
        withholding.lift_withholding,
        name="lift_withholding",
    ),
    path("contracts/<str:reference>/reopen/", binding.reopen_contract, name="reopen_contract"),
    *VARYING,
    *HANDING_OVER,
    *NOTICES,
]
