// How the best score of a group rose, step by step; the picture above it draws the same staircase.

import { h } from "./dom.js";
import { scoreWords } from "./format.js";
import { later } from "./later.js";
import { link, sentence, table, wordsOf } from "./parts.js";
import { HISTORY } from "./queries.js";
import { ask } from "./query.js";

/** Return a function that gives a place for a group, which fills itself; each metric is asked for once. */
export function rises(dataset, signal) {
  const asked = new Map();
  return (group) => {
    if (!group.metric || group.direction === "UNKNOWN") return null;
    const { id } = group.metric;
    if (!asked.has(id)) asked.set(id, ask(HISTORY, { dataset: dataset.id, metric: id }, signal));
    return later(asked.get(id), signal, ({ sotaHistory }) => rise(dataset, group, sotaHistory));
  };
}

function rise(dataset, { variant, setting, metric }, sotaHistory) {
  const steps = sotaHistory.filter((step) => step.group.variant === variant && step.group.setting === setting);
  // One step is the best score, which the page says already.
  if (steps.length < 2) return null;
  return h(
    "details",
    null,
    h("summary", null, `How the best score rose: ${steps.length} steps since ${steps[0].date}`),
    table(`The best ${metric.name} on ${dataset.name} over time`, ["since", "score", "system", "sentence"], steps.map(({ date, system, result }) => [
      date, h("strong", null, scoreWords(result)), link(system, "the paper's own model"), sentence(result, wordsOf({ ...result, dataset })),
    ])),
  );
}
