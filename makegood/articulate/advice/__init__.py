"""What advice on a promise is made of: what a promise says so far, and words to watch for.

The advice itself stands in ``rules/advice_….py``, numbered; none of it ever refuses.
"""

from makegood.articulate.advice.said import Advice, MeasureSaid, Other, Said
from makegood.articulate.advice.words import IDIOMS, JARGON, VAGUE, WIDE

__all__ = ["IDIOMS", "JARGON", "VAGUE", "WIDE", "Advice", "MeasureSaid", "Other", "Said"]
