// A method or model: whom it beats and who beats it, its scores, its claims, and its family.

import { beatGraph } from "../beatgraph.js";
import * as cypher from "../cypher.js";
import { h } from "../dom.js";
import { pageOf, plural, roleWords, to } from "../format.js";
import { claims, lines, results } from "../facts.js";
import { link, section, sentence, table } from "../parts.js";
import { SYSTEM } from "../queries.js";
import { ask, Failure } from "../query.js";

export async function show({ id }, signal) {
  const variables = { name: id };
  const { entity } = await ask(SYSTEM, variables, signal);
  if (!entity?.beats) throw new Failure(`No method or model is called “${id}”.`, "NOT_FOUND");
  const [wins, losses] = [entity.beats.nodes, entity.beatenBy.nodes];
  return {
    title: entity.name,
    name: entity.name,
    graphql: { query: SYSTEM, variables },
    cypher: cypher.system(entity.id),
    table: lines([...entity.results.nodes, ...entity.claims.nodes]),
    body: [
      h("p", { class: "kind", "data-kind": entity.__typename.toLowerCase() }, entity.__typename),
      h("h1", null, entity.name),
      h("p", { class: "lead" }, lead(entity, wins, losses)),
      h("p", { class: "quiet" }, `Named in ${plural(entity.paperCount, "paper")}`, entity.aliases.length ? `, also as ${entity.aliases.join(", ")}` : "", ". ", h("a", { href: to("/explore", { id: entity.id }) }, "Explore around it")),
      rival(entity),
      section("Beats and is beaten by", wins.length + losses.length ? beatGraph([...wins, ...losses]) : null),
      section("Scores", results(entity.results.nodes, `What papers print of ${entity.name}`, { own: true })),
      section("Claims", claims(entity.claims.nodes)),
      section("Family", family(entity)),
      section("Papers", table("Papers that name it, and what they do with it", ["paper", "year", "what it does"], entity.papers.edges.map(({ role, node }) => [
        h("a", { href: pageOf({ __typename: "Paper", ...node }) }, node.title), node.year ? String(node.year) : "–", roleWords(role),
      ]))),
    ],
  };
}

function lead(entity, wins, losses) {
  if (!wins.length && !losses.length) return `No paper in the graph says on a named benchmark that ${entity.name} beats something, or is beaten.`;
  const on = (rows) => [...new Set(rows.map((row) => row.dataset.name))].join(", ");
  const say = (rows, verb, side) => (rows.length ? `${verb} ${plural(new Set(rows.map((row) => row[side].id)).size, "system")} (${on(rows)})` : null);
  return `${entity.name} ${[say(wins, "beats", "loser"), say(losses, "is beaten by", "winner")].filter(Boolean).join(", and ")}.`;
}

/** Return a small form to put the system against another. */
const rival = (entity) => h(
  "form",
  { action: "/compare", class: "rival", onsubmit: versus },
  h("input", { type: "hidden", name: "a", value: entity.name }),
  h("label", { for: "rival" }, `Put ${entity.name} against`),
  h("input", { id: "rival", name: "b", required: true, autocomplete: "off" }),
  h("button", null, "Compare"),
);

function versus(event) {
  event.preventDefault();
  const { a, b } = Object.fromEntries(new FormData(event.target));
  const anchor = h("a", { href: to("/compare", { a, b }) });
  event.target.append(anchor);
  anchor.click();
}

function family(entity) {
  const kinds = [["based on", entity.basedOn], ["used by", entity.usedBy], ["a version of", entity.variantOf], ["its versions", entity.variants]];
  const rows = kinds.flatMap(([words, { edges }]) => edges.map((edge) => [words, link(edge.node), edge.quote ? sentence({ id: "", ...edge }, [entity.name, edge.node.name]) : "–"]));
  return rows.length ? table("How it relates to others", ["", "system", "sentence"], rows) : null;
}
