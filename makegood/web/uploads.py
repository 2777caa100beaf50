"""How files are taken in: to a folder, and never more of one than the limit."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

STORIES = "/my-story/"
"""Beneath this people send films, which are larger than files of figures."""


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file up to the limit of its page and lets the rest go by.

    The file still says its whole size, so that its form refuses it in plain words.
    """

    @property
    def most(self) -> int:
        """Return how many bytes of a file are kept."""
        tells = self.request is not None and self.request.path.startswith(STORIES)
        most: int = settings.STORY_FILE_MAX_BYTES if tells else settings.UPLOAD_MAX_BYTES
        return most

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= self.most:
            super().receive_data_chunk(raw_data, start)
