// Open questions: where papers disagree, and which of a benchmark's best systems nobody has compared, with their sentences.

import * as cypher from "../cypher.js";
import { h } from "../dom.js";
import { plural, scoreWords, to } from "../format.js";
import { link, section, sentences, table } from "../parts.js";
import { GAPS, OPEN } from "../queries.js";
import { ask } from "../query.js";

const KINDS = {
  OPPOSITE: "Papers see each of the two ahead",
  CYCLE: "Each beats the next, and the last the first",
  TWO_SCORES: "One system, two scores",
  FLIP: "The order changes from one dataset to another",
};

export async function show({ on }, signal) {
  const variables = on ? { on } : {};
  const { contradictions, datasets } = await ask(OPEN, variables, signal);
  const asked = on ? [on] : datasets.nodes.map((dataset) => dataset.id);
  const found = (await Promise.all(asked.map((dataset) => ask(GAPS, { dataset }, signal)))).map(({ leaderboard, gaps }) => ({ ...leaderboard, gaps }));
  const open = found.filter(({ gaps }) => gaps.length);
  const name = on ? found[0].dataset.name : null;
  return {
    title: name ? `Open questions on ${name}` : "Open questions",
    name: "open-questions",
    graphql: { query: OPEN, variables },
    cypher: cypher.open(on ? found[0].dataset.id : null),
    table: {
      columns: ["kind", "systems", "datasets", "reason", "sentence", "paper", "year"],
      rows: [
        ...contradictions.nodes.flatMap((each) => each.evidence.map((fact) => [
          each.kind, names(each.systems), names(each.datasets), each.reason, fact.quote, fact.paper.title, fact.paper.year,
        ])),
        ...open.flatMap(({ dataset, gaps }) => gaps.flatMap(({ a, b }) => [a, b].map(({ result }) => [
          "GAP", names([a.system, b.system]), dataset.name, "nobody has compared them", result.quote, result.paper.title, result.paper.year,
        ]))),
      ],
    },
    body: [
      h("p", { class: "kind" }, "Open questions"),
      h("h1", null, name ?? "Open questions"),
      h("p", { class: "lead" }, lead(contradictions.nodes, open)),
      on ? h("p", null, h("a", { href: "/open" }, "On every benchmark"), " · ", link({ ...found[0].dataset, __typename: "Dataset" })) : null,
      section("Where papers disagree", contradictions.nodes.map(disagreement)),
      section("What nobody has compared", open.map(uncompared)),
    ],
  };
}

const names = (nodes) => nodes.map((node) => node?.name ?? "the paper's own model").join(", ");

function lead(disagreements, open) {
  const gaps = open.reduce((sum, { gaps }) => sum + gaps.length, 0);
  if (!disagreements.length && !gaps) return "Papers in the graph agree, and the best systems have all been compared.";
  return `${plural(disagreements.length, "disagreement")} between papers, and ${plural(gaps, "pair")} of systems with scores that nobody has compared.`;
}

const joined = (nodes, kind) => nodes.flatMap((node, place) => [place ? ", " : "", link(kind ? { ...node, __typename: kind } : node)]);

const disagreement = ({ kind, systems, datasets, reason, evidence }) => h(
  "article",
  { class: "fact" },
  h("h3", null, KINDS[kind]),
  h("p", { class: "verdict" }, joined(systems), datasets.length ? [" on ", joined(datasets, "Dataset")] : null),
  h("p", { class: "quiet" }, `${reason}.`),
  sentences(evidence, systems.map((node) => node.name)),
);

function uncompared({ dataset, gaps }) {
  const cell = ({ system, result }) => [link(system, "the paper's own model"), ` ${scoreWords(result)}`];
  return table(`Systems with scores on ${dataset.name} that nobody has compared`, ["better placed", "other", "sentences", "look"], gaps.map(({ a, b }) => [
    cell(a),
    cell(b),
    sentences([a.result, b.result], [a.system?.name, b.system?.name]),
    a.system && b.system ? h("a", { href: to("/compare", { a: a.system.id, b: b.system.id, on: dataset.id }) }, "Head to head") : "",
  ]));
}
