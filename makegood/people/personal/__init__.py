"""What people holds about people: accounts, sign-in and memberships; the tables of allauth and Django too."""

from makegood.people.personal.accounts import ACCOUNTS
from makegood.people.personal.duplicates import DUPLICATES
from makegood.people.personal.groups import GROUPS
from makegood.people.personal.memberships import MEMBERSHIPS
from makegood.people.personal.organisations import ORGANISATIONS
from makegood.people.personal.others import OTHERS
from makegood.people.personal.sign_in import SIGN_IN

HELD = (*ACCOUNTS, *SIGN_IN, *MEMBERSHIPS, *DUPLICATES, *ORGANISATIONS, *GROUPS, *OTHERS)
