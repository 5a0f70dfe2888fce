"""Documents, keys and links: what is stored, what opens, and what is gone when it is deleted."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.institutions.postgres import run_on

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.portal.check.held import Lending, held, held_by_colleague
from guiju.institutions.register import checks
from guiju.institutions.register.models import Check, Colleague, Document, Share
from guiju.institutions.register.tokens import derived, hashed
from guiju.subjects import Answer, Dossier, card_from, dossier_from, with_answers

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)
CARD = "---\nlicense: apache-2.0\n---\n# Acme 7B\n\nThe model has 7.2 billion parameters.\n"


def a_dossier(name: str = "demo") -> Dossier:
    return dossier_from(f"system: {{id: {name}}}\nfacts: {{markets: [EU]}}\n", name, site_corpus().vocabulary)


def said(dossier: Dossier, name: str, value: object) -> Dossier:
    return with_answers(dossier, [Answer("system", dossier.subject.id, name, value)], site_corpus().vocabulary)


def over(link: Check | Share | Colleague) -> None:
    link.expires = timezone.now() - timedelta(seconds=1)
    link.save()


def test_a_check_says_what_was_put_in() -> None:
    check, key = checks.open_check(a_dossier(), b"source", "a.md", "Demo")
    found = checks.check_by_key(key)
    assert found == check
    assert checks.dossier_of(found).digest == a_dossier().digest
    assert checks.source_of(found) == b"source"
    assert len(key) >= 22


def test_proposals_stay_open_and_say_nothing_until_accepted() -> None:
    dossier = card_from(CARD, "card.md", site_corpus().vocabulary)
    check, _ = checks.open_check(dossier, CARD.encode(), "card.md")
    kept = checks.dossier_of(check)
    assert [one.state for one in kept.proposals] == ["open"] * len(dossier.proposals)
    assert not kept.subject.given


def test_neither_key_nor_token_is_in_the_database() -> None:
    check, key = checks.open_check(a_dossier())
    token = checks.share(check, key, DAY, DAY)
    other = checks.colleague(check, key, "Li")
    for model in (Check, Share, Colleague, Document):
        for row in model.objects.values_list():
            assert all(secret not in str(row) for secret in (key, token, other))


def test_the_holder_of_the_key_is_shown_the_tokens_again() -> None:
    check, key = checks.open_check(a_dossier())
    token, other = checks.share(check, key, DAY, DAY, "org:a"), checks.colleague(check, key, "Li")
    assert [found for _, found in checks.shares_of(check, key)] == [token]
    assert [found for _, found in checks.colleagues_of(check, key)] == [other]
    assert checks.colleague(check, key, "Li") == other
    assert len({key, token, other}) == 3


def test_a_share_and_a_colleague_open_no_check() -> None:
    check, key = checks.open_check(a_dossier())
    for token in (checks.share(check, key, DAY, DAY), checks.colleague(check, key, "Li")):
        with pytest.raises(checks.LinkError):
            checks.check_by_key(token)
    share = Share.objects.get()
    assert derived("another-key-another-key", "share", share.salt) not in {found for _, found in checks.shares_of(check, key)}


@pytest.mark.parametrize("guess", ["", "a", "A" * 22, "../" * 9, "é" * 22, "a" * 5000, hashed("A" * 22)])
def test_a_guessed_key_opens_nothing(guess: str) -> None:
    checks.open_check(a_dossier())
    for opened in (checks.check_by_key, checks.share_by_token, checks.colleague_by_token):
        with pytest.raises(checks.LinkError) as caught:
            opened(guess)
        assert caught.value.status == 404


def test_what_is_over_is_said_to_be_over_and_what_is_kept_is_not() -> None:
    check, key = checks.open_check(a_dossier())
    token, other = checks.share(check, key, DAY, DAY), checks.colleague(check, key, "Li")
    for link in (check, Share.objects.get(), Colleague.objects.get()):
        over(link)
    for opened, secret in ((checks.check_by_key, key), (checks.share_by_token, token), (checks.colleague_by_token, other)):
        with pytest.raises(checks.LinkError) as caught:
            opened(secret)
        assert caught.value.status == 410
    checks.keep(check, True)
    over(check)
    assert checks.check_by_key(key) == check


def test_every_change_and_every_link_begins_the_time_anew() -> None:
    check, key = checks.open_check(a_dossier())
    soon = timezone.now() + timedelta(days=1)
    Check.objects.update(expires=soon)
    checks.save(check, said(checks.dossier_of(check), "markets", ["CN"]), 1)
    assert Check.objects.get().expires > soon + timedelta(days=28)
    Check.objects.update(expires=soon)
    checks.share(check, key, DAY, DAY)
    assert Check.objects.get().expires > soon + timedelta(days=28)


def test_two_people_at_once_overwrite_nothing() -> None:
    check, key = checks.open_check(a_dossier())
    first = said(checks.dossier_of(check), "markets", ["CN"])
    second = said(checks.dossier_of(check), "markets", ["KR"])
    checks.save(checks.check_by_key(key), first, 1)
    with pytest.raises(checks.ChangedError) as caught:
        checks.save(checks.check_by_key(key), second, 1)
    assert caught.value.stored.digest == first.digest
    assert caught.value.offered.digest == second.digest
    assert checks.dossier_of(checks.check_by_key(key)).digest == first.digest
    assert Document.objects.count() == 1


def test_saving_what_was_deleted_says_so() -> None:
    check, key = checks.open_check(a_dossier())
    other = checks.check_by_key(key)
    checks.delete(check)
    with pytest.raises(checks.LinkError):
        checks.save(other, a_dossier("b"), 1)


@pytest.mark.parametrize("act", ["share", "colleague", "keep", "keep-share"])
def test_whatever_is_done_to_what_was_deleted_meanwhile_says_so(act: str) -> None:
    check, key = checks.open_check(a_dossier())
    mine = checks.check_by_key(key)
    share = checks.share_by_token(checks.share(check, key, DAY, DAY))
    checks.delete(check)
    acts: dict[str, Callable[[], object]] = {
        "share": lambda: checks.share(mine, key, DAY, DAY),
        "colleague": lambda: checks.colleague(mine, key, "Li"),
        "keep": lambda: checks.keep(mine, True),
        "keep-share": lambda: checks.keep_share(share, True),
    }
    with pytest.raises(checks.LinkError) as caught:
        acts[act]()
    assert caught.value.status == 404
    assert not Document.objects.exists()


def test_keeping_a_link_that_was_taken_back_keeps_nothing() -> None:
    check, key = checks.open_check(a_dossier())
    share = checks.share_by_token(checks.share(check, key, DAY, DAY))
    checks.delete_share(checks.share_by_token(checks.shares_of(check, key)[0][1]))
    with pytest.raises(checks.LinkError):
        checks.keep_share(share, True)
    assert not checks.check_by_key(key).kept


def test_names_with_zero_bytes_are_stored_without_them() -> None:
    check, key = checks.open_check(a_dossier(), b"x", "a\0.md", "De\0mo")
    found = checks.check_by_key(key)
    assert (found.source_name, found.name) == ("a.md", "Demo")
    assert checks.colleague(check, key, "L\0i") == checks.colleague(check, key, "Li")


def test_deleting_takes_what_somebody_saved_meanwhile() -> None:
    check, key = checks.open_check(a_dossier())
    checks.save(checks.check_by_key(key), said(a_dossier(), "markets", ["CN"]), 1)
    checks.delete(check)
    assert not Document.objects.exists()


def test_deleting_takes_everything_that_nobody_else_needs() -> None:
    check, key = checks.open_check(a_dossier(), b"same")
    other, _ = checks.open_check(a_dossier("other"), b"same")
    token = checks.share(check, key, DAY, DAY)
    checks.delete(check)
    assert set(Document.objects.values_list("digest", flat=True)) == {other.dossier_id, other.source_id}
    with pytest.raises(checks.LinkError):
        checks.share_by_token(token)
    checks.delete(other)
    assert not Document.objects.exists()


def test_a_shared_result_stays_as_it_was() -> None:
    check, key = checks.open_check(a_dossier())
    token = checks.share(check, key, DAY, DAY)
    before = checks.share_by_token(token).document.bytes()
    checks.save(check, said(checks.dossier_of(check), "markets", ["CN"]), 1)
    assert checks.share_by_token(token).document.bytes() == before


def test_keeping_a_link_keeps_its_check_so_that_it_can_be_taken_back() -> None:
    check, key = checks.open_check(a_dossier())
    checks.share(check, key, DAY, DAY)
    checks.keep_share(Share.objects.get(), True)
    assert checks.check_by_key(key).kept
    checks.keep(checks.check_by_key(key), False)
    assert not Share.objects.get().kept


def test_purging_takes_what_is_over_and_leaves_the_rest() -> None:
    gone, key = checks.open_check(a_dossier())
    checks.share(gone, key, DAY, DAY)
    kept, _ = checks.open_check(a_dossier("kept"))
    checks.keep(kept, True)
    over(gone)
    over(kept)
    over(Share.objects.get())
    assert checks.purge_expired() == 1
    assert list(Check.objects.all()) == [kept]
    assert not Share.objects.exists()
    assert Document.objects.count() == 1


def test_an_interview_goes_on_from_where_it_was_and_is_lent_once() -> None:
    _, key = checks.open_check(a_dossier())
    with Lending():
        mine = held(key)
        first = mine.interview()
        mine.answer([Answer("system", "demo", "markets", {"exactly": ["EU"]})], mine.version)
    with Lending():
        one, two = held(key), held(key)
        assert one.interview() is first
        assert two.interview() is not first
        assert one.interview().dossier.digest == one.dossier.digest
        question = one.interview().next()
        assert question is not None
        one.put_aside(question, "Li", one.version)
    assert [found.who for found in checks.dossier_of(checks.check_by_key(key)).asked] == ["Li"]


def test_an_answer_that_was_not_saved_is_nowhere() -> None:
    _, key = checks.open_check(a_dossier())
    with Lending():
        mine = held(key)
        with pytest.raises(checks.ChangedError):
            mine.answer([Answer("system", "demo", "markets", {"exactly": ["EU"]})], 7)
    with Lending():
        assert held(key).interview().dossier.digest == a_dossier().digest


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_many_at_once_fail_in_no_way_and_leave_nothing_behind(database: str, tmp_path: Path) -> None:
    found = run_on(database, tmp_path, "register_run")
    assert found == {
        "vendor": database,
        "errors": [],
        "twice": 0,
        "left": {"Check": 0, "Share": 0, "Colleague": 0, "Document": 0},
    }


def test_a_colleague_holds_no_key() -> None:
    check, key = checks.open_check(a_dossier())
    mine = held_by_colleague(checks.colleague(check, key, "Li"))
    assert (mine.key, mine.who, mine.dossier.digest) == ("", "Li", a_dossier().digest)
