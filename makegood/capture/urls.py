from django.urls import path

from makegood.capture.views import (
    asking,
    calls,
    complaints,
    due,
    files,
    give,
    publishing,
    record,
    safeguarding,
    story,
)

urlpatterns = [
    path("capture/for/<slug:slug>/", give.give_figures, name="give_figures"),
    path(
        "organisations/<slug:slug>/figures/", due.organisation_figures, name="organisation_figures"
    ),
    path(
        "organisations/<slug:slug>/figures/table.csv",
        due.organisation_figures_table,
        name="organisation_figures_table",
    ),
    path("contracts/<str:reference>/figures/", due.contract_figures, name="contract_figures"),
    path(
        "contracts/<str:reference>/figures/table.csv",
        due.contract_figures_table,
        name="contract_figures_table",
    ),
    path("capture/<str:reference>/", record.capture, name="capture"),
    path(
        "capture/<str:reference>/figures/<str:period>/",
        record.correct_figure,
        name="correct_figure",
    ),
    path("capture/<str:reference>/upload/", record.upload_figures, name="upload_figures"),
    path("capture/<str:reference>/upload/<str:upload>/", record.upload, name="upload"),
    path(
        "capture/<str:reference>/upload/<str:upload>/rejected.csv",
        record.rejected_rows,
        name="rejected_rows",
    ),
    path("capture/<str:reference>/stories/new/", record.open_story_link, name="open_story_link"),
    path(
        "capture/<str:reference>/stories/<str:token>/close/",
        record.close_story_link,
        name="close_story_link",
    ),
    path("capture/<str:reference>/questions/", asking.set_prompts, name="set_prompts"),
    path(
        "capture/<str:reference>/stories/<str:token>/poster/",
        asking.story_poster,
        name="story_poster",
    ),
    path(
        "capture/<str:reference>/stories/<str:token>/paper/",
        asking.write_story_down,
        name="write_story_down",
    ),
    path(
        "organisations/<slug:slug>/safeguarding/",
        safeguarding.name_safeguarding_person,
        name="name_safeguarding_person",
    ),
    path("safeguarding/<uuid:concern>/", safeguarding.concern, name="concern"),
    path("told/for/<str:reference>/", publishing.stories_told, name="stories_told"),
    path("told/<str:reference>/prepare/", publishing.prepare_story, name="prepare_story"),
    path("told/<str:reference>/files/<uuid:file>/", files.told_file, name="told_file"),
    path("told/<str:reference>/publish/", publishing.publish_story, name="publish_story"),
    path("told/<str:reference>/unpublish/", publishing.unpublish_story, name="unpublish_story"),
    path("tell/<str:token>/", story.tell_story, name="tell_story"),
    path("tell/<str:token>/call/", calls.ask_for_call, name="ask_for_call"),
    path("my-call/<str:secret>/", calls.my_call, name="my_call"),
    path("my-call/<str:secret>/cancel/", calls.cancel_call, name="cancel_call"),
    path("tell/<str:token>/complain/", complaints.complain, name="complain"),
    path("my-complaint/<str:secret>/", complaints.my_complaint, name="my_complaint"),
    path("my-complaint/<str:secret>/end/", complaints.end_complaint, name="end_complaint"),
    path("complaints/<uuid:complaint>/", complaints.complaint, name="complaint"),
    path("calls/<uuid:call>/", calls.call, name="call"),
    path("calls/<uuid:call>/write/", calls.write_call_down, name="write_call_down"),
    path("my-story/<str:secret>/", story.my_story, name="my_story"),
    path("my-story/<str:secret>/add/", files.add_to_story, name="add_to_story"),
    path("my-story/<str:secret>/files/<uuid:file>/", files.my_story_file, name="my_story_file"),
    path(
        "my-story/<str:secret>/files/<uuid:file>/remove/",
        files.remove_from_story,
        name="remove_from_story",
    ),
    path("my-story/<str:secret>/send/", story.send_my_link, name="send_my_link"),
    path("my-story/<str:secret>/afraid/", safeguarding.raise_concern, name="raise_concern"),
    path(
        "my-story/<str:secret>/complain/",
        complaints.complain_with_story,
        name="complain_with_story",
    ),
    path("my-story/<str:secret>/withdraw/", story.withdraw_story, name="withdraw_story"),
]
