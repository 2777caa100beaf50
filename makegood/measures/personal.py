"""What measures and figures hold about people: who recorded them, and nothing about anybody else."""

from dataclasses import replace

from django.conf import settings

from makegood.kernel.personal import done_for_organisation, nothing_about_people
from makegood.measures.models import (
    Comparator,
    Measure,
    MeasureFile,
    Measurement,
    MeasureVersion,
    Pool,
    RejectedRow,
    RememberedLayout,
    RememberedName,
    Series,
    StagedFigure,
    Upload,
    UploadSeries,
    UploadWork,
)

WORDS = (
    "name", "numerator", "denominator", "exclusions", "definition", "source", "source_url",
    "published",
)  # fmt: skip

HELD = (
    nothing_about_people(Measure, "slug", "unit", "retired_because", *WORDS),
    done_for_organisation(
        MeasureVersion,
        "that you wrote a measure, or revised it",
        *WORDS,
        by="written_by",
        words={"reason": "why you revised it", "written_at": "when"},
    ),
    nothing_about_people(Series, "reference", "about", "source", "continues_for"),
    nothing_about_people(Pool, "reference", "name", "rule"),
    nothing_about_people(Comparator),
    nothing_about_people(UploadWork, "content", "fault", "counted", "peaks"),
    nothing_about_people(UploadSeries, "key", "name"),
    nothing_about_people(StagedFigure, "note"),
    nothing_about_people(RejectedRow, "cells", "reason", "of_itself"),
    nothing_about_people(RememberedLayout, "fingerprint", "layout"),
    nothing_about_people(RememberedName, "key"),
    replace(
        done_for_organisation(
            Upload,
            "that you sent a file of figures",
            "file_digest",
            "rows_root",
            by="uploaded_by",
            words={
                "reference": "under which reference",
                "file_name": "what the file was called",
                "columns": "its columns",
                "layout": "how its columns were read",
                "counted": "how many figures were in it",
                "good_rows": "the rows that could be read",
                "bad_rows": "the rows that could not",
            },
        ),
        kept=(
            "As long as this Makegood stands, once its figures are kept. The rows of a file that nobody "
            f"kept go after {settings.KEEP_PREVIEWS_DAYS} days."
        ),
    ),
    replace(
        done_for_organisation(
            MeasureFile,
            "that you sent a file of measures",
            "file_digest",
            by="uploaded_by",
            words={
                "reference": "under which reference",
                "file_name": "what the file was called",
                "columns": "its columns",
                "good_rows": "the rows that could be read",
                "bad_rows": "the rows that could not",
            },
        ),
        kept=(
            "As long as this Makegood stands, once its measures are kept. The rows of a file that "
            f"nobody kept go after {settings.KEEP_PREVIEWS_DAYS} days."
        ),
    ),
    done_for_organisation(
        Measurement,
        "that you recorded a figure",
        by="recorded_by",
        words={
            "period": "for which period",
            "value": "the figure",
            "note": "why it was corrected, or is missing",
            "recorded_at": "when",
        },
    ),
)
