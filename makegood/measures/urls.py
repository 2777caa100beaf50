from django.urls import path

from makegood.measures import views

urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("measures/new/", views.define_measure, name="define_measure"),
    path("measures/<slug:slug>/pools/new/", views.form_pool, name="form_pool"),
    path("measures/<slug:slug>/", views.measure, name="measure"),
]
