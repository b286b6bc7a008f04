// From an address to its view. Links inside the page change the address without loading anything anew.

import { h, tell } from "./dom.js";
import { route } from "./ask.js";
import { to } from "./format.js";
import { tools } from "./parts.js";
import { Failure, takeToken } from "./query.js";

const VIEWS = {
  "/": "home",
  "/search": "search",
  "/benchmark": "benchmark",
  "/system": "system",
  "/topic": "topic",
  "/compare": "compare",
  "/paper": "paper",
  "/open": "open",
  "/explore": "explore",
  "/read": "read",
};

const main = document.getElementById("main");
const box = document.getElementById("ask");
let current = new AbortController();

takeToken();
document.addEventListener("click", follow);
document.querySelector("form.ask").addEventListener("submit", asked);
addEventListener("popstate", () => show(false));
show(false);

function follow(event) {
  const anchor = event.target.closest?.("a[href]");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!anchor || !plain || anchor.target || anchor.hasAttribute("download") || "elsewhere" in anchor.dataset) return;
  const url = new URL(anchor.href);
  if (url.origin !== location.origin || !(url.pathname in VIEWS)) return;
  if (url.hash && url.pathname === location.pathname && url.search === location.search) return;
  event.preventDefault();
  go(url.pathname + url.search + url.hash);
}

async function asked(event) {
  event.preventDefault();
  if (box.value.trim()) go(await route(box.value.trim()));
}

function go(address) {
  history.pushState(null, "", address);
  show(true);
}

/** Show what the address asks for; after a move inside the page, the focus is on its heading. */
async function show(moved) {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const parameters = Object.fromEntries(new URLSearchParams(location.search));
  document.documentElement.dataset.busy = "true";
  const slow = setTimeout(() => tell("Asking the graph …"), 300);
  try {
    const { show: view } = await import(`./views/${VIEWS[location.pathname] ?? "home"}.js`);
    const shown = await view(parameters, signal);
    if (signal.aborted) return;
    put(shown.title, [...shown.body, shown.graphql && tools(shown)]);
    shown.ready?.();
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Failure)) throw error;
    put(error.code === "NOT_FOUND" ? "Not in the graph" : "That did not work", [excuse(error, parameters)]);
  } finally {
    clearTimeout(slow);
    if (!signal.aborted) delete document.documentElement.dataset.busy;
  }
  if (moved) {
    scrollTo(0, 0);
    main.querySelector("h1")?.focus();
  }
}

function put(title, body) {
  document.title = title === "sotagraph" ? title : `${title} · sotagraph`;
  box.value = location.pathname === "/search" ? (new URLSearchParams(location.search).get("q") ?? "") : "";
  main.replaceChildren(...body.flat(Infinity).filter(Boolean));
  main.querySelector("h1")?.setAttribute("tabindex", "-1");
  for (const anchor of document.querySelectorAll("nav a")) {
    if (anchor.getAttribute("href") === location.pathname) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  tell(title);
}

/** Return what went wrong in words, and where to go from there. */
function excuse(error, parameters) {
  const words = parameters.id ?? parameters.a ?? parameters.q ?? "";
  const known = error.suggestions?.map((name) => h("li", null, h("a", { href: to("/search", { q: name }) }, name)));
  return [
    h("h1", null, error.code === "NOT_FOUND" ? "Not in the graph" : "That did not work"),
    h("p", { class: "lead" }, error.message),
    known?.length ? [h("p", null, "Perhaps you mean:"), h("ul", null, known)] : null,
    words && h("p", null, h("a", { href: to("/search", { q: words }) }, `Search for “${words}”`)),
  ];
}
