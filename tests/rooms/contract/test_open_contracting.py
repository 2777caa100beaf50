"""A notice is open contracting data: the published schemas take it, and would not take less."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from tests.absent_data import SharedData
from tests.factories import noticing
from tests.factories.cast import Cast

EXTENSIONS = ("ocds_metrics_extension", "ocds_uk_extension")


def merged(held: Any, patch: Any) -> Any:
    """Return ``held`` with a JSON merge patch (RFC 7396) laid over it."""
    if not isinstance(patch, dict):
        return patch
    base = held if isinstance(held, dict) else {}
    kept = {name: value for name, value in base.items() if patch.get(name, ...) is not None}
    return kept | {
        name: merged(base.get(name), value) for name, value in patch.items() if value is not None
    }


@pytest.fixture
def validator(shared: SharedData) -> Draft4Validator:
    """Hold a release package to the standard's schema with our extensions laid over it."""
    folder = shared.path("standards", "ocds")
    release = json.loads((folder / "schema" / "release-schema.json").read_text())
    for extension in EXTENSIONS:
        release = merged(
            release, json.loads((folder / extension / "release-schema.json").read_text())
        )
    package = json.loads((folder / "schema" / "release-package-schema.json").read_text())
    held = Resource.from_contents(_strict(release), default_specification=DRAFT4)
    at = package["properties"]["releases"]["items"]["$ref"]
    return Draft4Validator(package, registry=Registry().with_resource(at, held))


def _strict(schema: Any) -> Any:
    """Return ``schema`` such that no object takes a name that it does not know."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if isinstance(schema.get("properties"), dict) else {}
    open_to = {"patternProperties"} & set(schema)
    return {name: _strict(each) for name, each in schema.items()} | ({} if open_to else closed)


def a_package(cast: Cast, client: Client) -> dict[str, Any]:
    notice = noticing.a_published_notice(cast)
    parts = [notice.contract.reference, notice.number]
    package: dict[str, Any] = json.loads(client.get(reverse("notice_as_data", args=parts)).content)
    return package


def test_a_notice_is_a_release_package_of_the_standard(
    cast: Cast, client: Client, validator: Draft4Validator
) -> None:
    package = a_package(cast, client)
    assert [error.message for error in validator.iter_errors(package)] == []
    [release] = package["releases"]
    assert release["ocid"].startswith("ocds-")
    [contract] = release["contracts"]
    assert contract["awardID"] == release["awards"][0]["id"]
    [document] = contract["implementation"]["documents"]
    assert (document["documentType"], document["noticeType"]) == ("implementationNotice", "UK9")


def test_what_is_not_of_the_standard_would_be_found(
    cast: Cast, client: Client, validator: Draft4Validator
) -> None:
    package = a_package(cast, client)
    del package["releases"][0]["ocid"]
    package["releases"][0]["contracts"][0]["implementation"]["metrics"][0]["colour"] = "red"
    messages = " ".join(error.message for error in validator.iter_errors(package))
    assert "ocid" in messages
    assert "colour" in messages
