"""Contract: bind what was promised.

Owns decisions, contracts, dispositions, commitments and signatures. No
contract is signed while a promise lacks its disposition (CON-01).
Comes in: commissioners who decide, and signatories of both sides.
"""
