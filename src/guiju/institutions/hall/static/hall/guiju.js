"use strict";
// What is typed saves itself in this tab, and leaving with something unsaved asks first; what cannot be sent is told in the page,
// kept, and may be tried again; what takes longer than 300 ms says so; the summary of what is wrong gets the focus.
// Everything works without this.
(() => {
  const SLOW = 300;
  const DRAFT = "draft:";
  const LOST = 10000;
  const path = location.pathname.slice(3); // the same place in the other language is the same draft
  const held = document.querySelector("[data-unsaved]"); // the page says that what was sent was not saved
  const came = performance.getEntriesByType("navigation")[0];
  const taken = came?.redirectCount > 0; // a form that was taken leads on, be it to the page that it stood on
  const refused = came?.responseStatus >= 400 || document.getElementById("problems") !== null;
  const unsaved = new Set();
  let ready = null;
  let busy = false;
  let timer = 0;

  // -- what is shown, from the page's own templates --------------------------------------------------------------------------

  const shown = (name) => document.getElementById(`shown-${name}`);
  const show = (name, before, act) => {
    const words = document.getElementById(`state-${name}`);
    if (!words) return;
    shown(name)?.remove();
    const part = words.content.firstElementChild.cloneNode(true);
    part.id = `shown-${name}`;
    before.before(part);
    part.querySelector("button")?.addEventListener("click", act);
    if (part.tabIndex === -1) part.focus();
  };
  const quick = () => {
    clearTimeout(timer);
    shown("loading")?.remove();
  };
  const slow = () => {
    quick();
    timer = setTimeout(() => show("loading", document.querySelector("footer.site")), SLOW);
  };
  const offline = (place, again) => {
    quick();
    show("offline", place, again);
  };

  // -- drafts ----------------------------------------------------------------------------------------------------------------

  const secret = "[type=password], [autocomplete=one-time-code]"; // a form with such a field leaves nothing behind
  const forms = [...document.querySelectorAll("form[method=post]")].filter((form) => !form.querySelector(secret));
  const keyOf = (form) => `${DRAFT}${path}#${forms.indexOf(form)}`;
  const version = (form) => (form.elements.version ?? form.elements.revision)?.value ?? "";
  const typed = "input:not([type=hidden], [type=file], [type=submit], [readonly]), textarea:not([hidden]), select";
  const fields = (form) => [...form.elements].filter((one) => one.name && one.matches(typed));
  const ticked = (one) => one.type === "radio" || one.type === "checkbox";
  const valueOf = (one) => (ticked(one) ? one.checked : one.value);
  const read = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const write = (key, draft) => {
    try {
      sessionStorage.setItem(key, JSON.stringify(draft));
    } catch {} // full or forbidden: then only the page keeps it
  };
  const kept = () => {
    try {
      return Object.keys(sessionStorage).filter((key) => key.startsWith(DRAFT));
    } catch {
      return [];
    }
  };
  const drop = (key) => sessionStorage.removeItem(key);
  const save = (form) =>
    write(keyOf(form), { version: version(form), sent: false, values: fields(form).map((one) => [one.name, valueOf(one)]) });

  const sent = (form) => {
    unsaved.delete(form);
    if (/\/(links\/delete|account\/sign-out)$/.test(form.getAttribute("action") ?? "")) return kept().forEach(drop);
    for (const key of kept()) {
      if (held ? key.startsWith(`${DRAFT}${path}#`) : key === keyOf(form)) write(key, { ...read(key), sent: true });
    }
  };

  const restore = (form, draft) => {
    let differs = false;
    fields(form).forEach((one, index) => {
      const [name, value] = draft.values[index] ?? [];
      if (name !== one.name || value === valueOf(one)) return;
      differs = true;
      if (ticked(one)) one.checked = value;
      else one.value = value;
      const fold = one.closest("details");
      if (fold) fold.open = true;
    });
    if (!differs) return;
    unsaved.add(form);
    show("restored", form, () => {
      drop(keyOf(form));
      unsaved.clear();
      location.reload();
    });
  };

  const arrive = () => {
    for (const key of kept()) {
      const draft = read(key);
      const here = key.startsWith(`${DRAFT}${path}#`);
      if (!draft) drop(key);
      else if (held && draft.sent) write(key, { ...draft, sent: false, version: held.dataset.version ?? draft.version });
      else if (draft.sent && (here ? taken : !refused)) drop(key);
    }
    if (held) return;
    for (const form of forms) {
      const draft = read(keyOf(form));
      if (!draft) continue;
      const back = draft.sent && refused;
      if (back) write(keyOf(form), { ...draft, sent: false, version: version(form) });
      if (back ? !document.getElementById("problems") : draft.version === version(form)) restore(form, draft);
      else if (!back) drop(keyOf(form)); // it was saved; one that came back stands in the page itself
    }
  };

  let saving = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[method=post]");
    if (!form || !forms.includes(form) || !event.target.matches(typed)) return;
    unsaved.add(form);
    clearTimeout(saving);
    saving = setTimeout(() => unsaved.has(form) && save(form), 200);
  });
  document.addEventListener("reset", (event) => {
    unsaved.delete(event.target);
    drop(keyOf(event.target));
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of unsaved) if (form.isConnected) save(form);
    if (![...unsaved].some((form) => form.isConnected)) return;
    event.preventDefault();
    quick();
  });

  // -- sending ---------------------------------------------------------------------------------------------------------------

  const reached = () =>
    fetch(document.querySelector("link[rel=icon]").href, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout?.(LOST) });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return slow();
    if (ready === form) {
      ready = null;
      return sent(form);
    }
    event.preventDefault();
    if (busy) return;
    busy = true;
    shown("offline")?.remove();
    if (unsaved.has(form)) save(form);
    slow();
    const by = event.submitter;
    reached().then(
      () => {
        ready = form;
        form.requestSubmit(by);
      },
      () => {
        busy = false;
        offline(form, () => form.requestSubmit(by));
      },
    );
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
    if (!link || !plain || link.origin !== location.origin || link.download || /\.\w+$/.test(link.pathname)) return;
    if (link.pathname + link.search !== location.pathname + location.search || !link.hash) slow();
  });
  window.addEventListener("pagehide", quick);
  window.addEventListener("pageshow", () => {
    busy = false;
    quick();
  });

  // -- parts of a page -------------------------------------------------------------------------------------------------------

  document.addEventListener("htmx:beforeRequest", slow);
  document.addEventListener("htmx:afterRequest", quick);
  document.addEventListener("htmx:sendError", (event) => {
    const from = event.detail.elt;
    offline(from.closest("p, form") ?? from, () => {
      shown("offline")?.remove();
      from.click();
    });
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.elt.href) location.assign(event.detail.elt.href);
  });

  const toProblems = () => document.getElementById("problems")?.focus();
  document.addEventListener("htmx:afterSettle", toProblems);
  arrive();
  toProblems();
})();
