"""Kernel: what every room stands on, and nothing of the domain.

Owns refusal, the transition table, money, period, references and the ledger.
Nobody comes in here; every room looks back at it.
"""
