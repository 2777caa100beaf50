"""Letters: e-mail that is not lost when the mail server is down.

A letter is written in the transaction of the act that sends it, sent on commit, tried again
by the clock, and forgotten once it is delivered.
"""
