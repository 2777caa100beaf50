from django.urls import path

from makegood.measures import views

urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("measures/new/", views.define_measure, name="define_measure"),
    path("measures/<slug:slug>/", views.measure, name="measure"),
]
