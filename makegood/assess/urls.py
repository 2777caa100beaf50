from django.urls import path

from makegood.assess import views

urlpatterns = [
    path("assess/<str:reference>/", views.assess, name="assess"),
    path("findings/<str:reference>/", views.finding, name="finding"),
    path("findings/<str:reference>/send/", views.send_finding, name="send_finding"),
    path("findings/<str:reference>/reply/", views.reply_to_finding, name="reply_to_finding"),
    path("findings/<str:reference>/publish/", views.publish_finding, name="publish_finding"),
]
