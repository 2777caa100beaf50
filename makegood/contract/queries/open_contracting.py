"""A notice in the words of the Open Contracting Data Standard 1.1, with its metrics and UK extensions.

Source: https://standard.open-contracting.org/1.1/en/ and its registry of extensions.
"""

from typing import Any

from django.conf import settings

from makegood.contract.models import IndicatorRating, Notice
from makegood.contract.queries.noticing import ratings_of
from makegood.contract.states import Rating

Data = dict[str, Any]
_AT = "https://raw.githubusercontent.com"
EXTENSIONS = (
    f"{_AT}/open-contracting-extensions/ocds_metrics_extension/master/extension.json",
    f"{_AT}/cabinetoffice/ocds_uk_extension/master/extension.json",
)
NOTICE = {"documentType": "implementationNotice", "noticeType": "UK9"}
"""What a notice of how a contract does is called there."""


def notice_as_package(notice: Notice, *, uri: str) -> Data:
    """Return a notice as a release package that is found at ``uri``."""
    contract = notice.contract
    return {
        "uri": uri,
        "version": "1.1",
        "extensions": list(EXTENSIONS),
        "publishedDate": _said_at(notice),
        "publisher": {"name": str(contract.commissioner)},
        "releases": [_release(notice)],
    }


def _said_at(notice: Notice) -> str:
    return (notice.published_at or notice.written_at).isoformat()


def _release(notice: Notice) -> Data:
    contract = notice.contract
    ratings = list(ratings_of(notice))
    buyer = {"id": contract.commissioner.slug, "name": str(contract.commissioner)}
    supplier = {"id": notice.provider.slug, "name": str(notice.provider)}
    return {
        "ocid": f"{settings.OCID_PREFIX}-{contract.reference}",
        "id": f"{contract.reference}-notice-{notice.number}",
        "date": _said_at(notice),
        "tag": ["implementation"],
        "language": "en",
        "initiationType": "tender",
        "buyer": buyer,
        "parties": [buyer | {"roles": ["buyer"]}, supplier | {"roles": ["supplier"]}],
        "awards": [
            {"id": f"{contract.reference}-award", "title": contract.name, "suppliers": [supplier]}
        ],
        "contracts": [
            {
                "id": contract.reference,
                "awardID": f"{contract.reference}-award",
                "title": contract.name,
                "agreedMetrics": [_agreed(one) for one in ratings],
                "implementation": {
                    "metrics": [_reported(one, notice=notice) for one in ratings],
                    "documents": [_document(notice)],
                },
            }
        ],
    }


def _document(notice: Notice) -> Data:
    return NOTICE | {
        "id": f"{notice.contract.reference}-notice-{notice.number}",
        "title": f"{notice.from_on.isoformat()} to {notice.until_on.isoformat()}",
        "url": f"{settings.ADDRESS}{notice.get_absolute_url()}",
        "datePublished": _said_at(notice),
        "format": "text/html",
        "language": "en",
    }


def _metric(rating: IndicatorRating, *, observed: Data) -> Data:
    owed = rating.commitment
    return {"id": owed.reference, "title": owed.what_changes, "observations": [observed]}


def _agreed(rating: IndicatorRating) -> Data:
    owed = rating.commitment
    observed: Data = {"id": f"{owed.reference}-target"}
    target = owed.target if rating.target is None else rating.target
    return _metric(rating, observed=observed | {"measure": f"{target:.15g}"} | _unit(rating))


def _reported(rating: IndicatorRating, *, notice: Notice) -> Data:
    observed: Data = {
        "id": f"{rating.commitment.reference}-{notice.number}",
        "period": {
            "startDate": f"{notice.from_on.isoformat()}T00:00:00Z",
            "endDate": f"{notice.until_on.isoformat()}T23:59:59Z",
        },
        "measureClassification": {
            "id": Rating(rating.rating).classification,
            "description": rating.reason or Rating(rating.rating).capitalize(),
        },
    }
    if rating.figure is not None:
        observed |= {"measure": f"{rating.figure:.15g}"} | _unit(rating)
    return _metric(rating, observed=observed)


def _unit(rating: IndicatorRating) -> Data:
    measure = rating.commitment.measure
    return {"unit": {"name": measure.unit}} if measure else {}
