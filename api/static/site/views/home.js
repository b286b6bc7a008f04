// The front page: what can be asked, with examples from this very graph, and what it holds.

import * as cypher from "../cypher.js";
import { h } from "../dom.js";
import { plural, to, verdictWords } from "../format.js";
import { link, section, sentences, table } from "../parts.js";
import { HOME } from "../queries.js";
import { ask } from "../query.js";

export async function show(_, signal) {
  const { stats, datasets, beats } = await ask(HOME, {}, signal);
  const rows = beats.nodes;
  return {
    title: "sotagraph",
    name: "who-beats-whom",
    graphql: { query: HOME, variables: {} },
    cypher: cypher.home(),
    table: {
      columns: ["winner", "loser", "dataset", "metric", "verdict", "margin", "sentence", "paper"],
      rows: rows.map((row) => [
        row.winner.name, row.loser.name, row.dataset.name, row.metric?.name, row.verdict, row.margin,
        row.evidence[0]?.quote, row.evidence[0]?.paper.title,
      ]),
    },
    body: [
      h("h1", null, "Which method beats which, on which benchmark, and how do we know?"),
      h(
        "p",
        { class: "lead" },
        `A graph of ${plural(stats.papers, "paper")}: ${plural(stats.claims, "claim")} and ${plural(stats.results, "score")}, `,
        "each with the sentence that it was read in.",
      ),
      stats.papers ? examples(rows, datasets.nodes) : empty(),
      section("Who beats whom", rows.map(pair)),
      section("Benchmarks", datasets.nodes.length ? table("The datasets that most papers name", ["dataset", "papers"], datasets.nodes.map((node) => [
        link({ ...node, __typename: "Dataset" }), String(node.paperCount),
      ])) : null),
      section("In the graph", h("ul", { class: "counts" }, counts(stats))),
    ],
  };
}

function examples(rows, datasets) {
  const [first, second] = [rows.find((row) => row.verdict === "BOTH") ?? rows[0], rows.find((row) => row.verdict === "COMPUTED")];
  const asked = [first, second].filter(Boolean).map((row) => [
    `Does ${row.winner.name} beat ${row.loser.name} on ${row.dataset.name}?`,
    to("/compare", { a: row.winner.name, b: row.loser.name, on: row.dataset.name }),
  ]);
  if (datasets[0]) asked.push([`leaderboard ${datasets[0].name}`, to("/benchmark", { id: datasets[0].id })]);
  if (rows[0]) asked.push([rows[0].loser.name, to("/system", { id: rows[0].loser.id })]);
  return h("div", { class: "examples" }, h("p", { id: "try" }, "Ask above, or try:"), h(
    "ul",
    { "aria-labelledby": "try" },
    asked.map(([words, address]) => h("li", null, h("a", { href: address }, words))),
  ));
}

const empty = () =>
  h("p", null, "The graph is empty. ", h("a", { href: "/read" }, "Paste some abstracts"), " and watch them become graph.");

function pair(row) {
  const by = row.metric ? ` by ${row.metric.name}` : "";
  const margin = row.margin === null ? "" : `, ${row.margin} ahead`;
  return h(
    "article",
    { class: "fact" },
    h("p", { class: "verdict" }, link(row.winner), " beats ", link(row.loser), " on ", link({ ...row.dataset, __typename: "Dataset" }), by),
    h("p", { class: "quiet" }, `${capital(verdictWords(row.verdict))}${margin}. `, h("a", { href: to("/compare", { a: row.winner.id, b: row.loser.id, on: row.dataset.id }) }, "All the evidence")),
    sentences(row.evidence.slice(0, 2), [row.winner.name, row.loser.name, row.dataset.name]),
  );
}

const capital = (words) => words[0].toUpperCase() + words.slice(1);

function counts(stats) {
  const kinds = ["papers", "methods", "models", "datasets", "metrics", "tasks", "results", "claims", "beats"];
  return kinds.map((kind) => h("li", null, h("strong", null, String(stats[kind])), ` ${kind}`));
}
