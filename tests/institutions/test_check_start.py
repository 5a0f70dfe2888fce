"""The start of a check, what was read, and the links: each with what goes wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.institutions.states import told

from guiju.institutions.register import checks
from guiju.institutions.register.models import Check, Document
from guiju.subjects import Dossier

pytestmark = pytest.mark.django_db

CARD = (
    "---\nlicense: apache-2.0\npipeline_tag: text-generation\n---\n# Acme 7B\n\n"
    "The model has 7.2 billion parameters and was trained on 2 trillion tokens.\n"
)
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def posted(client: Client, lang: str = "en", **fields: Any) -> Any:
    return client.post(f"/{lang}/check/start", {"way": "card", **fields})


def opened(client: Client, **fields: Any) -> str:
    response = posted(client, **fields)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"].split("/")[3])


def dossier(key: str) -> Dossier:
    return checks.dossier_of(checks.check_by_key(key))


# -- the start -----------------------------------------------------------------------------------------------------------------


@LANGUAGES
def test_what_is_stored_is_said_before_anything(client: Client, lang: str) -> None:
    text = client.get(f"/{lang}/check/").content.decode()
    assert text.index('class="stored"') < text.index("<form method")


def test_a_card_is_read_and_waits(client: Client) -> None:
    key = opened(client, card=SimpleUploadedFile("acme.md", CARD.encode()))
    assert {one.state for one in dossier(key).proposals} == {"open"}
    assert client.get(f"/en/check/{key}/")["Location"] == f"/en/check/{key}/read"


def test_pasted_text_is_read_as_well(client: Client) -> None:
    assert dossier(opened(client, text=CARD)).proposals


def test_a_dossier_is_taken_as_it_is(client: Client) -> None:
    key = opened(client, card=SimpleUploadedFile("d.yaml", b"system: {id: demo}\nfacts: {markets: [EU]}\n"))
    assert "markets" in dossier(key).subject.given


def test_four_questions_say_no_more_than_was_answered(client: Client) -> None:
    fields = {"name": "言伴", "markets": ["EU", "CN"], "developed_or_commissioned": "yes", "placed_under_own_name": "unknown"}
    found = dossier(opened(client, way="questions", **fields))
    said = {name for thing in found.world.things for name in thing.given}
    assert said == {"markets", "developed_or_commissioned"}
    assert found.subject.label == {"und": "言伴"}


def test_that_it_puts_out_nothing_can_be_said(client: Client) -> None:
    found = dossier(opened(client, way="questions", name="sorter", **{"generates_modalities-all": "1"}))
    assert str(found.content).count("'generates_modalities': {'exactly': []}") == 1


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, "#card"),
        ({"card": ("weights.gguf", b"GGUF\x00\x01\x02")}, "#card"),
        ({"card": ("paper.pdf", b"%PDF-1.7 something")}, "#card"),
        ({"card": ("empty.md", b"  \n")}, "#card"),
        ({"card": ("d.yaml", b"system: {id: demo}\nfacts: {markts: [EU]}\n")}, "#card"),
        ({"text": "Dear all, the meeting is on Monday."}, "#text"),
        ({"card": ("card.md", b"# Model\n"), "text": "# Another model"}, "#card"),
        ({"way": "questions", "name": "  ", "markets": ["EU"]}, "#name"),
        ({"way": "questions", "name": "x" * 500}, "#name"),
        ({"way": "questions", "name": "x", "markets": ["the moon"]}, "#markets"),
    ],
    ids=[
        "nothing",
        "weights",
        "pdf",
        "empty-file",
        "misspelt-dossier",
        "a-letter",
        "file-and-text",
        "no-name",
        "long-name",
        "no-such-market",
    ],
)
@LANGUAGES
def test_wrong_input_is_said_beside_the_field_and_kept(client: Client, lang: str, fields: dict[str, Any], where: str) -> None:
    sent = {key: SimpleUploadedFile(*value) if isinstance(value, tuple) else value for key, value in fields.items()}
    response = posted(client, lang, **sent)
    text = response.content.decode()
    assert response.status_code == 400
    assert f'<a href="{where}">' in text
    assert f'id="{where[1:]}-error"' in text
    assert not Check.objects.exists()
    if "text" in fields:
        assert fields["text"] in text
    if fields.get("markets") == ["EU"]:
        assert 'value="EU" checked' in text


def test_a_file_beyond_the_bound_is_refused(client: Client) -> None:
    assert posted(client, card=SimpleUploadedFile("big.md", b"# model\n" * 400_000)).status_code == 413
    assert not Document.objects.exists()


# -- what was read ---------------------------------------------------------------------------------------------------------------


def decided(client: Client, key: str, do: str, **fields: Any) -> Any:
    return client.post(f"/en/check/{key}/read", {"do": do, "by": "Wang", "version": checks.check_by_key(key).version, **fields})


@LANGUAGES
def test_each_proposal_stands_beside_its_line(client: Client, lang: str) -> None:
    key = opened(client, text=CARD)
    text = client.get(f"/{lang}/check/{key}/read").content.decode()
    assert "<mark>license: apache-2.0</mark>" in text
    assert text.count('<section class="proposal') == len(dossier(key).proposals)


def test_accepting_makes_a_fact_with_who_and_when(client: Client) -> None:
    key = opened(client, text=CARD)
    name = dossier(key).proposals[0].name
    assert decided(client, key, "accept-0").status_code == 302
    given = dossier(key).subject.given[name]
    assert given.by == "Wang"
    assert given.on
    assert list(dossier(key).subject.given) == [name]


def test_rejecting_takes_it_back_and_keeps_it_listed(client: Client) -> None:
    key = opened(client, text=CARD)
    decided(client, key, "accept-0")
    decided(client, key, "reject-0")
    assert not dossier(key).subject.given
    assert dossier(key).proposals[0].state == "rejected"


def test_a_correction_is_read_as_any_answer(client: Client) -> None:
    key = opened(client, text=CARD)
    at = next(number for number, one in enumerate(dossier(key).proposals) if one.name == "model_parameters")
    assert decided(client, key, f"correct-{at}", **{f"value-{at}": "7.3e9"}).status_code == 302
    assert str(dossier(key).subject.given["model_parameters"].value) not in ("", "7200000000")
    assert dossier(key).proposals[at].state == "corrected"


@pytest.mark.parametrize(("lang", "said"), [("en", "What counts now: 7,300,000,000"), ("zh", "现在以此为准：")])
def test_a_correction_shows_what_counts_now_beside_what_the_card_said(client: Client, lang: str, said: str) -> None:
    key = opened(client, text=CARD)
    at = next(number for number, one in enumerate(dossier(key).proposals) if one.name == "model_parameters")
    assert said not in told(client.get(f"/{lang}/check/{key}/read"))
    decided(client, key, f"correct-{at}", **{f"value-{at}": "7.3e9"})
    assert said in told(client.get(f"/{lang}/check/{key}/read"))


def test_accepting_all_leaves_what_contradicts_itself(client: Client) -> None:
    twice = CARD + "\nThe model has 70 billion parameters.\n"
    key = opened(client, text=twice)
    decided(client, key, "all")
    states = {one.name: one.state for one in dossier(key).proposals}
    assert states["licence_name"] == "accepted"
    assert states["model_parameters"] == "open"


@pytest.mark.parametrize(
    ("do", "fields"),
    [("accept-0", {"by": " "}), ("accept-99", {}), ("accept-", {}), ("burn-0", {}), ("correct-0", {}), ("", {})],
    ids=["unsigned", "no-such-proposal", "no-number", "no-such-act", "no-value", "nothing"],
)
def test_a_decision_that_is_none_changes_nothing(client: Client, do: str, fields: dict[str, str]) -> None:
    key = opened(client, text=CARD)
    response = decided(client, key, do, **fields)
    assert response.status_code == 400
    assert 'id="problems"' in response.content.decode()
    assert {one.state for one in dossier(key).proposals} == {"open"}


def test_two_people_at_once_see_the_difference(client: Client) -> None:
    key = opened(client, text=CARD)
    decided(client, key, "accept-0")
    response = decided(client, key, "accept-1", version=1)
    assert response.status_code == 409
    assert 'name="version" value="2"' in response.content.decode()
    assert "<td" in response.content.decode()
    assert dossier(key).proposals[1].state == "open"


# -- links -----------------------------------------------------------------------------------------------------------------------


@LANGUAGES
def test_the_links_page_shows_every_address(client: Client, lang: str) -> None:
    key = opened(client, text=CARD)
    check = checks.check_by_key(key)
    today = check.created.date()
    token, other = checks.share(check, key, today, today), checks.colleague(check, key, "李")
    text = client.get(f"/{lang}/check/{key}/links").content.decode()
    assert all(secret in text for secret in (key, token, other))


def test_links_are_kept_and_deleted_one_by_one(client: Client) -> None:
    key = opened(client, text=CARD)
    check = checks.check_by_key(key)
    today = check.created.date()
    checks.share(check, key, today, today)
    checks.colleague(check, key, "Li")
    share, colleague = check.shares.get(), check.colleagues.get()
    for do in (
        f"share-keep-{share.pk}",
        "check-end",
        f"share-delete-{share.pk}",
        f"colleague-delete-{colleague.pk}",
        "check-keep",
    ):
        assert client.post(f"/en/check/{key}/links", {"do": do}).status_code == 302
    assert not check.shares.exists()
    assert not check.colleagues.exists()
    assert checks.check_by_key(key).kept


def test_a_link_of_another_check_cannot_be_touched(client: Client) -> None:
    mine, theirs = opened(client, text=CARD), opened(client, text=CARD)
    other = checks.check_by_key(theirs)
    checks.share(other, theirs, other.created.date(), other.created.date())
    response = client.post(f"/en/check/{mine}/links", {"do": f"share-delete-{other.shares.get().pk}"})
    assert response.status_code == 400
    assert other.shares.exists()


def test_everything_is_deleted_once_it_is_confirmed(client: Client) -> None:
    key = opened(client, text=CARD)
    assert client.get(f"/en/check/{key}/links/delete").status_code == 200
    assert Check.objects.exists()
    assert client.post(f"/en/check/{key}/links/delete").status_code == 200
    assert not Document.objects.exists()
    assert client.get(f"/en/check/{key}/read").status_code == 404


def test_the_dossier_can_be_taken_away_and_handed_in_again(client: Client) -> None:
    key = opened(client, text=CARD)
    decided(client, key, "accept-0")
    content = client.get(f"/en/check/{key}/dossier.yaml").content
    again = opened(client, card=SimpleUploadedFile("dossier.yaml", content))
    assert dossier(again).digest == dossier(key).digest
    assert len(dossier(again).proposals) == len(dossier(key).proposals)


@LANGUAGES
@pytest.mark.parametrize("page", ["", "read", "links", "links/delete", "dossier.yaml"])
def test_an_expired_link_says_what_to_do(client: Client, lang: str, page: str) -> None:
    key = opened(client, text=CARD)
    Check.objects.update(expires=timezone.now() - timedelta(days=1))
    response = client.get(f"/{lang}/check/{key}/{page}")
    assert response.status_code == 410
    assert "30" in response.content.decode()


@pytest.mark.parametrize("page", ["", "read", "links", "links/delete", "dossier.yaml"])
def test_a_token_given_out_edits_nothing(client: Client, page: str) -> None:
    key = opened(client, text=CARD)
    check = checks.check_by_key(key)
    today = check.created.date()
    given = (checks.share(check, key, today, today), checks.colleague(check, key, "Li"))
    for token, refused in ((given[0], 403), (given[1], 403), ("guessed-guessed-guessed-x", 404)):
        assert client.get(f"/en/check/{token}/{page}").status_code == refused
        assert client.post(f"/en/check/{token}/{page}", {"do": "check-keep"}).status_code in (refused, 405)
    assert not checks.check_by_key(key).kept


@pytest.mark.parametrize("page", ["read", "links", "links/delete", "dossier.yaml"])
def test_pages_of_a_check_are_nobody_elses_business(client: Client, page: str) -> None:
    response = client.get(f"/en/check/{opened(client, text=CARD)}/{page}")
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"
