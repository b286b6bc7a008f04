// Chains in which each system beats the next, shown where nothing is said of their ends.

import { h } from "./dom.js";
import { verdictWords } from "./format.js";
import { later } from "./later.js";
import { link, section, sentences } from "./parts.js";
import { CHAINS } from "./queries.js";
import { ask } from "./query.js";

/** Return a place that fills itself with the chains between two systems, either way; it stays empty where there are none. */
export function chains({ a, b }, on, signal) {
  const answer = ask(CHAINS, { a: a.id, b: b.id, ...(on ? { on } : {}) }, signal);
  return later(answer, signal, ({ down, up }) => [
    section(`Chains from ${a.name} to ${b.name}`, down.map(chain)),
    section(`Chains from ${b.name} to ${a.name}`, up.map(chain)),
  ]);
}

const chain = ({ dataset, metric, label, steps }) => h(
  "article",
  { class: "fact" },
  h("h3", null, link({ ...dataset, __typename: "Dataset" }), metric ? h("span", { class: "quiet" }, ` by ${metric.name}`) : null),
  h("p", { class: "quiet" }, `${label}.`),
  h("ol", null, steps.map(({ winner, loser, verdict, evidence }) => h(
    "li",
    null,
    h("p", { class: "verdict" }, link(winner), " beats ", link(loser), `: ${verdictWords(verdict)}.`),
    sentences(evidence, [winner.name, loser.name]),
  ))),
);
