from django.urls import path

from makegood.assess.views import findings

urlpatterns = [
    path("assess/<str:reference>/", findings.assess, name="assess"),
    path("findings/<str:reference>/", findings.finding, name="finding"),
    path("findings/<str:reference>/send/", findings.send_finding, name="send_finding"),
    path("findings/<str:reference>/reply/", findings.reply_to_finding, name="reply_to_finding"),
    path("findings/<str:reference>/publish/", findings.publish_finding, name="publish_finding"),
]
