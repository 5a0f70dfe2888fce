"""The states every page has: empty, partial, refused, wrong input, stale, expired, two at once, broken; in both languages."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from tests.institutions.states import DAY, LANGS, MARKETS, from_card, hidden, opened, over, says, told

from guiju.institutions.hall.tasks import discover, do_duties, duties
from guiju.institutions.register import checks
from guiju.institutions.register.models import Check, Colleague, Document, Share

pytestmark = pytest.mark.django_db


# -- empty and partial -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_empty_pages_say_what_will_be_there_and_what_to_do(client: Client, lang: str) -> None:
    _, key = opened()
    at = f"/{lang}/check/{key}"
    links = client.get(f"{at}/links")
    says(links, lang, "没有分享的结果。", "You have shared no result.")
    says(links, lang, "没有请同事回答的问题。", "You have asked no colleague.")
    assert f"/{lang}/check/{key}/result" in links.content.decode()
    says(client.get(f"{at}/read"), lang, "这里没有等您决定的内容。", "Nothing here is waiting for your decision.")
    assert f"/{lang}/check/{key}/ask" in client.get(f"{at}/read").content.decode()
    assert 'class="empty"' in client.get(f"{at}/ask/aside").content.decode()
    filtered = client.get(f"{at}/result?q=zzzzzz")
    says(filtered, lang, "没有符合筛选条件的规则", "No rule")
    assert 'class="empty"' in client.get(f"/{lang}/rules/?q=zzzzzz").content.decode()
    assert 'class="empty"' in client.get(f"/{lang}/rules/calendar?when=1990").content.decode()


@pytest.mark.parametrize("lang", LANGS)
def test_a_partial_result_stands_and_says_what_would_settle_the_rest(client: Client, lang: str) -> None:
    sent = client.post(f"/{lang}/check/start", {"way": "questions", "name": "Half known", "markets": "EU"})
    key = sent.headers["Location"].split("/")[3]
    response = client.get(f"/{lang}/check/{key}/result")
    assert response.status_code == 200
    page = response.content.decode()
    unknown = page[page.index('id="unknown"') :]
    assert len(re.findall(rf'href="/{lang}/check/{key}/ask/', unknown)) > 3
    says(response, lang, "尚不清楚", "not yet known")


# -- refused -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_a_shared_link_changes_nothing_and_says_who_may(client: Client, lang: str) -> None:
    check, key = opened()
    token = checks.share(check, key, DAY, DAY)
    tries = [client.get(f"/{lang}/check/{token}/{page}") for page in ("", "ask", "read", "links", "result", "links/delete")]
    tries += [
        client.post(f"/{lang}/check/{token}/links", {"do": "check-keep"}),
        client.post(f"/{lang}/check/{token}/links/delete"),
    ]
    tries += [client.post(f"/{lang}/check/{token}/result/share"), client.post(f"/{lang}/check/result/{token}")]
    tries += [client.get(f"/{lang}/check/for/{token}")]
    for one in tries:
        assert one.status_code == 403
        says(one, lang, "这个链接只用于查看分享的结果，不能修改。", "It can be read, not changed.")
        says(one, lang, "向您发送链接的人持有该链接", "Whoever sent you this one has it")
        assert key not in one.content.decode()
    assert checks.check_by_key(key).version == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_colleague_answers_their_questions_and_no_other(client: Client, lang: str) -> None:
    check, key = opened()
    token = checks.colleague(check, key, "Li")
    other = client.get(f"/{lang}/check/for/{token}/system/cv-screening-eu/markets")
    assert other.status_code == 404
    says(other, lang, "这个问题没有请您回答", "This question is not for you")
    says(other, lang, "请告诉发给您链接的人，对方可以重新请您回答", "tell the person who sent you the link")
    written = client.post(f"/{lang}/check/for/{token}/system/cv-screening-eu/markets", {"do": "answer", "value": "I wrote this"})
    assert written.status_code == 409
    assert "I wrote this" in told(written)
    for page in ("ask", "result", "links", "dossier.yaml", "result.json"):
        refused = client.get(f"/{lang}/check/{token}/{page}")
        assert refused.status_code == 403
        says(refused, lang, "不能打开自查的其他内容", "It opens nothing else of the check.")
    assert client.get(f"/{lang}/check/result/{token}").status_code == 403
    assert checks.check_by_key(key).version == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_wrong_key_opens_nothing_and_says_where_to_look(client: Client, lang: str) -> None:
    for page in ("", "ask", "read", "result", "links", "links/1", "result.json", MARKETS):
        response = client.get(f"/{lang}/check/{'A' * 22}/{page}")
        assert response.status_code == 404
        assert response.headers["Cache-Control"] == "no-store"
        says(response, lang, "此地址没有自查记录。", "There is no check at this address.")
        says(response, lang, "请核对您保存的地址", "Compare it with the address you kept")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_change_nothing_and_say_so(client: Client, lang: str, method: str) -> None:
    _, key = opened()
    for page in ("read", "links", "links/delete", "result", MARKETS, "result/share"):
        response = getattr(client, method)(f"/{lang}/check/{key}/{page}")
        assert response.status_code == 405
        assert response.headers["Allow"]
        says(response, lang, "没有作任何改动", "Nothing was changed.")
    assert client.head(f"/{lang}/check/{key}/links/delete").status_code == 200
    assert checks.check_by_key(key).version == 1


# -- wrong input -------------------------------------------------------------------------------------------------------------


def assert_wrong(response: Any, field: str, typed: str, status: int) -> None:
    """The summary has the focus and leads to the field; the field says what is wrong and keeps what was typed."""
    page = response.content.decode()
    assert response.status_code == status
    summary = page[page.index('id="problems"') - 80 :].split("</section>")[0]
    assert "autofocus" in summary
    assert 'role="alert"' in summary
    assert f'href="#{field}"' in summary
    assert f'id="{field}-error"' in page
    assert f"{field}-error" in page.split("aria-describedby", 1)[1]
    assert html.escape(typed, quote=True) in page


@pytest.mark.parametrize("lang", LANGS)
def test_wrong_input_stands_beside_its_field_and_is_kept(client: Client, lang: str) -> None:
    start = client.post(f"/{lang}/check/start", {"way": "questions", "name": "x" * 130, "markets": ["EU"]})
    assert_wrong(start, "name", "x" * 130, 400)
    says(start, lang, "名称超过 120 个字符。", "The name is longer than 120 characters.")
    assert re.search(r'name="markets" value="EU" checked', start.content.decode())
    pasted = client.post(f"/{lang}/check/start", {"way": "card", "text": "\u0001 <b>no card"})
    assert_wrong(pasted, "text", "no card", 400)
    _, key = opened()
    result = client.get(f"/{lang}/check/{key}/result?on=2026-02-30")
    assert_wrong(result, "on", "2026-02-30", 400)
    page = client.get(f"/{lang}/check/{key}/{MARKETS}").content.decode()
    question = client.post(
        f"/{lang}/check/{key}/{MARKETS}",
        {"do": "answer", "version": hidden(page, "version"), "seen": hidden(page, "seen"), "whole": "yes"},
    )
    assert_wrong(question, "answer", "", 422)
    other = client.post(f"/{lang}/check/{key}/{MARKETS}", {"do": "other", "version": "1", "who": ""})
    assert_wrong(other, "who", "", 422)
    search = client.get(f"/{lang}/rules/?q=ai&on=yesterday")
    assert_wrong(search, "on", "yesterday", 400)
    calendar = client.get(f"/{lang}/rules/calendar?when=2026-13")
    assert_wrong(calendar, "when", "2026-13", 400)


@pytest.mark.parametrize("lang", LANGS)
def test_a_decision_without_a_name_is_kept(client: Client, lang: str) -> None:
    _, key = from_card()
    response = client.post(f"/{lang}/check/{key}/read", {"do": "accept-0", "by": " ", "version": "1", "value-0": "kept as typed"})
    assert_wrong(response, "by", "", 400)
    says(response, lang, "没有写明由谁决定。", "You have not said who decides.")


@pytest.mark.parametrize("lang", LANGS)
def test_an_act_on_a_link_that_is_gone_is_refused_in_words(client: Client, lang: str) -> None:
    _, key = opened()
    for act in ("share-delete-7", "check-maybe", "", "share-keep-x"):
        response = client.post(f"/{lang}/check/{key}/links", {"do": act})
        assert response.status_code == 400
        says(response, lang, "本页没有这项操作或者这个链接。", "There is no such button or link on this page.")


# -- two people at once ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_second_is_shown_the_difference_and_keeps_what_they_typed(client: Client, lang: str) -> None:
    _, key = opened()
    at = f"/{lang}/check/{key}/{MARKETS}"
    page = client.get(at).content.decode()
    sent = {"do": "answer", "version": hidden(page, "version"), "seen": hidden(page, "seen"), "whole": "yes"}
    assert client.post(at, {**sent, "member": ["KR"]}).status_code == 303
    second = client.post(at, {**sent, "member": ["CN", "EU"]})
    assert second.status_code == 409
    says(second, lang, "没有内容被覆盖", "Nothing was overwritten")
    says(second, lang, "现在的内容", "Stands now")
    says(second, lang, "您的内容（未保存）", "Yours, not saved")
    says(second, lang, "只有韩国", "only Korea")
    says(second, lang, "只有中国内地和欧盟", "only mainland China and European Union")
    markets = checks.dossier_of(checks.check_by_key(key)).subject.given["markets"].value
    assert "KR" in str(markets)
    assert "CN" not in str(markets)
    kept = re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', second.content.decode())
    assert ("member", "CN") in kept
    form: dict[str, list[str]] = {}
    for name, value in kept:
        form.setdefault(name, []).append(value)
    mine = client.post(at, {**form, "version": hidden(second.content.decode(), "version")})
    assert mine.status_code == 303
    assert "CN" in str(checks.dossier_of(checks.check_by_key(key)).subject.given["markets"].value)


def test_a_form_sent_twice_is_taken_once_and_goes_on(client: Client) -> None:
    _, key = opened()
    at = f"/en/check/{key}/{MARKETS}"
    page = client.get(at).content.decode()
    sent = {"do": "answer", "version": hidden(page, "version"), "seen": hidden(page, "seen"), "whole": "yes", "member": ["KR"]}
    first, second = client.post(at, sent), client.post(at, sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert checks.check_by_key(key).version == 2


@pytest.mark.parametrize("act", ["unknown", "other"])
def test_a_question_put_aside_twice_is_put_aside_once(client: Client, act: str) -> None:
    check, key = opened()
    at = f"/en/check/{key}/{MARKETS}"
    page = client.get(at).content.decode()
    sent = {"do": act, "version": hidden(page, "version"), "seen": hidden(page, "seen"), "who": "Li Na", "by": "Wang"}
    assert [client.post(at, sent).status_code for _ in range(2)] == [303, 303]
    assert len(checks.dossier_of(checks.check_by_key(key)).asked) == 1
    assert check.colleagues.count() == (act == "other")


def test_a_decision_sent_twice_is_taken_once(client: Client) -> None:
    _, key = from_card()
    for _ in range(2):
        assert client.post(f"/en/check/{key}/read", {"do": "accept-0", "by": "Lin Wei", "version": "1"}).status_code == 302
    assert checks.check_by_key(key).version == 2


@pytest.mark.parametrize("lang", LANGS)
def test_two_who_decide_on_one_card_see_each_others_decision(client: Client, lang: str) -> None:
    _, key = from_card()
    at = f"/{lang}/check/{key}/read"
    assert client.post(at, {"do": "accept-0", "by": "Lin Wei", "version": "1"}).status_code == 302
    second = client.post(at, {"do": "reject-0", "by": "Chen Yi", "version": "1"})
    assert second.status_code == 409
    says(second, lang, "Lin Wei已接受", "accepted by Lin Wei")
    says(second, lang, "Chen Yi决定不采纳", "rejected by Chen Yi")
    assert checks.dossier_of(checks.check_by_key(key)).proposals[0].state == "accepted"


# -- expired -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_an_expired_link_says_who_can_give_a_new_one(client: Client, lang: str) -> None:
    check, key = opened()
    token, other = checks.share(check, key, DAY, DAY), checks.colleague(check, key, "Li")
    for link in (Check.objects.get(), Share.objects.get(), Colleague.objects.get()):
        over(link)
    result, questions = client.get(f"/{lang}/check/result/{token}"), client.get(f"/{lang}/check/for/{other}")
    own = client.get(f"/{lang}/check/{key}/result")
    assert [one.status_code for one in (result, questions, own)] == [410, 410, 410]
    for one in (result, questions):
        says(one, lang, "向您发送链接的人可以在链接页面生成新的链接。", "can give you a new one")
    says(own, lang, "请重新开始自查，或者提交您下载的信息档", "start a new check, or upload the dossier you downloaded")
    assert client.post(f"/{lang}/check/{key}/{MARKETS}", {"do": "unknown", "version": "1"}).status_code == 410


def test_what_has_expired_is_purged_by_the_sequencers_own_duty() -> None:
    check, key = opened()
    checks.share(check, key, DAY, DAY)
    checks.colleague(check, key, "Li")
    for link in (Check.objects.get(), Share.objects.get(), Colleague.objects.get()):
        over(link)
    discover()
    for one in duties().values():
        one.due = 0.0
    do_duties(1.0)
    assert not any(model.objects.exists() for model in (Check, Share, Colleague, Document))


# -- finished, too often, broken ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_done_has_a_receipt_and_a_next_step(client: Client, lang: str) -> None:
    _, key = opened()
    shared = client.post(f"/{lang}/check/{key}/result/share", {"on": "2026-11-22"}, follow=True)
    says(shared, lang, "链接已经生成", "The link to the result as of 22 November 2026 is made.")
    says(shared, lang, "下一步：请复制下面的地址并转发。", "Next: copy its address below and pass it on.")
    number = Share.objects.get().pk
    kept = client.post(f"/{lang}/check/{key}/links", {"do": f"share-keep-{number}"}, follow=True)
    says(kept, lang, "一直保留，直到您删除；自查也一并保留。", "is kept until you delete it, and the check with it.")
    gone = client.post(f"/{lang}/check/{key}/links", {"do": f"share-delete-{number}"}, follow=True)
    says(gone, lang, "链接已删除", "The link is deleted.")
    assert 'class="receipt"' not in client.get(f"/{lang}/check/{key}/links?done=shared-{number}").content.decode()
    ended = client.post(f"/{lang}/check/{key}/links/delete")
    says(ended, lang, "已全部删除", "Everything is deleted")
    says(ended, lang, "重新开始自查", "Start a new check")


@pytest.mark.parametrize("lang", LANGS)
def test_too_often_says_when_to_come_again(client: Client, lang: str) -> None:
    for _ in range(62):  # twice as often as may be, in case a minute ends meanwhile
        response = client.post(f"/api/v1/assess?lang={lang}", "", content_type="application/yaml")
        if response.status_code == 429:
            break
    error = response.json()["error"]
    wait = int(response.headers["Retry-After"])
    assert 0 < wait <= 60
    assert (f"请在 {wait} 秒后重试。" if lang == "zh" else f"Try again in {wait} seconds.") in error["hint"]


@pytest.mark.parametrize("lang", LANGS)
def test_too_often_is_a_page_below_check_as_well(client: Client, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from guiju.institutions.hall.limits import LimitError
    from guiju.institutions.portal.check import links

    def too_often(*_: object) -> None:
        raise LimitError(17, 30)

    _, key = opened()
    monkeypatch.setattr(links, "_act", too_often)
    response = client.post(f"/{lang}/check/{key}/links", {"do": "check-keep"})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "17")
    says(response, lang, "请在 17 秒后重试。", "Try again in 17 seconds.")
    says(response, lang, "您填写的内容保留在这个标签页中", "what you entered is kept in this tab")


@pytest.mark.parametrize("lang", LANGS)
def test_a_server_error_says_what_is_saved_and_gives_a_number_that_the_log_knows(
    lang: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from guiju.institutions.portal.check import links

    def broken(*_: object) -> None:
        raise RuntimeError("broken at the test's word")

    _, key = opened()
    monkeypatch.setattr(links, "_act", broken)
    response = Client(raise_request_exception=False).post(f"/{lang}/check/{key}/links", {"do": "check-keep"})
    assert response.status_code == 500
    assert response.headers["Cache-Control"] == "no-store"
    says(response, lang, "此前保存的内容没有丢失", "What you had saved is still there")
    number = re.search(r"\d{8}-[0-9a-f]{6}", told(response))
    assert number is not None
    assert number[0] in caplog.text
    assert "broken at the test's word" not in told(response)
    assert "data-unsaved" in response.content.decode()
