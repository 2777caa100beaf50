from django.urls import path

from makegood.measures.views import figures, keeping, library, listing

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
    path("figures/", figures.figure_files, name="figure_files"),
    path("figures/new/", figures.send_figures, name="send_figures"),
    path("figures/<str:reference>/", figures.figure_file, name="figure_file"),
    path("figures/<str:reference>/columns/", figures.figure_columns, name="figure_columns"),
    path("figures/<str:reference>/names/", figures.figure_names, name="figure_names"),
    path(
        "figures/<str:reference>/rejected.csv",
        figures.rejected_figures,
        {"form": "csv"},
        name="rejected_figures",
    ),
    path(
        "figures/<str:reference>/rejected.xlsx",
        figures.rejected_figures,
        {"form": "xlsx"},
        name="rejected_figures_workbook",
    ),
    path(
        "measures/<slug:slug>/figures.csv",
        figures.figures_template,
        {"form": "csv"},
        name="figures_template",
    ),
    path(
        "measures/<slug:slug>/figures.xlsx",
        figures.figures_template,
        {"form": "xlsx"},
        name="figures_template_workbook",
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
