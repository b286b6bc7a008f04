// Two systems head to head: the verdict on each benchmark in words first, then the sentences that it stands on.

import { chains } from "../chains.js";
import * as cypher from "../cypher.js";
import { h } from "../dom.js";
import { plural, to, verdictWords } from "../format.js";
import { link, sentences } from "../parts.js";
import { COMPARE } from "../queries.js";
import { ask } from "../query.js";

export async function show({ a, b, on }, signal) {
  const variables = { a, b, ...(on ? { on } : {}) };
  const { compare } = await ask(COMPARE, variables, signal);
  const found = compare.benchmarks;
  return {
    title: `${compare.a.name} and ${compare.b.name}`,
    name: `${compare.a.name}-and-${compare.b.name}`,
    graphql: { query: COMPARE, variables },
    cypher: cypher.compare(compare.a.id, compare.b.id),
    table: {
      columns: ["dataset", "variant", "metric", "verdict", "winner", "margin", "reason", "sentence", "paper", "year"],
      rows: found.flatMap((item) => (item.evidence.length ? item.evidence : [null]).map((fact) => [
        item.dataset?.name, item.variant, item.metric?.name, item.verdict, item.winner?.name, item.margin, item.reason,
        fact?.quote, fact?.paper.title, fact?.paper.year,
      ])),
    },
    body: [
      h("p", { class: "kind" }, "Head to head"),
      h("h1", null, compare.a.name, h("span", { class: "quiet" }, " and "), compare.b.name),
      h("p", { class: "lead" }, lead(compare)),
      h("p", null, link(compare.a), " · ", link(compare.b), " · ", h("a", { href: to("/compare", { a: b, b: a, on }) }, "The other way round"),
        on ? [" · ", h("a", { href: to("/compare", { a, b }) }, "On every benchmark")] : null),
      found.map((item) => benchmark(compare, item)),
      found.some((item) => item.winner) ? null : chains(compare, on, signal),
    ],
  };
}

/** Return the answer in a sentence. */
function lead({ a, b, benchmarks }) {
  const decided = benchmarks.filter((item) => item.winner);
  if (!benchmarks.length) return `Nothing in the graph compares ${a.name} with ${b.name}.`;
  if (!decided.length) return `Neither ${a.name} nor ${b.name} can be called the better one: ${benchmarks[0].reason}.`;
  const wins = [a, b].map((side) => [side, decided.filter((item) => item.winner.id === side.id)]).filter(([, items]) => items.length);
  const where = (items) => items.map((item) => item.dataset?.name ?? "a benchmark not stated").join(", ");
  const words = wins.map(([side, items]) => `${side.name} is better on ${where(items)}`).join("; ");
  const open = benchmarks.length - decided.length;
  return `${words}${open ? `; ${plural(open, "benchmark")} left open` : ""}.`;
}

function benchmark({ a, b }, item) {
  const where = [item.metric && `by ${item.metric.name}`, item.variant && `on ${item.variant}`].filter(Boolean).join(" ");
  const other = item.winner?.id === a.id ? b : a;
  const answer = item.winner ? `${item.winner.name} beats ${other.name}${item.margin === null ? "" : ` by ${item.margin}`}` : "No winner";
  return h(
    "section",
    { class: "fact" },
    h("h2", null, item.dataset ? link({ ...item.dataset, __typename: "Dataset" }) : "Benchmark not stated", where ? h("span", { class: "quiet" }, ` ${where}`) : null),
    h("p", { class: "verdict" }, h("strong", null, answer), `: ${verdictWords(item.verdict)}.`),
    h("p", null, `Why: ${item.reason}.`, item.inferred ? " It leans on a claim to beat the state of the art of its time." : ""),
    item.evidence.length ? sentences(item.evidence, [a.name, b.name]) : h("p", { class: "quiet" }, "There is no sentence to show."),
    item.nearest ? [h("p", null, `Nearest to it: ${item.nearest}.`), sentences(item.nearestEvidence, [a.name, b.name])] : null,
  );
}
