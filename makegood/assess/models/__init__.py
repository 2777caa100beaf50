"""Analyses by the engine, findings by people, what they rest on, and the reply."""

from makegood.assess.models.analyses import Analysis
from makegood.assess.models.findings import Citation, Finding, Reply

__all__ = ["Analysis", "Citation", "Finding", "Reply"]
