// What goes by some words: papers and entities, the best first.

import * as cypher from "../cypher.js";
import { h } from "../dom.js";
import { pageOf, plural, to } from "../format.js";
import { link } from "../parts.js";
import { SEARCH } from "../queries.js";
import { ask } from "../query.js";

export async function show({ q = "", after }, signal) {
  const variables = { text: q, ...(after ? { after } : {}) };
  const { search } = q.trim() ? await ask(SEARCH, variables, signal) : { search: { edges: [], pageInfo: {} } };
  const found = search.edges;
  return {
    title: q ? `Search: ${q}` : "Search",
    name: "search",
    graphql: { query: SEARCH, variables },
    cypher: cypher.search(q),
    table: { columns: ["kind", "name", "snippet"], rows: found.map(({ node, snippet }) => [node.__typename, node.title ?? node.name, snippet]) },
    body: [
      h("h1", null, q ? `Search: ${q}` : "Search"),
      found.length
        ? h("ul", { class: "hits" }, found.map(hit))
        : h("p", { class: "lead" }, q ? "Nothing in the graph has all of these words. Try fewer, or a name alone." : "Type a question or a name above."),
      search.pageInfo.hasNextPage ? h("p", null, h("a", { href: to("/search", { q, after: search.pageInfo.endCursor }) }, "More")) : null,
    ],
  };
}

function hit({ node, snippet }) {
  const paper = node.__typename === "Paper";
  const about = paper ? `paper${node.year ? `, ${node.year}` : ""}` : `${node.__typename.toLowerCase()} in ${plural(node.paperCount, "paper")}`;
  return h(
    "li",
    null,
    paper ? h("a", { href: pageOf(node) }, node.title) : link(node),
    h("span", { class: "quiet" }, ` ${about}`),
    snippet && snippet !== node.title && snippet !== node.name ? h("p", null, snippet) : null,
  );
}
