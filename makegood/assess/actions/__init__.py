"""What can be done to judge a commitment: analyse, find, reply, publish."""

from makegood.assess.actions.analysing import analyse_commitments, analyse_series
from makegood.assess.actions.findings import (
    REPLY_TIME,
    Judgement,
    publish_finding,
    reply_to_finding,
    send_finding,
    write_finding,
)

__all__ = [
    "REPLY_TIME",
    "Judgement",
    "analyse_commitments",
    "analyse_series",
    "publish_finding",
    "reply_to_finding",
    "send_finding",
    "write_finding",
]
