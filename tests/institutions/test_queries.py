"""No page asks the database once for each row: with many rows it asks as often as with one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.institutions.people import body_of, client_of, organisation, person, seated, with_role

from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.hall.models import Outbox
from guiju.institutions.people.models import Body, Organisation
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


@pytest.mark.parametrize(("name", "most"), [("lu", 13), ("han", 15)])
def test_the_page_of_an_organisation(name: str, most: int) -> None:
    """Who has which role is asked once, and who else may do what once for each kind of role."""
    lu = person("lu")
    org = organisation("yanban", lu)
    with_role(org, "han", "editor")
    address, client, counts = reverse("organisation", args=("en", org.handle)), client_of(person(name)), []
    page(client, address)()  # that the session is used is noted once
    for more in (0, 9):
        many_things(org, more)
        counts.append(asked(page(client, address)))
    assert counts[0] == counts[1] <= most


def many_things(org: Organisation, count: int) -> None:
    """So many members, bodies and identifiers."""
    for number in range(count):
        with_role(org, f"member{number}", "approver")
        Body.objects.create(organisation=org, name={"en": f"Body {number}"}, created=timezone.now())
        org.identifiers.create(scheme="lei", value=f"L{number}", declared=timezone.now())


def test_the_desk_and_a_body() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    client, counts = client_of(lu), []
    page(client, reverse("desk", args=("en",)))()  # that the session is used is noted once
    for _ in range(2):
        for _ in range(3):
            body = body_of(org, lu)
            seated(body, "lu", "chair", 900)
        addresses = reverse("desk", args=("en",)), reverse("body", args=("en", body.public_id))
        counts.append([asked(page(client, one)) for one in addresses])
    assert counts[0] == counts[1]
    assert counts[0][1] <= 11


def test_the_latest_acts_are_found_by_an_index() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table with nothing in it is read whole otherwise
    found = Outbox.objects.filter(about__in=["org:yanban"], receipt__isnull=False).order_by("-pk")[:20]
    assert "acts_about" in found.explain()


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
