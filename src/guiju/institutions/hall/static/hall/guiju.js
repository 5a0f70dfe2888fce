"use strict";
// A form with something unsaved asks before it is left; the summary of what is wrong gets the focus. Everything works without this.
(() => {
  const unsaved = new Set();
  const form = (event) => event.target.closest?.("form[method=post]");

  document.addEventListener("input", (event) => {
    const one = form(event);
    if (one) unsaved.add(one);
  });
  document.addEventListener("submit", (event) => unsaved.delete(event.target));
  document.addEventListener("reset", (event) => unsaved.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((one) => one.isConnected)) event.preventDefault();
  });

  const toProblems = () => document.getElementById("problems")?.focus();
  document.addEventListener("DOMContentLoaded", toProblems);
  document.addEventListener("htmx:afterSettle", toProblems);
})();
