// A paper: its text with every extracted span in colour, what it claims and scores, and a way to say what is wrong.

import * as cypher from "../cypher.js";
import { h, tell } from "../dom.js";
import { plural, roleWords, scoreWords } from "../format.js";
import { claims, lines, results } from "../facts.js";
import { correctable } from "../names.js";
import { link, section } from "../parts.js";
import { PAPER } from "../queries.js";
import { ask, Failure } from "../query.js";
import { reviewed } from "../review.js";

const KINDS = ["Method", "Model", "Dataset", "Metric", "Task"];

export async function show({ id, fact }, signal) {
  const variables = { by: { id } };
  const { paper } = await ask(PAPER, variables, signal);
  if (!paper) throw new Failure(`No paper has the id “${id}”.`, "NOT_FOUND");
  const facts = [...paper.results, ...paper.claims];
  const about = h("div", { class: "chosen", "aria-live": "polite" });
  const text = spans(paper, facts, about);
  const names = new Set(paper.mentions.map((mention) => mention.entity.id)).size;
  return {
    title: paper.title,
    name: "paper",
    graphql: { query: PAPER, variables },
    cypher: cypher.paper(paper.id),
    table: lines(facts),
    ready: () => fact && light(text, fact, true),
    body: [
      h("p", { class: "kind", "data-kind": "paper" }, "Paper"),
      h("h1", null, paper.title),
      h("p", { class: "quiet" }, details(paper)),
      h("p", { class: "lead" }, `Read in it: ${plural(paper.claims.length, "claim")}, ${plural(paper.results.length, "score")}, ${plural(names, "name")}.`),
      h("section", { "aria-label": "The text, with what was read in it" }, legend(), text, about),
      section("Claims", paper.claims.map((claim) => [claims([claim]), handles(claim, text)])),
      section("Scores", paper.results.length ? results(paper.results, "Scores that the abstract prints") : null, paper.results.map((result) => h("div", { class: "handled" }, h("span", null, `${result.subject?.name ?? "the paper's own model"}: ${scoreWords(result)}`), handles(result, text)))),
      section("Names", h("ul", { class: "names" }, paper.mentions.map((mention) => h("li", null, link(mention.entity), h("span", { class: "quiet" }, ` ${mention.entity.__typename.toLowerCase()} · the paper ${roleWords(mention.role)} `), correctable(mention.entity, paper))))),
    ],
  };
}

function details(paper) {
  const parts = [paper.authors.slice(0, 4).join(", ") + (paper.authors.length > 4 ? " and others" : ""), paper.venue, paper.date ?? paper.year, paper.arxivId && `arXiv ${paper.arxivId}`, paper.doi];
  const safe = paper.url && /^https?:\/\//.test(paper.url);
  return [parts.filter(Boolean).join(" · "), safe ? [" · ", h("a", { href: paper.url, rel: "noopener noreferrer", target: "_blank" }, "Source")] : null];
}

const legend = () => h("ul", { class: "legend", "aria-label": "Colours" }, KINDS.map((kind) => h("li", { class: "node", "data-kind": kind.toLowerCase() }, kind)));

const handles = (fact, text) => h(
  "p",
  { class: "handles" },
  h("button", { type: "button", onclick: () => light(text, fact.id, true) }, "Show in the text"),
  h("span", { class: "quiet" }, ` confidence ${fact.confidence.toFixed(2)} · ${fact.rule} `),
  reviewed(fact),
);

/** Return the text in pieces: a name is a button in the colour of its kind, and each piece knows the facts it belongs to. */
function spans(paper, facts, about) {
  // Offsets are in code points of title, newline, abstract.
  const points = Array.from(`${paper.title}\n${paper.abstract}`);
  const named = paper.mentions.flatMap((mention) => mention.spans.map((span) => ({ ...span, mention }))).sort((a, b) => a.start - b.start || b.end - a.end);
  const cuts = new Set([0, points.length, Array.from(paper.title).length, Array.from(paper.title).length + 1]);
  for (const { start, end } of [...named, ...facts]) cuts.add(start).add(end);
  const places = [...cuts].filter((cut) => cut >= 0 && cut <= points.length).sort((a, b) => a - b);
  const whole = h("div", { class: "text" });
  let paragraph = h("p", { class: "title" });
  whole.append(paragraph);
  for (let place = 0; place + 1 < places.length; place++) {
    const [start, end] = [places[place], places[place + 1]];
    const piece = points.slice(start, end).join("");
    if (piece === "\n") {
      paragraph = h("p", null);
      whole.append(paragraph);
      continue;
    }
    const within = facts.filter((fact) => fact.start <= start && end <= fact.end).map((fact) => fact.id);
    const span = named.find((span) => span.start <= start && end <= span.end);
    const tag = { class: span ? "node" : "plain", "data-facts": within.join(" ") };
    paragraph.append(span
      ? h("button", { type: "button", ...tag, "data-kind": span.mention.entity.__typename.toLowerCase(), onclick: () => explain(about, span.mention) }, piece)
      : h("span", tag, piece));
  }
  return whole;
}

function explain(about, { entity, role, forms, confidence, rule }) {
  about.replaceChildren(h(
    "p",
    null,
    link(entity),
    ` is a ${entity.__typename.toLowerCase()}; the paper ${roleWords(role)}${forms.length ? `, as ${forms.map((form) => `“${form}”`).join(", ")}` : ""}. `,
    h("span", { class: "quiet" }, `Confidence ${confidence.toFixed(2)} · ${rule}`),
  ));
}

/** Mark the sentence of a fact in the text, and go there. */
function light(text, fact, moving) {
  for (const piece of text.querySelectorAll("[data-facts]")) piece.classList.toggle("lit", piece.dataset.facts.split(" ").includes(fact));
  const first = text.querySelector(".lit");
  if (first && moving) first.scrollIntoView({ block: "center" });
  tell(first ? "The sentence is marked in the text" : "");
}
