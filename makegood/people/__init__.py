"""People: who is who, and who may act for whom.

Owns persons, organisations, memberships with their roles, and sign-in.
Comes in: everyone with an account, and anyone who wants one.
"""
