from django.urls import path

from makegood.measures.views import keeping, library, listing

urlpatterns = [
    path("measures/", library.measures, name="measures"),
    path("measures/measures.csv", library.measures_as_table, name="measures_table"),
    path("measures/template.csv", library.measures_template, name="measures_template"),
    path("measures/new/", keeping.define_measure, name="define_measure"),
    path("measures/starter/", listing.add_starter_measures, name="add_starter_measures"),
    path("measures/import/", listing.import_measures, name="import_measures"),
    path("measures/import/<str:reference>/", listing.measure_file, name="measure_file"),
    path(
        "measures/import/<str:reference>/rejected.csv",
        listing.rejected_measures,
        name="rejected_measures",
    ),
    path("measures/<slug:slug>/pools/new/", library.form_pool, name="form_pool"),
    path("measures/<slug:slug>/revise/", keeping.revise_measure, name="revise_measure"),
    path("measures/<slug:slug>/retire/", keeping.retire_measure, name="retire_measure"),
    path("measures/<slug:slug>/bring-back/", keeping.bring_back_measure, name="bring_back_measure"),
    path(
        "measures/<slug:slug>/versions/<int:number>/",
        library.measure_version,
        name="measure_version",
    ),
    path("measures/<slug:slug>/", library.measure, name="measure"),
]
