"""Who may open what: every address of the platform, and the answer each visitor gets.

One line an address. The columns are who asks:

    who  nobody  signed out                     N  Nia     signed in, and belongs nowhere
    A    Alice   owns the provider              B  Bob     reads for the provider
    D    Dana    owns the assessors and judges  d  Dan     reads for the assessors
    E    Erin    owns the commissioner          e  Ed      reads for the commissioner
    F    Frank   owns the support unit          f  Fay     reads for the support unit
    G    Grace   audits                         C  Charlie owns another provider
    X    Xan     judges for other assessors     Y  Yan     owns another commissioner
    Z    Zoe     owns another support unit      g  Gus     audits another programme

So for each organisation there is one who may all, one who may only look, and one of its kind that
has nothing to do with the matter. The answers:

    ok     the page                          in     sent to sign in
    on     sent on to another page           403    may not, and is told why
    404    is not told that it exists        405    not an address to look at: it only takes answers

``right`` is what a role has to carry for the owner's answer (``people.states.RIGHTS``); every other
role of the same organisation gets the reader's. With ``-`` all of an organisation's roles get one
answer, the reader's; with ``side`` each kind needs a right of its own. ``with`` names the example
the address needs (see tests/factories/examples.py), ``-`` for none. A line that starts with POST
sends an empty answer.
``=`` repeats the answer to its left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from makegood.people.states import RIGHTS, Kind, Right, Role
from tests.guard_rows import CAPTURING, DECIDING, FIGURES, LEDGER, SINCE_SIGNED, TELLING

PEOPLE = (
    *("nobody", "nia", "alice", "bob", "dana", "dan", "erin", "ed", "frank", "fay", "grace"),
    *("gus", "charlie", "xan", "yan", "zoe"),
)
SIDES = {
    Kind.PROVIDER: ("alice", "bob"),
    Kind.ASSESSOR: ("dana", "dan"),
    Kind.COMMISSIONER: ("erin", "ed"),
    Kind.SUPPORT_UNIT: ("frank", "fay"),
}
"""Who has every right for an organisation of each kind, and who reads for it."""
SIDE = "side"
BY_SIDE = dict.fromkeys(SIDES, Right.WRITE) | {
    Kind.PROVIDER: Right.ANSWER,
    Kind.ASSESSOR: Right.ASSESS,
}
"""What a role has to carry on each side where ``right`` says ``side``: to answer, buy, judge or run."""
ANSWERS = ("ok", "on", "in", "403", "404", "405")

TABLE = """
address                    with             right  who N   A   B   D   d   E   e   F   f   G   g   C   X   Y   Z
home                       -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
about                      -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
components                 -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
privacy                    -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
record_of_processing       -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
impact_assessment          -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
robots                     -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
favicon                    -                -      on  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
security                   -                -      404 =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
demo_sign_in               -                -      404 =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
desk                       -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =

organisations              -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
organisations_table        -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
organisation               organisation     -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
register_organisation      -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
claim_organisation         organisation     -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
claims                     trust            write  in  403 =   =   =   =   =   =   ok  403 =   =   =   =   =   =
decide_claim               claim            write  in  403 =   =   =   =   =   =   ok  403 =   =   =   =   =   =
withdraw_claim             claim            -      in  404 =   =   =   =   =   =   =   =   =   =   ok  404 =   =
entrust                    unit             -      in  403 =   =   =   =   =   =   =   =   =   =   =   =   =   =
motives                    -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
motives_table              -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
state_motives              organisation     -      in  404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
POST state_motives         organisation     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
legal_forms                -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
legal_form                 legal-form       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
formation                  group            -      in  404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
formation                  advised          -      in  404 ok  ok  404 =   =   =   ok  404 =   =   =   =   =   =
plan_formation             group            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
take_step                  step             write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
add_founder                group            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
revise_founder             founder          write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
remove_founder             founder          write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
ask_for_adviser            group            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
take_advice                asked-advice     advise in  404 404 404 404 =   =   =   ok  404 =   =   =   =   =   =
write_advice               advised          -      in  404 404 404 404 =   =   =   ok  404 =   =   =   =   =   =
end_advice                 waiting-group    write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
end_formation              group            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
close_organisation         organisation     settle in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
name_successor             organisation     settle in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
name_predecessor           organisation     settle in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
settle_succession          succession       settle in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
withdraw_succession        said-succession  settle in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
undo_succession            wrong-succession write  in  403 =   =   =   =   =   =   ok  403 =   =   =   =   =   =
report_duplicate           organisation     -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
merge_organisations        twins            write  in  403 =   =   =   =   =   =   ok  403 =   =   =   =   =   =
leave_as_two               said-twins       write  in  403 =   =   =   =   =   =   ok  403 =   =   =   =   =   =
reopen_organisation        organisation     -      in  403 =   =   =   =   =   =   =   =   =   =   =   =   =   =
members                    organisation     -      in  404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
describe_organisation      organisation     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
revise_organisation        organisation     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
add_identifier             organisation     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
remove_identifier          identifier       write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
add_contact                organisation     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
revise_contact             contact          write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
remove_contact             contact          write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
state_dpulo                organisation     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
make_offer                 organisation     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
close_offer                offer            -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST close_offer           offer            write  in  404 on  403 404 =   =   =   =   =   =   =   =   =   =   =
reopen_offer               offer            -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST reopen_offer          offer            write  in  404 on  403 404 =   =   =   =   =   =   =   =   =   =   =
choose_areas               organisation     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
add_area                   area             -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST add_area              area             write  in  404 on  403 404 =   =   =   =   =   =   =   =   =   =   =
remove_area                area             -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST remove_area           area             write  in  404 on  403 404 =   =   =   =   =   =   =   =   =   =   =
change_membership          membership       manage in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
end_membership             membership       manage in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
hand_over                  member           manage in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
narrow_membership          membership       manage in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
narrow_invitation          sent-invitation  manage in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
readings                   organisation     manage in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
invite                     organisation     manage in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
send_invitation_again      sent-invitation  -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST send_invitation_again sent-invitation  manage in  404 on  403 404 =   =   =   =   =   =   =   =   =   =   =
withdraw_invitation        sent-invitation  manage in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
invitation                 invitation       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
accept_invitation          invitation       -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST accept_invitation     invitation       -      in  403 403 403 403 403 403 403 403 403 403 =   on  403 =   =
decline_invitation         invitation       -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST decline_invitation    invitation       -      in  403 403 403 403 403 403 403 403 403 403 =   on  403 =   =

still_you                  -                -      in  on  =   =   =   =   =   =   =   =   =   =   =   =   =   =
my_data                    -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
change_name                -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
take_my_data               -                -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST take_my_data          -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
erase_me                   -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
take_down_contact          charlies-name    -      in  404 =   =   =   =   =   =   =   =   =   =   ok  404 =   =
take_down_founder          alices-founder   -      in  404 ok  404 =   =   =   =   =   =   =   =   =   =   =   =
notices                    -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
choose_hat                 -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
sign_ins                   -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
end_other_sessions         -                -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST end_other_sessions    -                -      in  on  =   =   =   =   =   =   =   =   =   =   =   =   =   =
end_session                session          -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST end_session           session          -      in  404 on  404 =   =   =   =   =   =   =   =   =   =   =   =

measures                   -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
measure                    measure          -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
define_measure             -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
measures_table             -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
measures_template          -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
measure_version            measure-version  -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
measure_uses               measure          -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
form_pool                  measure          write  in  403 ok  403 ok  403 ok  403 ok  403 ok  403 ok  =   =   =
revise_measure             measure          write  in  403 ok  403 =   =   =   =   =   =   =   =   =   =   =   =
retire_measure             measure          write  in  403 ok  403 =   =   =   =   =   =   =   =   =   =   =   =
bring_back_measure         retired-measure  -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST bring_back_measure    retired-measure  write  in  403 on  403 =   =   =   =   =   =   =   =   =   =   =   =
add_starter_measures       trust            write  in  403 =   =   =   =   =   =   ok  403 =   =   =   =   =   =
import_measures            -                write  in  403 ok  403 ok  403 ok  403 ok  403 ok  403 ok  =   =   =
measure_file               measure-file     write  in  404 ok  404 =   =   =   =   =   =   =   =   =   =   =   =
rejected_measures          measure-file     write  in  404 ok  404 =   =   =   =   =   =   =   =   =   =   =   =

programmes                 -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
programme                  programme        -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
start_programme            -                write  in  403 403 403 403 403 403 403 ok  403 403 =   403 403 403 ok
write_aim                  programme        write  in  403 403 403 403 403 403 403 ok  403 403 =   403 403 403 403
revise_aim                 aim              write  in  403 403 403 403 403 403 403 ok  403 403 =   403 403 403 403
end_aim                    aim              write  in  403 403 403 403 403 403 403 ok  403 403 =   403 403 403 403
needs                      -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
need                       draft-need       -      404 404 404 404 404 404 ok  ok  404 =   =   =   =   =   =   =
need                       need             -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
write_need                 -                write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 ok  403
revise_need                draft-need       write  in  404 404 404 404 404 ok  403 404 =   =   =   =   =   =   =
publish_need               draft-need       -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST publish_need          draft-need       write  in  404 404 404 404 404 on  403 404 =   =   =   =   =   =   =
close_need                 need             -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST close_need            need             write  in  403 403 403 403 403 on  403 =   =   =   =   =   =   =   =
needs_table                -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
compare                    draft-need       -      404 404 404 404 404 404 ok  ok  404 =   =   =   =   =   =   =
compare                    need             -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
compare_table              draft-need       -      404 404 404 404 404 404 ok  ok  404 =   =   =   =   =   =   =
compare_table              need             -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
need_versions              need             -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
time_need                  draft-need       write  in  404 404 404 404 404 ok  403 404 =   =   =   =   =   =   =
correct_need               need             write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
extend_need                need             write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
measure_alternative        need             write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
alternative                alternative      write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
revise_alternative         alternative      write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
strike_out_alternative     alternative      write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
upload_alternative         alternative      write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
alternative_upload         alternative-file write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
alternative_rejected       alternative-file write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
answer_question            question         write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
decline_question           question         write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
need_invitations           need             write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
ask_question               need             -      in  403 ok  ok  403 403 403 403 403 403 403 403 ok  403 =   =
invite_provider            need-and-provider -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST invite_provider       need-and-provider write  in  403 403 403 403 403 on  403 =   =   =   =   =   =   =   =
withdraw_need_invitation   need-invitation  -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST withdraw_need_invitation need-invitation  write  in  403 403 403 403 403 on  403 =   =   =   =   =   =   =   =
proposals                  -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
proposals_table            -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
start_proposal             need             write  in  403 ok  403 403 403 403 403 403 403 403 =   ok  403 =   =
proposal                   draft            -      404 404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
proposal                   submitted        -      404 404 ok  ok  404 404 ok  ok  404 404 ok  404 =   =   =   =
proposal                   approved         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
revise_proposal            draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
add_promise                draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
revise_promise             draft-promise    write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
copy_promise               draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
promise_on                 measure          write  in  403 ok  403 403 403 403 403 403 403 403 =   ok  403 =   =
read_promise               draft-promise    -      404 404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
read_promise               submitted-promise -     404 404 ok  ok  404 404 ok  ok  404 404 ok  404 =   =   =   =
read_promise               approved-promise -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
work_out_power             draft-promise    write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
set_advice_aside           draft-advice     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
take_advice_up             advice-aside     -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST take_advice_up        advice-aside     write  in  404 on  403 404 =   =   =   =   =   =   =   =   =   =   =
strike_out_promise         draft-promise    write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
submit_proposal            draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
write_motives              draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
write_costs                draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
write_governance           draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
write_staff                draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
write_users                draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
write_risks                draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
weigh_options              draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
choose_criteria            draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
weigh_option               draft-option     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
withdraw_proposal          draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
ask_clarification          submitted        write  in  404 403 403 404 404 ok  403 404 404 403 404 =   =   =   =
answer_clarification       clarification    write  in  404 ok  403 404 404 403 403 404 404 403 404 =   =   =   =
withdraw_clarification     clarification    -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST withdraw_clarification clarification   write  in  404 403 403 404 404 on  403 404 404 403 404 =   =   =   =
proposal_versions          draft            -      404 404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
proposal_versions          submitted        -      404 404 ok  ok  404 404 ok  ok  404 404 ok  404 =   =   =   =
proposal_versions          approved         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
attachments                draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
attachment                 draft-file       -      404 404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
remove_attachment          draft-file       write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
proposal_writers           draft            write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
end_writing                draft-writer     write  in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
invitation_to_write        to-write         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
accept_writing             to-write         -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST accept_writing        to-write         -      in  403 403 403 403 403 403 403 403 403 403 =   on  403 =   =
proposal_as_word           draft            -      404 404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
proposal_as_word           submitted        -      404 404 ok  ok  404 404 ok  ok  404 404 ok  404 =   =   =   =
proposal_as_word           approved         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
print_proposal             draft            -      404 404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
print_proposal             submitted        -      404 404 ok  ok  404 404 ok  ok  404 404 ok  404 =   =   =   =
print_proposal             approved         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
need_form                  need             -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
need_form                  draft-need       -      404 404 404 404 404 404 ok  ok  404 =   =   =   =   =   =   =
withhold_proposal_part     approved         write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
lift_proposal_withholding  withheld-bid     -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST lift_proposal_withholding withheld-bid write  in  403 403 403 403 403 on  403 =   =   =   =   =   =   =   =
portfolio                  -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
portfolio_table            -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
promises                   -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
promises_table             -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
promise                    promise          -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =

contracts                  -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
bring_in                   a-programme      write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 ok  403
bring_in_by_form           a-programme      write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 ok  403
bring_in_template          -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
answer_brought_in          brought-in       answer in  404 ok  403 403 403 403 403 404 404 403 404 =   =   =   =
answer_brought_in          contract         -      in  404 =   =   =   =   =   =   =   =   =   =   =   =   =   =
contracts_table            -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
decide_proposal            submitted        write  in  404 403 403 404 404 ok  403 404 404 403 404 =   =   =   =
draft_contract             approved         write  in  403 403 403 403 403 ok  403 =   =   =   =   =   =   =   =
contract                   draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
contract                   contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
revise_contract            draft-contract   write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
describe_contract          draft-contract   write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
dispose_promise            disposition      write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
reconciliation             draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
reconciliation             contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
reconciliation_table       draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
reconciliation_table       contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
agree_figures              committed        write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
agree_evidence             committed        write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
agree_judging              committed        write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
agree_consequence          committed        write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
add_commitment             draft-contract   write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
revise_additional          additional       write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
drop_additional            additional       write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
schedule                   draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
schedule                   contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
schedule_as_pdf            draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
schedule_as_pdf            contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
schedule_as_word           draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
schedule_as_word           contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
schedule_as_data           draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
schedule_as_data           contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
sign_contract              settled          sign   in  404 ok  403 403 403 ok  403 404 404 403 404 =   =   =   =
POST sign_contract         settled          sign   in  404 ok  403 403 403 ok  403 404 404 403 404 =   =   =   =
reopen_contract            draft-contract   write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
record_paper_signature     settled-provider write  in  404 ok  403 403 403 ok  403 404 404 403 404 =   =   =   =
record_paper_signature     settled-buyer    write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
scan                       paper            -      in  403 ok  ok  ok  ok  ok  ok  403 403 ok  403 =   =   =   =
erase_paper                paper            answer in  403 403 403 403 403 ok  403 403 =   =   =   =   =   =   =
withhold_part              contract         write  in  403 403 403 403 403 ok  403 403 =   =   =   =   =   =   =
lift_withholding           withholding      -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST lift_withholding      withholding      write  in  403 403 403 403 403 on  403 403 =   =   =   =   =   =   =
contract_record            contract         answer in  403 403 403 403 403 ok  403 403 =   =   =   =   =   =   =
contract_record            draft-contract   answer in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
workbench                  programme        -      in  403 403 403 403 403 403 403 ok  =   =   403 =   =   =   =
workbench_table            programme        -      in  403 403 403 403 403 403 403 ok  =   =   403 =   =   =   =
programme_record           approved-in      answer in  403 403 403 403 403 ok  403 403 =   =   =   =   =   =   =
programme_record           contracted       answer in  403 403 403 403 403 ok  403 403 =   =   =   =   =   =   =
tell_story                 story-page       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
my_story                   story            -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
withdraw_story             story            -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =

assess                     commitment       -      in  404 404 404 ok  ok  404 =   =   =   =   =   =   =   =   =
finding                    draft-finding    -      in  404 404 404 ok  ok  404 =   =   =   =   =   =   =   =   =
finding                    sent-finding     -      in  404 ok  ok  ok  ok  404 404 404 404 ok  404 =   =   =   =
send_finding               draft-finding    assess in  404 404 404 ok  403 404 =   =   =   =   =   =   =   =   =
reply_to_finding           sent-finding     answer in  404 ok  403 403 403 404 404 404 404 403 404 =   =   =   =
publish_finding            sent-finding     assess in  404 403 403 ok  403 404 404 404 404 403 404 =   =   =   =
"""

# How one signs in, and shows again who one is. Whose it is comes of the session, so nobody differs
# from anybody but in these: nobody; N, signed in just now with a password alone; L, signed in long
# ago, who has an app, a passkey and recovery codes. ``again``: is asked first who it is.
WAYS_IN = """
address                                     who   N     L
account_change_password                     in    ok    ok
POST account_change_password                in    ok    ok
account_confirm_login_code                  in    on    on
POST account_confirm_login_code             in    on    on
account_email                               in    ok    ok
POST account_email                          in    on    again
account_email_verification_sent             in    on    on
POST account_email_verification_sent        in    on    on
account_inactive                            ok    ok    ok
POST account_inactive                       405   405   405
account_login                               ok    on    on
POST account_login                          ok    on    on
account_logout                              on    ok    ok
POST account_logout                         on    on    on
account_reauthenticate                      in    ok    ok
POST account_reauthenticate                 in    ok    ok
account_request_login_code                  ok    on    on
POST account_request_login_code             ok    on    on
account_reset_password                      ok    ok    ok
POST account_reset_password                 ok    ok    ok
account_reset_password_done                 ok    ok    ok
POST account_reset_password_done            405   405   405
account_reset_password_from_key             ok    ok    ok
POST account_reset_password_from_key        ok    ok    ok
account_reset_password_from_key_done        ok    ok    ok
POST account_reset_password_from_key_done   405   405   405
account_set_password                        in    on    on
POST account_set_password                   in    on    again
account_signup                              ok    on    on
POST account_signup                         ok    on    on
account_signup_by_passkey                   ok    on    on
POST account_signup_by_passkey              ok    on    on
mfa_activate_totp                           in    again again
POST mfa_activate_totp                      in    again again
mfa_add_webauthn                            in    again again
POST mfa_add_webauthn                       in    again again
mfa_authenticate                            in    on    on
POST mfa_authenticate                       in    on    on
mfa_deactivate_totp                         in    404   again
POST mfa_deactivate_totp                    in    404   again
mfa_download_recovery_codes                 in    404   again
POST mfa_download_recovery_codes            in    404   again
mfa_edit_webauthn                           in    again again
POST mfa_edit_webauthn                      in    again again
mfa_generate_recovery_codes                 in    again again
POST mfa_generate_recovery_codes            in    again again
mfa_index                                   in    ok    ok
POST mfa_index                              in    405   405
mfa_list_webauthn                           in    ok    ok
POST mfa_list_webauthn                      in    405   405
mfa_login_webauthn                          in    on    on
POST mfa_login_webauthn                     in    on    on
mfa_reauthenticate                          in    again ok
POST mfa_reauthenticate                     in    again ok
mfa_reauthenticate_webauthn                 in    again again
POST mfa_reauthenticate_webauthn            in    again again
mfa_remove_webauthn                         in    again again
POST mfa_remove_webauthn                    in    again again
mfa_signup_webauthn                         on    on    on
POST mfa_signup_webauthn                    on    on    on
mfa_view_recovery_codes                     in    404   again
POST mfa_view_recovery_codes                in    405   405
openid_connect_callback                     404   404   404
POST openid_connect_callback                404   404   404
openid_connect_login                        404   404   404
POST openid_connect_login                   404   404   again
socialaccount_connections                   in    ok    ok
POST socialaccount_connections              in    ok    again
socialaccount_login_cancelled               ok    ok    ok
POST socialaccount_login_cancelled          405   405   405
socialaccount_login_error                   in    401   401
POST socialaccount_login_error              in    405   405
socialaccount_signup                        in    in    in
POST socialaccount_signup                   in    in    in
"""
WAYS = ("who", "N", "L")

# Addresses that others wrote. Django's admin lets in staff alone, and is tried as such.
OTHERS = {
    "account_": "django-allauth's own pages",
    "mfa_": "django-allauth's own pages",
    "socialaccount_": "django-allauth's own pages",
    "openid_connect_": "django-allauth's own pages",
    "admin:": "Django's admin",
}


@dataclass(frozen=True)
class Row:
    """One address, the example it needs, and the answer each person gets."""

    method: str
    address: str
    example: str
    right: Right | None
    answers: tuple[str, ...]
    is_by_side: bool = False
    """Whether each kind of organisation needs a right of its own: ``BY_SIDE``."""

    @property
    def is_one_for_all(self) -> bool:
        """Return whether everybody who is signed in gets the same answer."""
        return len(set(self.answers[1:])) == 1

    def answer(self, person: str) -> str:
        return self.answers[PEOPLE.index(person)]

    def answer_for(self, role: Role, *, kind: Kind) -> str:
        """Return what a role of the organisation of this kind gets."""
        owner, reader = SIDES[kind]
        right = BY_SIDE.get(kind) if self.is_by_side else self.right
        has_it = right is not None and right in RIGHTS[role]
        return self.answer(owner if has_it else reader)


def read(table: str) -> list[Row]:
    """Return the rows of a guard table; a line that cannot be read is named."""
    return [_row(line) for line in table.strip().splitlines()[1:] if line.strip()]


def rows() -> list[Row]:
    return read(TABLE + LEDGER + DECIDING + SINCE_SIGNED + TELLING + FIGURES + CAPTURING)


def unguarded(addresses: Iterable[str], found: Iterable[Row]) -> list[str]:
    """Return each address that has no row."""
    guarded = {row.address for row in found} | {address for _, address in ways_in()}
    return sorted({a for a in addresses if a not in guarded and not a.startswith("admin:")})


def gone(addresses: Iterable[str], found: Iterable[Row]) -> list[str]:
    """Return each row whose address is no more."""
    standing = set(addresses)
    return sorted({row.address for row in found} - standing)


def ways_in(table: str = WAYS_IN) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return by method and address what each of ``WAYS`` gets."""
    found = {}
    for line in table.strip().splitlines()[1:]:
        method, _, rest = line.partition(" ") if line.startswith("POST ") else ("GET", "", line)
        address, *answers = rest.split()
        if len(answers) != len(WAYS) or not set(answers) <= {*ANSWERS, "401", "again"}:
            raise ValueError(f"ways in: {line!r} needs {len(WAYS)} answers of {ANSWERS} or again")
        found[method, address] = tuple(answers)
    return found


def _row(line: str) -> Row:
    method, _, rest = line.strip().partition(" ") if line.startswith("POST ") else ("GET", "", line)
    address, example, right, *answers = rest.split()
    for place, answer in enumerate(answers):
        if answer == "=":
            answers[place] = answers[place - 1]
    if len(answers) != len(PEOPLE) or not set(answers) <= set(ANSWERS):
        raise ValueError(f"guard table: {line!r} needs {len(PEOPLE)} answers of {ANSWERS}")
    carried = None if right in {"-", SIDE} else Right[right.upper()]
    return Row(method, address, example, carried, tuple(answers), is_by_side=right == SIDE)
