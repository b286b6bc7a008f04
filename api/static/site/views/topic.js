// A metric or a task: what is known of it, and where it occurs.

import * as cypher from "../cypher.js";
import { h } from "../dom.js";
import { pageOf, plural, roleWords, to } from "../format.js";
import { results } from "../facts.js";
import { link, section, sentence, table } from "../parts.js";
import { TOPIC } from "../queries.js";
import { ask, Failure } from "../query.js";

export async function show({ id }, signal) {
  const variables = { name: id };
  const { entity } = await ask(TOPIC, variables, signal);
  if (!entity) throw new Failure(`Nothing is called “${id}”.`, "NOT_FOUND");
  const papers = entity.papers.edges;
  const systems = entity.addressedBy?.edges ?? [];
  return {
    title: entity.name,
    name: entity.name,
    graphql: { query: TOPIC, variables },
    cypher: cypher.topic(entity.id),
    table: { columns: ["paper", "year", "role"], rows: papers.map(({ role, node }) => [node.title, node.year, role]) },
    body: [
      h("p", { class: "kind", "data-kind": entity.__typename.toLowerCase() }, entity.__typename),
      h("h1", null, entity.name),
      h("p", { class: "lead" }, entity.direction ? metricWords(entity) : `Named in ${plural(entity.paperCount, "paper")}.`),
      h("p", { class: "quiet" }, entity.aliases.length ? `Also as ${entity.aliases.join(", ")}. ` : "", h("a", { href: to("/explore", { id: entity.id }) }, "Explore around it")),
      section("Scores", results(entity.results?.nodes ?? [], `Scores by ${entity.name}`)),
      section("Made for it", systems.length ? table("Systems and datasets for it", ["name", "sentence"], systems.map((edge) => [link(edge.node), sentence({ id: "", ...edge }, [edge.node.name, entity.name])])) : null),
      section("Papers", table("Papers that name it", ["paper", "year", "what it does"], papers.map(({ role, node }) => [
        h("a", { href: pageOf({ __typename: "Paper", ...node }) }, node.title), node.year ? String(node.year) : "–", roleWords(role),
      ]))),
    ],
  };
}

function metricWords(metric) {
  const direction = { HIGHER: "Higher is better", LOWER: "Lower is better", UNKNOWN: "Which direction is better is not known" }[metric.direction];
  const range = metric.min !== null && metric.max !== null ? `, from ${metric.min} to ${metric.max}` : "";
  return `${direction}${range}${metric.unit ? ` ${metric.unit}` : ""}. Named in ${plural(metric.paperCount, "paper")}.`;
}
