"""How files are taken in: to a folder, and never more of one than the limit."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file up to ``UPLOAD_MAX_BYTES``, or what its address takes, and lets the rest go by.

    The file still says its whole size, so that its form refuses it in plain words.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= self.limit:
            super().receive_data_chunk(raw_data, start)

    @property
    def limit(self) -> int:
        """Return how many bytes are kept of a file, at the address that it is sent to."""
        name = getattr(getattr(self.request, "resolver_match", None), "url_name", "")
        return settings.LARGER_UPLOADS.get(str(name), settings.UPLOAD_MAX_BYTES)
