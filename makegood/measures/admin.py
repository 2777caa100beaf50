from django.contrib import admin

from makegood.kernel.admin import LookOnly
from makegood.measures.models import (
    Comparator,
    Measure,
    MeasureFile,
    Measurement,
    MeasureVersion,
    Pool,
    Series,
    Upload,
    UploadWork,
)

admin.site.register(
    [
        Comparator,
        Measure,
        MeasureFile,
        MeasureVersion,
        Measurement,
        Pool,
        Series,
        Upload,
        UploadWork,
    ],
    LookOnly,
)
