from django.contrib import admin

from makegood.kernel.admin import LookOnly
from makegood.measures.models import Comparator, Measure, Measurement, Pool, Series, Upload

admin.site.register([Comparator, Measure, Measurement, Pool, Series, Upload], LookOnly)
