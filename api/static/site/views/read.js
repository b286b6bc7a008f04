// Paste abstracts and watch them become graph: an ingestion, its progress as it comes, and what was read.

import * as cypher from "../cypher.js";
import { h, tell } from "../dom.js";
import { plural, to } from "../format.js";
import { claims, results } from "../facts.js";
import { papersIn } from "../papers.js";
import { link } from "../parts.js";
import { INGEST, PROGRESS, READ } from "../queries.js";
import { ask, Failure, watch } from "../query.js";
import { tokenForm } from "../review.js";

const EXAMPLE = `Sundial: Short Proofs by Long Search
We present Sundial, a model that proves theorems by search. On miniF2F, Sundial reaches an accuracy of 61.5%, and it outperforms DeepSeek-Prover on miniF2F. It is trained on the Lean library.`;

export async function show(_, signal) {
  const box = h("textarea", { id: "abstracts", rows: 10, spellcheck: "false", placeholder: "A title on a line of its own\nThen its abstract.", oninput: () => count() });
  const found = h("p", { class: "quiet", role: "status" }, "Nothing pasted yet.");
  const progress = h("progress", { max: 1, value: 0, "aria-label": "How much is read", hidden: true });
  const said = h("p", { "aria-live": "polite" });
  const read = h("div", { class: "read" });
  const papers = () => papersIn(box.value);
  const count = () => {
    const titles = papers().map((paper) => paper.title);
    found.replaceChildren(titles.length ? `${plural(titles.length, "paper")}: ${titles.slice(0, 3).join(" · ")}${titles.length > 3 ? " …" : ""}` : "No title with an abstract below it yet.");
  };
  const example = () => {
    box.value = EXAMPLE;
    count();
  };
  const submit = async (event) => {
    event.preventDefault();
    const given = papers();
    if (!given.length) return count();
    progress.hidden = false;
    progress.value = 0;
    read.replaceChildren();
    try {
      await follow(given, { progress, said, read }, signal);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      said.replaceChildren(h("strong", { class: "warning" }, error.message), error.code === "UNAUTHENTICATED" ? tokenForm() : "");
    }
  };
  return {
    title: "Read abstracts",
    name: "read",
    graphql: { query: INGEST, variables: { papers: [{ title: "A title", abstract: "Its abstract." }] } },
    cypher: cypher.home(),
    body: [
      h("h1", null, "Read abstracts"),
      h("p", { class: "lead" }, "Paste titles and abstracts, and watch them become graph."),
      h("form", { class: "paste", onsubmit: submit }, h("label", { for: "abstracts" }, "Titles and abstracts, or JSON Lines"), box, found, h("p", null, h("button", { class: "main" }, "Read them"), " ", h("button", { type: "button", onclick: example }, "Take an example"))),
      progress,
      said,
      read,
    ],
  };
}

/** Start the ingestion and show what comes of it, paper by paper. */
async function follow(given, { progress, said, read }, signal) {
  said.textContent = "Sending …";
  const { ingest } = await ask(INGEST, { papers: given }, signal);
  if (ingest.errors.length) throw new Failure(ingest.errors[0].message, "INVALID");
  for await (const { ingestProgress: now } of watch(PROGRESS, { job: ingest.job.id }, signal)) {
    const { job } = now;
    progress.value = now.fraction;
    said.textContent = `${job.read} of ${job.total} read, ${job.written} written, ${job.unchanged} known already.`;
    await list(given, read, signal);
    if (job.state === "FAILED") throw new Failure(job.error ?? "The ingestion failed.", "FAILED");
    if (job.state === "DONE") {
      const dropped = job.dropped.map(({ reason, count }) => `${count} × ${reason.replaceAll("_", " ")}`).join(", ");
      said.textContent = `Done: ${job.read} read, ${job.written} written, ${job.unchanged} known already.${dropped ? ` Left out: ${dropped}.` : ""}`;
      tell(said.textContent);
    }
  }
}

async function list(given, read, signal) {
  const titles = given.map((paper) => paper.title);
  const { papers } = await ask(READ, { titles: titles.slice(0, 100), first: 20 }, signal);
  const shown = new Set([...read.children].map((child) => child.dataset.paper));
  for (const paper of papers.nodes.filter((paper) => !shown.has(paper.id))) read.append(became(paper));
}

const became = (paper) => h(
  "article",
  { class: "fact", "data-paper": paper.id },
  h("h2", null, h("a", { href: to("/paper", { id: paper.id }) }, paper.title)),
  h("p", null, paper.mentions.map((mention, place) => [place ? " · " : "", link(mention.entity)])),
  claims(paper.claims),
  results(paper.results, "Scores"),
  h("p", null, h("a", { href: to("/explore", { id: paper.id }) }, "See it in the graph")),
);
