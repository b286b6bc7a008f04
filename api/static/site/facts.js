// Claims and results as lists, each with its sentence.

import { h } from "./dom.js";
import { claimWords, scoreWords } from "./format.js";
import { link, sentence, side, table, wordsOf } from "./parts.js";

/** Return claims with their sentences; nothing where there are none. */
export const claims = (found) => found.map((claim) => h(
  "article",
  { class: "fact", id: claim.id },
  h("p", { class: "verdict" }, ...words(claim)),
  sentence(claim, wordsOf(claim)),
));

function words(claim) {
  const verb = { BETTER: " beats ", EQUAL: " equals ", NOT_BETTER: " does not beat " }[claim.polarity];
  const where = claim.dataset ? [" on ", link({ ...claim.dataset, __typename: "Dataset" })] : [h("span", { class: "quiet" }, ", benchmark not stated")];
  const by = [claim.metric && `by ${claim.metric.name}`, claim.by && `difference ${claim.by}`, claim.aspect === "EFFICIENCY" && "in cost, not in scores", claim.hedge && `hedged: “${claim.hedge}”`];
  const more = by.filter(Boolean).join(" · ");
  return [side(claim.winner, claim.winnerClass), verb, side(claim.loser, claim.loserClass), ...where, more ? h("span", { class: "quiet" }, ` · ${more}`) : ""];
}

/** Return results as a table; nothing where there are none. On a system's own page the system is left out. */
export function results(found, caption, { own = false } = {}) {
  if (!found.length) return null;
  return table(caption, ["score", "metric", "dataset", ...(own ? [] : ["system"]), "sentence"], found.map((result) => [
    h("strong", null, scoreWords(result)),
    result.metric ? link({ ...result.metric, __typename: "Metric" }) : h("span", { class: "quiet" }, "not named"),
    [link(result.dataset && { ...result.dataset, __typename: "Dataset" }), [result.variant, result.setting].filter(Boolean).map((more) => h("span", { class: "quiet" }, ` ${more}`))],
    ...(own ? [] : [link(result.subject, "the paper's own model")]),
    sentence(result, wordsOf(result)),
  ]));
}

/** Return claims and results as lines for CSV. */
export const lines = (found) => ({
  columns: ["kind", "what", "dataset", "metric", "sentence", "paper", "year", "confidence"],
  rows: found.map((fact) => [
    fact.polarity ? "claim" : "result",
    fact.polarity ? claimWords(fact) : `${fact.subject?.name ?? "the paper's own model"}: ${scoreWords(fact)}`,
    fact.dataset?.name, fact.metric?.name, fact.quote, fact.paper.title, fact.paper.year, fact.confidence,
  ]),
});
