"""Assess: judge what was captured, hear the provider, publish.

Owns analyses (the verdict of the engine), findings, the evidence they cite
and the reply of the provider.
Comes in: assessors, who are never of the provider; providers, to reply.
"""
