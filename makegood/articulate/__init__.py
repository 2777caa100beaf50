"""Articulate: say what good is wanted, and what is promised.

Owns programmes, needs with their alternative, proposals and promises.
Comes in: commissioners with a need, providers with a case.
"""
