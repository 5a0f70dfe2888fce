"""A result that was shared or downloaded, and what has changed since: the rules, the answers, and what that touches."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.institutions.older_edition import RULE, answering_by, older_edition
from tests.institutions.people import client_of
from tests.institutions.states import DAY, LANGS, opened, says, told
from tests.institutions.systems import house

from guiju.assess import assess, to_json
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.portal.check.told import shared_dossier
from guiju.institutions.register import checks, results, systems, versions
from guiju.institutions.register.editions import kept_corpus
from guiju.institutions.register.models import KeptEdition, Share
from guiju.norms import compiled, packaged
from guiju.subjects import Answer, dossier_from, dumps, with_answers

pytestmark = pytest.mark.django_db

SMALL = "system: {id: s}\nfacts: {markets: {exactly: [EU]}}\nparties: [{org: 'org:a', facts: {placed_under_own_name: true}}]\n"


@pytest.fixture(scope="session")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return older_edition(tmp_path_factory.mktemp("older"))


def shared_before(settings: Any, older: Path) -> tuple[str, str]:
    """Key and token of a check shared while the site answered by the older edition."""
    with answering_by(settings, older):
        check, key = opened()
        return key, checks.share(check, key, DAY, DAY)


@pytest.mark.parametrize("lang", LANGS)
def test_a_result_of_an_older_edition_says_which_rules_changed_and_what_that_touches(
    client: Client, settings: Any, older: Path, lang: str
) -> None:
    key, token = shared_before(settings, older)
    kept = Share.objects.get().document.bytes()
    was = json.loads(kept)["edition"]
    assert was != site_corpus().edition
    response = client.get(f"/{lang}/check/result/{token}")
    stale = told(response)
    assert was.removeprefix("sha256:")[:8] in stale
    says(response, lang, "这份结果作出以后，规则有了变化", "The rules have changed since this result was made")
    says(response, lang, "有 1 条规则与当时不同", "1 rule of this result is not what it was")
    says(response, lang, "含义已经改变", "means something else now")
    says(response, lang, "第4条第1款", "Art. 4(1)")
    says(response, lang, "当时：提供者应采取措施", "Then: Providers take measures")
    says(response, lang, "有 1 条规则开始与这个系统有关", "1 rule becomes relevant to this system")
    assert f"/{lang}/rules/{RULE}" in response.content.decode()
    assert client.get(f"/{lang}/check/result/{token}/result.json").content == indented(kept)
    assert Share.objects.get().document.bytes() == kept
    again = client.get(f"/{lang}/check/result/{token}?rules=now")
    says(again, lang, "这不是分享的那份结果", "This is not the result that was shared")
    assert duties_of(response) == rows_of(kept)
    assert "org:brueckenau-logistik" in bearers(kept, site=True) - bearers(kept)
    assert key not in response.content.decode() + again.content.decode()


def indented(kept: bytes) -> bytes:
    return (json.dumps(json.loads(kept), ensure_ascii=False, indent=1) + "\n").encode()


def rows_of(kept: bytes) -> int:
    return sum(row["in_scope"] == "yes" and row["kind"] != "application" for row in json.loads(kept)["duties"])


def duties_of(response: Any) -> int:
    """How many rules the page lists in all."""
    found = re.search(r'class="shown"[^>]*>[^<]*?(\d+)[^\d<]*</p>', response.content.decode())
    assert found is not None
    return int(found[1])


def bearers(kept: bytes, site: bool = False) -> set[str]:
    """Who owes the duty that changed, in the kept result or by the rules of today."""
    data = json.loads(kept)
    if site:
        data = to_json(assess(shared_dossier(Share.objects.get(), site_corpus()), site_corpus(), DAY, DAY))
    return {row["party"] for row in data["duties"] if row["norm"] == RULE and row["in_scope"] == "yes"}


def test_the_rules_of_a_shared_result_are_kept_with_it_and_go_with_it(client: Client, settings: Any, older: Path) -> None:
    key, _ = shared_before(settings, older)
    share = Share.objects.get()
    was = json.loads(share.document.bytes())["edition"]
    corpus = kept_corpus(was)
    assert corpus is not None
    assert corpus.edition == was
    checks.share(checks.check_by_key(key), key, DAY, DAY)
    assert set(KeptEdition.objects.values_list("digest", flat=True)) == {was, site_corpus().edition}
    client.post(f"/en/check/{key}/links", {"do": f"share-delete-{share.pk}"})
    assert set(KeptEdition.objects.values_list("digest", flat=True)) == {site_corpus().edition}


@pytest.mark.parametrize("lang", LANGS)
def test_where_the_older_edition_is_gone_the_page_says_what_it_can(client: Client, settings: Any, older: Path, lang: str) -> None:
    _, token = shared_before(settings, older)
    Share.objects.update(edition=None)
    KeptEdition.objects.all().delete()
    response = client.get(f"/{lang}/check/result/{token}")
    says(response, lang, "其中 1 条规则的含义已经改变", "1 rule in it reads differently now")
    says(response, lang, "不能逐条与现用版本对照", "cannot be compared with today’s rule by rule")
    says(response, lang, "JSON 文件仍是分享时的结果", "The JSON file is the result as it was shared")


@pytest.mark.parametrize("lang", LANGS)
def test_changed_answers_are_told_to_the_reader_and_shown_to_whoever_has_the_key(client: Client, lang: str) -> None:
    check, key = opened()
    token = checks.share(check, key, DAY, DAY)
    before = Share.objects.get()
    changed = with_answers(
        checks.dossier_of(check), [Answer("system", "cv-screening-eu", "markets", {"exactly": ["CN"]})], site_corpus().vocabulary
    )
    fresh = client.get(f"/{lang}/check/result/{token}")
    assert "h-stale" not in fresh.content.decode()
    checks.save(check, changed, 1)
    page = client.get(f"/{lang}/check/result/{token}")
    says(page, lang, "所依据的回答有了变化", "The answers behind this result have changed")
    says(page, lang, "可以给您新的链接", "can give you a new link")
    assert Share.objects.get().document_id == before.document_id
    links = client.get(f"/{lang}/check/{key}/links")
    says(links, lang, "分享以后您的回答有了变化。", "Your answers have changed since.")
    since = client.get(f"/{lang}/check/{key}/links/{before.pk}")
    says(since, lang, "分享时", "When shared")
    says(since, lang, "对这份结果的影响", "What that affects in this result")
    says(since, lang, "开始与这个系统有关：《网络安全法》", "become relevant to this system: Cybersecurity Law")
    says(since, lang, "只有中国内地", "only mainland China")
    says(since, lang, "分享今天的结果", "Share today’s result")
    assert f'action="/{lang}/check/{key}/result/share"' in since.content.decode()
    other, another = opened("companion-chat-cn")
    assert client.get(f"/{lang}/check/{another}/links/{before.pk}").status_code == 404
    assert other.pk != check.pk


@pytest.mark.parametrize("lang", LANGS)
def test_a_link_of_which_nothing_changed_says_so(client: Client, lang: str) -> None:
    check, key = opened()
    checks.share(check, key, DAY, DAY)
    says(client.get(f"/{lang}/check/{key}/links/{Share.objects.get().pk}"), lang, "没有变化。", "Nothing has changed.")


@pytest.mark.parametrize("lang", LANGS)
def test_an_older_result_handed_in_says_what_has_changed_since(client: Client, settings: Any, older: Path, lang: str) -> None:
    shared_before(settings, older)
    kept = indented(Share.objects.get().document.bytes())
    sent = client.post(f"/{lang}/check/start", {"way": "card", "card": SimpleUploadedFile("earlier.json", kept)})
    page = client.get(f"/{lang}/check/{sent.headers['Location'].split('/')[3]}/result")
    says(page, lang, "您提交的结果是按另一版本的规则作出的", "You uploaded a result that was made under other rules")
    says(page, lang, "第4条第1款", "Art. 4(1)")
    says(page, lang, "有 1 条规则开始与这个系统有关", "1 rule becomes relevant to this system")


def test_an_edition_that_came_with_this_version_is_set_beside_todays(client: Client) -> None:
    """A result of the edition that is packaged with this version, handed in as it was downloaded then."""
    edition = packaged().editions()[0]
    corpus = compiled(packaged().books(edition), None)
    found = assess(dossier_from(SMALL, "s", corpus.vocabulary), corpus, DAY)
    sent = client.post("/en/check/start", {"card": SimpleUploadedFile("result.json", dumps(to_json(found)).encode())})
    page = client.get(f"/en/check/{sent.headers['Location'].split('/')[3]}/result")
    assert edition.digest.removeprefix("sha256:")[:8] in told(page)
    says(page, "en", "", "You uploaded a result that was made under other rules")
    assert len(re.findall(r'class="changed-rules"><li>|</li><li><a href="/en/rules/', page.content.decode())) >= 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_kept_result_of_a_system_says_which_rules_have_changed_and_is_run_again_beside_it(
    settings: Any, older: Path, lang: str
) -> None:
    home = house()
    made = systems.new_system(home.organisation, {"en": "Hiring"})
    version = versions.add_version(made, dossier_from(SMALL, "test", site_corpus().vocabulary), "upload", home.editor)
    with answering_by(settings, older):
        first = results.work_out(version, DAY, home.editor)
        kept = first.document.bytes()
    standing = results.standing(first, lang)
    assert standing.stale.rules
    assert not standing.newer
    (rule,) = [one for one in standing.stale.listed if RULE in one.href]
    assert rule.clause
    page = client_of(home.editor).get(f"/{lang}/desk/systems/{made.public_id}/results/1")
    says(page, lang, "第4条第1款", "Art. 4(1)")
    again = results.work_out(version, DAY, home.editor)
    assert (again.number, again.edition_id == first.edition_id) == (2, False)
    assert not results.standing(again, lang)
    first.refresh_from_db()
    assert first.document.bytes() == kept
