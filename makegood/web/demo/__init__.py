"""The example programme: made-up people, organisations and figures, through the real actions.

Verdicts are not written here. The figures are made with a known change in
them, and the assessment job says what it says of them.
"""
