// A benchmark: who scores what on a dataset, in groups that one ruler measures, and who beats whom there.

import { beatGraph } from "../beatgraph.js";
import * as cypher from "../cypher.js";
import { h } from "../dom.js";
import { plural, scoreWords, to } from "../format.js";
import { chart } from "../chart.js";
import { claims } from "../facts.js";
import { link, section, sentence, table, wordsOf } from "../parts.js";
import { BENCHMARK } from "../queries.js";
import { ask } from "../query.js";
import { rises } from "../rise.js";

const DIRECTIONS = { HIGHER: "higher is better", LOWER: "lower is better", UNKNOWN: "which direction is better is not known" };

export async function show({ id, metric }, signal) {
  const variables = { dataset: id, ...(metric ? { metric } : {}) };
  const { leaderboard: board, beats } = await ask(BENCHMARK, variables, signal);
  const { dataset, groups } = board;
  const rise = rises(dataset, signal);
  const rows = groups.flatMap((group) => group.rows.nodes.map((row) => [group, row]));
  return {
    title: dataset.name,
    name: dataset.name,
    graphql: { query: BENCHMARK, variables },
    cypher: cypher.benchmark(dataset.id),
    table: {
      columns: ["metric", "variant", "setting of the group", "rank", "system", "score", "unit", "setting", "sentence", "paper", "year"],
      rows: rows.map(([group, row]) => [
        group.metric?.name, group.variant, group.setting, row.rank, row.system?.name, row.result.value, row.result.unit,
        row.result.setting, row.result.quote, row.result.paper.title, row.result.paper.year,
      ]),
    },
    body: [
      h("p", { class: "kind", "data-kind": "dataset" }, "Benchmark"),
      h("h1", null, dataset.name),
      h("p", { class: "lead" }, lead(dataset, groups)),
      h("p", { class: "quiet" }, `Named in ${plural(dataset.paperCount, "paper")}`, dataset.aliases.length ? `, also as ${dataset.aliases.join(", ")}` : "", ". ",
        h("a", { href: to("/explore", { id: dataset.id }) }, "Explore around it"), " · ", h("a", { href: to("/open", { on: dataset.id }) }, "Open questions"), metric ? [" · ", h("a", { href: to("/benchmark", { id: dataset.id }) }, "All metrics")] : null),
      groups.map((group, place) => groupOf(dataset, group, place, rise)),
      section("Who beats whom here", beats.nodes.length ? beatGraph(beats.nodes) : null),
      section("Claims without a score of the winner", claims(board.claims.nodes)),
    ],
  };
}

/** Return the answer in a sentence. */
function lead(dataset, groups) {
  const best = groups.flatMap((group) => group.rows.nodes.filter((row) => row.rank === 1).map((row) => ({ group, row })))[0];
  if (!best) return groups.length ? "There are scores, but they can't be ranked." : `No abstract in the graph prints a score on ${dataset.name}.`;
  const { group, row } = best;
  return [link(row.system, "A paper's own model"), ` has the best printed score: ${scoreWords(row.result)} ${group.metric?.name ?? ""}`,
    group.variant ? ` on ${group.variant}` : "", row.result.setting ? ` (${row.result.setting})` : "", "."];
}

function groupOf(dataset, group, place, rise) {
  const rows = group.rows.nodes;
  const title = [group.metric?.name ?? "Scores whose metric is not named", group.variant, group.setting].filter(Boolean).join(" · ");
  const settings = rows.some((row) => row.result.setting);
  const columns = ["#", "score", "system", ...(settings ? ["setting"] : []), "sentence"];
  const cells = rows.map((row) => [
    row.rank === null ? "–" : `${row.rank}${row.tied ? " tied" : ""}`,
    h("strong", null, scoreWords(row.result)),
    [link(row.system, "the paper's own model"), row.result.role === "BASELINE" ? h("span", { class: "quiet" }, " as a baseline") : null],
    ...(settings ? [row.result.setting ?? h("span", { class: "quiet" }, "not stated")] : []),
    sentence(row.result, wordsOf({ ...row.result, dataset })),
  ]);
  const more = group.rows.totalCount - rows.length;
  return h(
    "section",
    { "aria-labelledby": `group-${place}` },
    h("h2", { id: `group-${place}` }, title),
    h("p", { class: "quiet" }, [DIRECTIONS[group.direction], group.metricBasis === "INFERRED" ? "the metric is inferred: the usual one of this benchmark" : null, group.note].filter(Boolean).join(" · ")),
    conflicts(rows),
    chart(dataset, group),
    rise(group),
    table(`${title} on ${dataset.name}`, columns, cells),
    more > 0 ? h("p", { class: "quiet" }, `The first ${rows.length} of ${group.rows.totalCount}; ask in GraphQL for the others.`) : null,
  );
}

/** Return a warning for each system with two scores in one group. */
function conflicts(rows) {
  const scores = new Map();
  for (const { system, result } of rows) {
    if (!system || result.bound) continue;
    const known = scores.get(system.name) ?? new Set();
    scores.set(system.name, known.add(scoreWords(result)));
  }
  const twice = [...scores].filter(([, known]) => known.size > 1);
  return twice.map(([name, known]) => h(
    "p",
    { class: "warning" },
    h("strong", null, "Conflict: "),
    `${name} has ${[...known].join(" and ")}. The settings may differ: read the sentences.`,
  ));
}
