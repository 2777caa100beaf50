"""Voice: what staff and people who use a service want changed.

Will own ideas, support, decisions, answers and pulse surveys.
"""
