// What several views show: sentences with what matters marked, facts, links to nodes, tables, pages' tools.

import { h, download, tell } from "./dom.js";
import { csv, pageOf, sideWords, to } from "./format.js";

/** Return a link to the page of a node, in the colour of its kind; null reads as the words given. */
export function link(node, otherwise = "not named") {
  if (!node) return h("span", { class: "quiet" }, otherwise);
  return h("a", { href: pageOf(node), class: node.name.length < 19 ? "node short" : "node", "data-kind": node.__typename?.toLowerCase() }, node.name);
}

/** Return a claim's side as a link, or in words where it has no name. */
export const side = (node, sideClass) => link(node, sideWords(null, sideClass));

/** Return the sentence of a fact with the given words marked, its paper, and a way to say that it is wrong. */
export function sentence(fact, marked = []) {
  const where = to("/paper", { id: fact.paper.id, fact: fact.id });
  return h(
    "figure",
    { class: "sentence" },
    h("blockquote", null, "“", marks(fact.quote, marked), "”"),
    h("figcaption", null, h("a", { href: where }, fact.paper.title), fact.paper.year ? ` (${fact.paper.year})` : ""),
  );
}

/** Return each sentence of some facts once, with what any of them has in it marked. */
export function sentences(facts, marked = []) {
  const once = new Map();
  for (const fact of facts) {
    const key = `${fact.paper.id} ${fact.start}`;
    const known = once.get(key) ?? { fact, words: [...marked] };
    once.set(key, { fact: known.fact, words: [...known.words, ...wordsOf(fact)] });
  }
  return [...once.values()].map(({ fact, words }) => sentence(fact, words));
}

/** Return a text with each of some words marked where it first stands, dashes and spaces alike. */
export function marks(text, words) {
  const spans = [];
  for (const word of new Set(words.filter((word) => word && word.length > 1))) {
    // "Chain-of-Thought" is marked where the sentence has "Chain of Thought", and "84.3%" where it has "84.3\\%".
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s*%/, "\\s*\\\\?%");
    const pattern = escaped.replace(/[-\s]+(?!\*)/g, "[-\\s]*");
    const found = text.match(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "iu"));
    if (found) spans.push([found.index, found.index + found[0].length]);
  }
  spans.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start < at) continue;
    parts.push(text.slice(at, start), h("mark", null, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}

/** Return the words of a fact that are worth marking in its sentence. */
export function wordsOf(fact) {
  const ends = [fact.subject, fact.winner, fact.loser, fact.dataset].map((node) => node?.name);
  return [...ends, fact.raw, fact.by, fact.hedge];
}

/** Return a table; each column is a heading, and each cell a text, an element or a list of them. */
export function table(caption, columns, rows) {
  const labelled = (row) => row.map((cell, place) => h("td", { "data-label": columns[place] }, cell));
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      null,
      h("caption", null, caption),
      h("thead", null, h("tr", null, columns.map((column) => h("th", { scope: "col" }, column)))),
      h("tbody", null, rows.map((row) => h("tr", row.id ? { id: row.id } : null, labelled(row)))),
    ),
  );
}

/** Return a part of a page under its heading; nothing where there is nothing to show. */
export const section = (title, ...children) =>
  children.flat(Infinity).some(Boolean) ? h("section", null, h("h2", null, title), children) : null;

/** Return the ways in which a view can be taken elsewhere. */
export function tools({ graphql, cypher, table: rows, name }) {
  const editor = `/graphql#${new URLSearchParams({ query: graphql.query, variables: JSON.stringify(graphql.variables, null, 2) })}`;
  const variables = Object.keys(graphql.variables).length ? `\n\n# variables\n${JSON.stringify(graphql.variables, null, 2)}` : "";
  return h(
    "aside",
    { class: "tools", "aria-label": "Take this elsewhere" },
    h("a", { href: location.pathname + location.search, class: "permalink" }, "Permalink"),
    rows && h("button", { type: "button", onclick: () => download(`${name}.csv`, "text/csv", csv(rows.columns, rows.rows)) }, "CSV"),
    shown("as GraphQL", graphql.query + variables, h("a", { href: editor, "data-elsewhere": true }, "Open in the editor")),
    shown("as Cypher", cypher, h("span", { class: "quiet" }, "for Neo4j Browser, where the graph is kept in Neo4j")),
  );
}

function shown(title, text, more) {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    tell("Copied");
  };
  return h(
    "details",
    null,
    h("summary", null, title),
    h("pre", { tabindex: 0, "aria-label": title }, h("code", null, text)),
    h("p", null, h("button", { type: "button", onclick: copy }, "Copy"), " ", more),
  );
}
