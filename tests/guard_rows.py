"""Rows of the guard table about deciding between proposals; it says how to read them."""

DECIDING = """
decide_need                contest          write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 403 403
intend_decision            contested        write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 403 403
answer_challenge           challenge        write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 403 403
challenge_decision         not-chosen       -      in  404 =   =   =   =   403 403 404 404 403 404 ok  404 =   =
set_criteria               open-contest     write  in  403 403 403 403 403 ok  403 403 403 403 =   403 403 403 403
panel                      panel            -      in  403 403 403 403 403 ok  ok  ok  403 ok  403 403 403 403 403
take_off_panel             panel-member     -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST take_off_panel        panel-member     write  in  403 403 403 403 403 on  403 403 403 403 =   403 403 403 403
declare_interest           undeclared       -      in  404 404 404 404 404 ok  404 ok  404 404 404 404 404 404 404
score_proposal             weighing         -      in  403 403 403 403 403 ok  403 ok  403 403 403 403 403 403 403
scores                     weighed          write  in  403 403 403 403 403 ok  403 403 403 ok  403 403 403 403 403
send_scores                scored           -      in  405 =   =   =   =   =   =   =   =   =   =   =   =   =   =
POST send_scores           scored           -      in  403 403 403 403 403 on  403 on  403 403 403 403 403 403 403
change_score               score            -      in  403 403 403 403 403 ok  403 ok  403 403 403 403 403 403 403
"""
