"""No page asks the database once for each row: with many rows it asks as often as with one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.register import checks
from guiju.institutions.register.models import Check, Colleague, Document, Share
from guiju.subjects import Dossier, card_from, dossier_from

pytestmark = pytest.mark.django_db

CARD = "---\nlicense: mit\nlibrary_name: transformers\npipeline_tag: text-generation\n---\n# A model\n\nIt has 7B parameters.\n"


def dossier(number: int = 0, rows: int = 1) -> Dossier:
    purposes = ", ".join(f"{{id: p{one}}}" for one in range(rows))
    text = f"system: {{id: s{number}}}\nfacts: {{markets: [EU, CN]}}\npurposes: [{purposes}]\n"
    return dossier_from(text, "test", site_corpus().vocabulary)


def given_out(count: int) -> tuple[Check, str]:
    """A check with so many links to results and for colleagues."""
    check, key = checks.open_check(dossier(count))
    for number in range(count):
        checks.share(check, key, site_today() - timedelta(days=number), site_today())
        checks.colleague(check, key, f"colleague {number}")
    return check, key


def asked(act: Callable[[], object]) -> int:
    """How often the database is asked meanwhile."""
    with CaptureQueriesContext(
        connection,
    ) as found:
        act()
    return len(found)


def page(client: Client, address: str) -> Callable[[], None]:
    def read() -> None:
        assert client.get(address).status_code == 200

    return read


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_links(client: Client, lang: str) -> None:
    few, many = (given_out(count)[1] for count in (1, 12))
    counts = [asked(page(client, reverse("check-links", args=(lang, key)))) for key in (few, many)]
    assert counts[0] == counts[1] <= 4


@pytest.mark.parametrize("name", ["check-result", "check-ask"])
def test_a_result_and_a_question_ask_the_same_for_one_purpose_and_for_many(client: Client, name: str) -> None:
    counts = []
    for rows in (1, 6):
        _, key = checks.open_check(dossier(rows, rows))
        address = reverse(name, args=("en", key))
        counts.append(asked(lambda address=address: client.get(address, follow=True)))  # type: ignore[misc]
    assert counts[0] == counts[1] <= 4


def test_a_shared_result_and_its_rules(client: Client) -> None:
    check, key = given_out(3)
    token = checks.shares_of(check, key)[0][1]
    assert asked(page(client, reverse("shared-result", args=("en", token)))) <= 4
    assert asked(page(client, reverse("check-result", args=("en", key)))) <= 4
    assert check.shares.count() == 3


def test_what_was_read(client: Client) -> None:
    counts = []
    for lines in (1, 40):
        text = CARD + "It was trained with 1e24 FLOPs on text, images and speech.\n" * lines
        _, key = checks.open_check(card_from(text, "card.md", site_corpus().vocabulary), text.encode(), "card.md")
        counts.append(asked(page(client, reverse("check-read", args=("en", key)))))
    assert counts[0] == counts[1] <= 4


@pytest.mark.parametrize(
    "path", ["", "rules/", "rules/eu/ai-act", "rules/eu/ai-act/50", "rules/?q=model", "rules/terms/", "rules/calendar"]
)
def test_pages_of_rules_ask_nothing(client: Client, path: str) -> None:
    assert asked(page(client, f"/en/{path}")) <= (not path)  # home asks whether there is an example


def expire(count: int) -> None:
    """So many checks, each with links of its own and a document that only it needs, all past their end."""
    for number in range(count):
        check, key = checks.open_check(dossier(1000 * count + number), b"source %d of %d" % (number, count), "source")
        checks.share(check, key, site_today(), site_today())
        checks.colleague(check, key, "colleague")
    past = timezone.now() - timedelta(days=1)
    for one in (Check, Share, Colleague):
        one._default_manager.update(expires=past)


def test_deleting_what_has_expired(client: Client) -> None:
    counts = []
    for count in (1, 9):
        expire(count)
        counts.append(asked(lambda count=count: purge(count)))  # type: ignore[misc]
        assert not any(one._default_manager.exists() for one in (Check, Share, Colleague, Document))
    assert counts[0] == counts[1]


def purge(count: int) -> None:
    assert checks.purge_expired() == count


def test_what_is_kept_or_still_needed_stays() -> None:
    kept, _ = checks.open_check(dossier(1))
    checks.keep(kept, True)
    checks.open_check(dossier(1))  # the same document
    checks.share(kept, "k", site_today(), site_today())
    Check.objects.update(expires=timezone.now() - timedelta(days=1))
    assert checks.purge_expired() == 1
    assert list(Check.objects.all()) == [kept]
    assert Document.objects.filter(checks=kept).exists()
    assert kept.shares.count() == 1
