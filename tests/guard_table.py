"""Who may open what: every address of the platform, and the answer each visitor gets.

One line an address. The columns are the seven people of our tests, after a visitor who has not
signed in:

    who  nobody  signed out
    A    Alice   owns the provider
    B    Bob     belongs to the provider
    C    Charlie a stranger to it: signed in, member of nothing it deals with
    D    Dana    assesses
    E    Erin    commissions
    F    Frank   runs the support unit
    G    Grace   audits

The answers:

    ok     the page                          login  sent to sign in
    on     sent on to another page           403    may not, and is told why
    404    is not told that it exists        405    not an address to look at: it only takes answers

``with`` names the example the address needs (see tests/factories/examples.py), ``-`` for none.
A line that starts with POST sends an empty answer. ``=`` repeats the answer to its left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PEOPLE = ("nobody", "alice", "bob", "charlie", "dana", "erin", "frank", "grace")
ANSWERS = ("ok", "on", "login", "403", "404", "405")

TABLE = """
address                with            who    A    B    C    D    E    F    G
home                   -               ok     =    =    =    =    =    =    =
about                  -               ok     =    =    =    =    =    =    =
components             -               ok     =    =    =    =    =    =    =
privacy                -               ok     =    =    =    =    =    =    =
record_of_processing   -               ok     =    =    =    =    =    =    =
impact_assessment      -               ok     =    =    =    =    =    =    =
robots                 -               ok     =    =    =    =    =    =    =
favicon                -               on     =    =    =    =    =    =    =
demo_sign_in           -               404    =    =    =    =    =    =    =
desk                   -               login  ok   =    =    =    =    =    =
ledger                 -               ok     =    =    =    =    =    =    =
entry                  entry           ok     =    =    =    =    =    =    =

organisations          -               ok     =    =    =    =    =    =    =
organisations_table    -               ok     =    =    =    =    =    =    =
organisation           organisation    ok     =    =    =    =    =    =    =
register_organisation  -               login  ok   =    =    =    =    =    =
members                organisation    login  ok   ok   404  404  404  404  404
describe_organisation  organisation    login  ok   403  404  404  404  404  404
revise_organisation    organisation    login  ok   403  404  404  404  404  404
add_identifier         organisation    login  ok   403  404  404  404  404  404
remove_identifier      identifier      login  ok   403  404  404  404  404  404
add_contact            organisation    login  ok   403  404  404  404  404  404
revise_contact         contact         login  ok   403  404  404  404  404  404
remove_contact         contact         login  ok   403  404  404  404  404  404
make_offer             organisation    login  ok   403  404  404  404  404  404
close_offer            offer           login  405  =    =    =    =    =    =
POST close_offer       offer           login  on   403  404  404  404  404  404
reopen_offer           offer           login  405  =    =    =    =    =    =
POST reopen_offer      offer           login  on   403  404  404  404  404  404
state_dpulo            organisation    login  ok   403  404  404  404  404  404
choose_areas           organisation    login  ok   403  404  404  404  404  404
add_area               area            login  405  =    =    =    =    =    =
POST add_area          area            login  on   403  404  404  404  404  404
remove_area            area            login  405  =    =    =    =    =    =
POST remove_area       area            login  on   403  404  404  404  404  404
change_membership      membership      login  ok   403  404  404  404  404  404
end_membership         membership      login  ok   ok   404  404  404  404  404
end_membership         own-membership  login  ok   403  404  404  404  404  404
hand_over              member          login  ok   403  404  404  404  404  404
readings               organisation    login  ok   403  404  404  404  404  404
invite                 organisation    login  ok   403  404  404  404  404  404
send_invitation_again  sent-invitation login  405  =    =    =    =    =    =
POST send_invitation_again sent-invitation login on 403 404 404  404  404  404
withdraw_invitation    sent-invitation login  ok   403  404  404  404  404  404
invitation             invitation      ok     =    =    =    =    =    =    =
accept_invitation      invitation      login  405  =    =    =    =    =    =
POST accept_invitation invitation      login  403  403  on   403  403  403  403
decline_invitation     invitation      login  405  =    =    =    =    =    =
POST decline_invitation invitation     login  403  403  on   403  403  403  403

still_you              -               login  on   =    =    =    =    =    =
my_data                -               login  ok   =    =    =    =    =    =
change_name            -               login  ok   =    =    =    =    =    =
take_my_data           -               login  405  =    =    =    =    =    =
POST take_my_data      -               login  ok   =    =    =    =    =    =
erase_me               -               login  ok   =    =    =    =    =    =
choose_hat             -               login  ok   =    =    =    =    =    =
sign_ins               -               login  ok   =    =    =    =    =    =
end_other_sessions     -               login  405  =    =    =    =    =    =
POST end_other_sessions -              login  on   =    =    =    =    =    =
end_session            session         login  405  =    =    =    =    =    =
POST end_session       session         login  on   404  404  404  404  404  404

measures               -               ok     =    =    =    =    =    =    =
measure                measure         ok     =    =    =    =    =    =    =
define_measure         -               login  ok   =    =    =    =    =    =
form_pool              measure         login  ok   403  ok   ok   ok   ok   ok

programmes             -               ok     =    =    =    =    =    =    =
programme              programme       ok     =    =    =    =    =    =    =
start_programme        -               login  403  403  403  403  403  ok   403
needs                  -               ok     =    =    =    =    =    =    =
need                   draft-need      404    404  404  404  404  ok   404  404
need                   need            ok     =    =    =    =    =    =    =
write_need             -               login  403  403  403  403  ok   403  403
revise_need            draft-need      login  404  404  404  404  ok   404  404
publish_need           draft-need      login  405  =    =    =    =    =    =
POST publish_need      draft-need      login  404  404  404  404  on   404  404
close_need             need            login  405  =    =    =    =    =    =
POST close_need        need            login  403  403  403  403  on   403  403
start_proposal         need            login  ok   403  ok   403  403  403  403
proposal               draft           404    ok   ok   404  404  404  404  404
proposal               submitted       404    ok   ok   404  404  ok   404  ok
proposal               approved        ok     =    =    =    =    =    =    =
revise_proposal        draft           login  ok   403  404  404  404  404  404
add_promise            draft           login  ok   403  404  404  404  404  404
revise_promise         draft-promise   login  ok   403  404  404  404  404  404
strike_out_promise     draft-promise   login  ok   403  404  404  404  404  404
submit_proposal        draft           login  ok   403  404  404  404  404  404
withdraw_proposal      draft           login  ok   403  404  404  404  404  404
promises               -               ok     =    =    =    =    =    =    =
promise                promise         ok     =    =    =    =    =    =    =

decide_proposal        submitted       login  403  403  404  404  ok   404  403
draft_contract         approved        login  403  403  403  403  ok   403  403
contract               draft-contract  404    ok   ok   404  ok   ok   404  ok
contract               contract        ok     =    =    =    =    =    =    =
revise_contract        draft-contract  login  403  403  404  403  ok   404  403
dispose_promise        disposition     login  403  403  404  403  ok   404  403
sign_contract          settled          login  ok   403  404  403  ok   404  403
POST sign_contract     settled          login  ok   403  404  403  ok   404  403
reopen_contract        draft-contract  login  403  403  404  403  ok   404  403

withhold_part          contract        login  403  403  403  403  ok   403  403
lift_withholding       withholding     login  405  =    =    =    =    =    =
POST lift_withholding  withholding     login  403  403  403  403  on   403  403
contract_record        contract        login  403  403  403  403  ok   403  403
contract_record        draft-contract  login  403  403  404  403  ok   404  403
programme_record       contracted      login  403  403  403  403  ok   403  403

capture                commitment      login  ok   ok   404  404  404  404  404
correct_figure         figure          login  ok   403  404  404  404  404  404
upload_figures         commitment      login  ok   403  404  404  404  404  404
upload                 upload          login  ok   403  404  404  404  404  404
rejected_rows          upload          login  ok   403  404  404  404  404  404
open_story_link        commitment      login  ok   403  404  404  404  404  404
close_story_link       story-link      login  405  =    =    =    =    =    =
POST close_story_link  story-link      login  on   403  404  404  404  404  404
tell_story             story-page      ok     =    =    =    =    =    =    =
my_story               story           ok     =    =    =    =    =    =    =
withdraw_story         story           ok     =    =    =    =    =    =    =

assess                 commitment      login  404  404  404  ok   404  404  404
finding                draft-finding   login  404  404  404  ok   404  404  404
finding                sent-finding    login  ok   ok   404  ok   404  404  ok
send_finding           draft-finding   login  404  404  404  ok   404  404  404
reply_to_finding       sent-finding    login  ok   403  404  403  404  404  403
publish_finding        sent-finding    login  403  403  404  ok   404  404  403
"""

# Addresses that others wrote and test; Django's admin lets in staff alone, and is tried as such.
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
    answers: tuple[str, ...]

    def answer(self, person: str) -> str:
        return self.answers[PEOPLE.index(person)]


def read(table: str) -> list[Row]:
    """Return the rows of a guard table; a line that cannot be read is named."""
    return [_row(line) for line in table.strip().splitlines()[1:] if line.strip()]


def rows() -> list[Row]:
    return read(TABLE)


def unguarded(addresses: Iterable[str], found: Iterable[Row]) -> list[str]:
    """Return each address that has no row."""
    guarded = {row.address for row in found}
    return sorted({a for a in addresses if a not in guarded and not a.startswith(tuple(OTHERS))})


def gone(addresses: Iterable[str], found: Iterable[Row]) -> list[str]:
    """Return each row whose address is no more."""
    standing = set(addresses)
    return sorted({row.address for row in found} - standing)


def _row(line: str) -> Row:
    method, _, rest = line.strip().partition(" ") if line.startswith("POST ") else ("GET", "", line)
    address, example, *answers = rest.split()
    for place, answer in enumerate(answers):
        if answer == "=":
            answers[place] = answers[place - 1]
    if len(answers) != len(PEOPLE) or not set(answers) <= set(ANSWERS):
        raise ValueError(f"guard table: {line!r} needs {len(PEOPLE)} answers of {ANSWERS}")
    return Row(method, address, example, tuple(answers))
