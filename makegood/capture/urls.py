from django.urls import path

from makegood.capture.views import (
    asking,
    checks,
    documents,
    due,
    files,
    give,
    publishing,
    record,
    safeguarding,
    samples,
    story,
    worksheet,
)

urlpatterns = [
    path(
        "commitments/<str:reference>/figures/<str:period>/",
        checks.figure,
        name="figure",
    ),
    path(
        "commitments/<str:reference>/figures/<str:period>/check/",
        checks.check_figure,
        name="check_figure",
    ),
    path(
        "commitments/<str:reference>/figures/<str:period>/dispute/",
        checks.dispute_figure,
        name="dispute_figure",
    ),
    path("disputes/<str:reference>/answer/", checks.answer_dispute, name="answer_dispute"),
    path("disputes/<str:reference>/resolve/", checks.resolve_dispute, name="resolve_dispute"),
    path("contracts/<str:reference>/samples/", samples.samples, name="samples"),
    path(
        "contracts/<str:reference>/samples/draw/", samples.announce_sample, name="announce_sample"
    ),
    path("samples/<str:reference>/", samples.sample, name="sample"),
    path("samples/<str:reference>/items.csv", samples.sample_drawn_from, name="sample_drawn_from"),
    path("samples/<str:reference>/draw/", samples.draw_sample, name="draw_sample"),
    path("samples/<str:reference>/close/", samples.close_sample, name="close_sample"),
    path("samples/<str:reference>/worksheet/", worksheet.worksheet, name="worksheet"),
    path(
        "samples/<str:reference>/worksheet.csv", worksheet.worksheet_table, name="worksheet_table"
    ),
    path(
        "samples/<str:reference>/worksheet/back/",
        worksheet.bring_worksheet_back,
        name="bring_worksheet_back",
    ),
    path("commitments/<str:reference>/documents/", documents.documents, name="documents"),
    path("capture/<str:reference>/documents/new/", documents.add_document, name="add_document"),
    path("documents/<str:reference>/file/", documents.document_file, name="document_file"),
    path(
        "documents/<str:reference>/withdraw/",
        documents.withdraw_document,
        name="withdraw_document",
    ),
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
    path("my-story/<str:secret>/withdraw/", story.withdraw_story, name="withdraw_story"),
]
