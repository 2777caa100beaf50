"""Fund: money that helps organisations get to a good proposal.

Will own funds, rounds, applications, reviews, allocation, awards and payments.
"""
