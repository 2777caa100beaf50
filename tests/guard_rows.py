"""More rows of the guard table: the ledger, deciding, what changes once signed, telling, figures."""

from __future__ import annotations

LEDGER = """
ledger                     -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
entry                      entry            -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
entry_proof                entry            -      404 =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
entry_proof                entry-in-checkpoint -   ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
checkpoint                 -                -      404 =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
checkpoint                 checkpoint       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
checkpoint_kept            checkpoint-kept  -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
tile                       tile             -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
tile_of_entries            tile             -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
verifier                   -                -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
"""

DECIDING = """
discard_need               draft-need       write  in  404 404 404 404 404 ok  403 404 =   =   =   =   =   =   =
decide_need                contest          write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 403 403
intend_decision            contested        write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 403 403
challenge                  challenge        -      in  403 403 403 403 403 ok  ok  403 403 ok  403 ok  403 403 403
answer_challenge           challenge        write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 403 403
challenge_decision         not-chosen       -      in  404 =   =   =   =   403 403 404 404 403 404 ok  404 =   =
set_criteria               open-contest     write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 403 403
panel                      panel            -      in  403 403 403 403 403 ok  ok  ok  403 ok  403 403 403 403 403
take_off_panel             panel-member     -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST take_off_panel        panel-member     write  in  403 403 403 403 403 on  403 403 403 403 =   403 403 403 403
declare_interest           undeclared       -      in  404 404 404 404 404 ok  404 ok  404 404 404 404 404 404 404
score_proposal             weighing         -      in  403 403 403 403 403 ok  403 ok  403 403 403 403 403 403 403
scores                     weighed          write  in  403 403 403 403 403 ok  403 403 403 ok  403 403 403 403 403
scores_table               weighed          write  in  403 403 403 403 403 ok  403 403 403 ok  403 403 403 403 403
send_scores                scored           -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST send_scores           scored           -      in  403 403 403 403 403 on  403 on  403 403 403 403 403 403 403
change_score               score            -      in  403 403 403 403 403 ok  403 ok  403 403 403 403 403 403 403
"""

CAPTURING = """
capture                    commitment       -      in  404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
correct_figure             figure           record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
stand_by_figure            wrong-figure     record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
upload_figures             commitment       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
periods_to_fill            commitment       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
periods_to_fill_workbook   commitment       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
upload                     upload           record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
rejected_rows              upload           record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
open_story_link            commitment       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
close_story_link           story-link       -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST close_story_link      story-link       record in  404 on  403 404 =   =   =   =   =   =   =   =   =   =   =
give_figures               due-of           record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
POST give_figures          due-of           record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
figures_to_fill            due-of           record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
figures_to_fill_workbook   due-of           record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
bring_figures_back         due-of           record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
organisation_figures       due-of           -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
organisation_figures_table due-of           -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
contract_figures           contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
contract_figures           draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
contract_figures_table     contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
contract_figures_table     draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
figure                     given-figure     -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
check_figure               given-figure     side   in  403 ok  403 ok  403 ok  403 403 =   =   =   =   =   =   =
dispute_figure             given-figure     side   in  403 403 403 ok  403 ok  403 403 =   =   =   =   =   =   =
answer_dispute             dispute          answer in  403 ok  403 403 403 403 403 403 403 =   =   =   =   =   =
resolve_dispute            dispute          write  in  403 403 403 403 403 ok  403 403 403 =   =   =   =   =   =
documents                  commitment       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
add_document               commitment       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
document_file              document         -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
document_file              open-document    -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
document                   document         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
check_document             document         side   in  403 ok  403 ok  403 ok  403 403 =   =   =   =   =   =   =
dispute_document           document         side   in  403 403 403 ok  403 ok  403 403 =   =   =   =   =   =   =
answer_dispute             document-dispute answer in  403 ok  403 403 403 403 403 403 403 =   =   =   =   =   =
resolve_dispute            document-dispute write  in  403 403 403 403 403 ok  403 403 403 =   =   =   =   =   =
withdraw_document          document         record in  403 ok  403 403 =   =   =   =   =   =   =   =   =   =   =
samples                    contract         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
samples                    draft-contract   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
announce_sample            contract         side   in  403 403 403 ok  403 ok  403 403 =   =   =   =   =   =   =
sample                     drawn-sample     -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
sample                     closed-sample    -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
sample_drawn_from          drawn-sample     -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
draw_sample                drawn-sample     -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST draw_sample           drawn-sample     assess in  403 403 403 on  403 403 =   =   =   =   =   =   =   =   =
close_sample               drawn-sample     assess in  403 403 403 ok  403 403 =   =   =   =   =   =   =   =   =
worksheet                  drawn-sample     assess in  403 403 403 ok  403 403 =   =   =   =   =   =   =   =   =
worksheet_table            drawn-sample     assess in  403 403 403 ok  403 403 =   =   =   =   =   =   =   =   =
worksheet_workbook         drawn-sample     assess in  403 403 403 ok  403 403 =   =   =   =   =   =   =   =   =
bring_worksheet_back       drawn-sample     assess in  403 403 403 ok  403 403 =   =   =   =   =   =   =   =   =
programme_samples          sampled-programme -    ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
announce_programme_sample  sampled-programme side in  403 403 403 ok  403 ok  403 ok  403 403 =   =   =   =   =
sample                     drawn-over-all   -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
sample                     closed-over-all  -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
sample_drawn_from          drawn-over-all   -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST draw_sample           drawn-over-all   write  in  403 403 403 403 403 403 403 on  403 403 =   =   =   =   =
close_sample               drawn-over-all   write  in  403 403 403 403 403 403 403 ok  403 403 =   =   =   =   =
worksheet                  drawn-over-all   side   in  403 403 403 ok  403 ok  403 ok  403 403 =   =   =   =   =
worksheet_table            drawn-over-all   side   in  403 403 403 ok  403 ok  403 ok  403 403 =   =   =   =   =
bring_worksheet_back       drawn-over-all   side   in  403 403 403 ok  403 ok  403 ok  403 403 =   =   =   =   =
"""

SINCE_SIGNED = """
begin_variation            contract         write  in  403 ok  403 403 403 ok  403 403 =   =   =   =   =   =   =
variation                  draft-variation  -      404 404 404 404 404 404 ok  ok  404 404 ok  404 =   =   =   =
variation                  proposed-variation -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
variation                  variation        -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
revise_variation           draft-variation  write  in  404 404 404 404 404 ok  403 404 404 403 404 =   =   =   =
vary_commitment            draft-varied     write  in  404 404 404 404 404 ok  403 404 404 403 404 =   =   =   =
vary_part                  draft-varied-part write  in  404 404 404 404 404 ok  403 404 404 403 404 =   =   =   =
propose_variation          draft-variation  write  in  404 404 404 404 404 ok  403 404 404 403 404 =   =   =   =
withdraw_variation         draft-variation  write  in  404 404 404 404 404 ok  403 404 404 403 404 =   =   =   =
leave_commitment           draft-varied     -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST leave_commitment      draft-varied     write  in  404 404 404 404 404 on  403 404 404 403 404 =   =   =   =
send_variation_back        proposed-variation write  in  404 ok  403 403 403 403 403 404 404 403 404 =   =   =   =
decline_variation          proposed-variation write  in  404 ok  403 403 403 403 403 404 404 403 404 =   =   =   =
sign_variation             proposed-variation sign   in  404 ok  403 403 403 ok  403 404 404 403 404 =   =   =   =
POST sign_variation        proposed-variation sign   in  404 ok  403 403 403 ok  403 404 404 403 404 =   =   =   =
record_paper_variation     proposed-for-provider write  in  404 ok  403 403 403 ok  403 404 404 403 404 =   =   =   =
end_contract               running-contract sign   in  403 ok  403 403 403 ok  403 403 =   =   =   =   =   =   =
variation_scan             paper-variation       -      in  403 ok  ok  ok  ok  ok  ok  403 403 ok  403 =   =   =   =
erase_variation_paper      paper-variation       answer in  403 403 403 403 403 ok  403 403 =   =   =   =   =   =   =
begin_notice               indicator        write  in  403 403 403 403 403 ok  403 403 =   =   =   =   =   =   =
notice                     draft-notice     -      404 404 404 404 404 404 ok  ok  404 404 ok  404 =   =   =   =
notice                     sent-notice      -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
notice                     notice           -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
notice_as_pdf              draft-notice     -      404 404 404 404 404 404 ok  ok  404 404 ok  404 =   =   =   =
notice_as_pdf              sent-notice      -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
notice_as_pdf              notice           -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
notice_as_data             draft-notice     -      404 404 404 404 404 404 ok  ok  404 404 ok  404 =   =   =   =
notice_as_data             sent-notice      -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 =   =   =   =
notice_as_data             notice           -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
rate_indicator             draft-rating     write  in  404 404 404 404 404 ok  403 404 404 403 404 =   =   =   =
send_notice                draft-notice     write  in  404 404 404 404 404 ok  403 404 404 403 404 =   =   =   =
withdraw_notice            spare-notice     write  in  404 404 404 404 404 ok  403 404 404 403 404 =   =   =   =
publish_notice             sent-notice      write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
reply_to_notice            sent-notice      answer in  404 ok  403 403 403 403 403 404 404 403 404 =   =   =   =
agree_kpi                  committed        write  in  404 403 403 403 403 ok  403 404 404 403 404 =   =   =   =
begin_handover             contract         write  in  403 ok  403 403 403 ok  403 403 =   =   =   =   =   =   =
handover                   draft-handover   -      404 404 404 404 404 404 ok  ok  404 404 ok  404 404 =   =   =
handover                   asked-handover   -      404 404 ok  ok  ok  ok  ok  ok  404 404 ok  404 ok  404 =   =
handover                   handover         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
revise_handover            draft-handover   write  in  404 404 404 404 404 ok  403 404 404 403 404 404 =   =   =
propose_handover           draft-handover   write  in  404 404 404 404 404 ok  403 404 404 403 404 404 =   =   =
withdraw_handover          draft-handover   write  in  404 404 404 404 404 ok  403 404 404 403 404 404 =   =   =
decline_handover           asked-handover   write  in  404 ok  403 403 403 403 403 404 404 403 404 ok  404 =   =
sign_handover              asked-handover   sign   in  404 ok  403 403 403 ok  403 404 404 403 404 ok  404 =   =
POST sign_handover         asked-handover   sign   in  404 ok  403 403 403 ok  403 404 404 403 404 ok  404 =   =
record_paper_handover      asked-of-successor write  in  404 403 403 403 403 ok  403 404 404 403 404 ok  404 =   =
handover_scan              paper-handover   -      in  403 ok  ok  ok  ok  ok  ok  403 403 ok  403 ok  403 =   =
erase_handover_paper       paper-handover   answer in  403 403 403 403 403 ok  403 403 =   =   =   =   =   =   =
"""

TELLING = """
stories_told               told-for         -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
check_stories              told-for         side   in  403 ok  403 ok  403 ok  403 403 =   =   =   =   =   =   =
dispute_stories            told-for         side   in  403 403 403 ok  403 ok  403 403 =   =   =   =   =   =   =
answer_dispute             count-dispute    answer in  403 ok  403 403 403 403 403 403 403 =   =   =   =   =   =
resolve_dispute            count-dispute    write  in  403 403 403 403 403 ok  403 403 403 =   =   =   =   =   =
prepare_story              told             assess in  404 404 404 ok  403 404 =   =   =   =   =   =   =   =   =
publish_story              prepared-story   assess in  404 404 404 ok  403 404 =   =   =   =   =   =   =   =   =
ask_for_call               story-page       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
my_call                    my-call          -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
cancel_call                my-call          -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
call                       call             record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
call                       call-by-assessor assess in  404 404 404 ok  403 404 =   =   =   =   =   =   =   =   =
write_call_down            call             record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
complain                   story-page       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
complain_with_story        story            -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
my_complaint               my-complaint     -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
end_complaint              my-complaint     -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
complaint                  complaint        -      in  404 ok  404 =   =   =   =   =   =   =   =   =   =   =   =
complaint                  complaint-bought -      in  404 404 404 404 404 ok  404 =   =   =   =   =   =   =   =
story_versions             told             assess in  404 404 404 ok  403 404 =   =   =   =   =   =   =   =   =
check_version              version          assess in  404 404 404 ok  403 404 =   =   =   =   =   =   =   =   =
remove_version             version          assess in  404 404 404 ok  403 404 =   =   =   =   =   =   =   =   =
shown_file                 shown-file       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
name_safeguarding_person   organisation     manage in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
concern                    concern          -      in  404 ok  404 404 404 ok  404 404 =   =   =   =   =   =   =
send_my_call               my-call          -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
send_my_complaint          my-complaint     -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
send_my_link               story            -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
raise_concern              story            -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
set_prompts                told-for         write  in  404 404 404 404 404 ok  403 404 =   =   =   =   =   =   =
story_poster               story-link       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
poster_as_pdf              story-link       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
paper_form_as_pdf          story-link       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
paper_form_as_word         story-link       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
write_story_down           story-link       record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
told_file                  told-file        assess in  404 404 404 ok  403 404 =   =   =   =   =   =   =   =   =
add_to_story               story            -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
my_story_file              story-file       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
remove_from_story          story-file       -      ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =   =
unpublish_story            shown-story      assess in  404 404 404 ok  403 404 =   =   =   =   =   =   =   =   =
"""

FIGURES = """
figure_files               -                -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
send_figures               -                record in  403 ok  403 ok  403 ok  403 ok  403 ok  403 ok  =   =   =
figure_file                figure-file      -      in  404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
figure_columns             figure-file-sent record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
figure_names               figure-file      record in  404 ok  403 404 =   =   =   =   =   =   =   =   =   =   =
rejected_figures           figure-file      -      in  404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
rejected_figures_workbook  figure-file      -      in  404 ok  ok  404 =   =   =   =   =   =   =   =   =   =   =
figures_template           measure          -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
figures_template_workbook  measure          -      in  ok  =   =   =   =   =   =   =   =   =   =   =   =   =   =
"""
