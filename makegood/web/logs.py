"""What a log may hold: no secret of an address, be it a story's, an invitation's or a password's."""

import logging
import re

SECRETS = re.compile(
    r"/(my-story|my-call|my-complaint|stories|tell|invitations|writing|password/reset/key)/[^/\s\"'?]+"
)


class DiscreetFormatter(logging.Formatter):
    """Writes a line, its traceback too, without the secrets that stand in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line with every secret replaced."""
        return SECRETS.sub(r"/\1/…", super().format(record))
