"""Enquiries: a question in, an answer out.

Will own enquiries by web, telephone and e-mail, and what is learned from them.
"""
