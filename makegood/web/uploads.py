"""How files are taken in: to a folder, and never more of one than the limit."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file up to ``UPLOAD_MAX_BYTES`` and lets the rest go by.

    The file still says its whole size, so that its form refuses it in plain words.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.UPLOAD_MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
