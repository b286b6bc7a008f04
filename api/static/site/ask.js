// From what a person types to the page that answers it; what is not understood is searched for.

import { pageOf, to } from "./format.js";
import { WHICH } from "./queries.js";
import { ask, Failure } from "./query.js";

const BEATS = /^(?:does|do|did|is|are|can)?\s*(.+?)\s+(?:beats?|outperforms?|surpass(?:es)?|(?:is\s+)?better than|vs\.?|versus)\s+(.+)$/i;
const PAIR = /^compare\s+(.+?)\s+(?:and|with|to|vs\.?|versus)\s+(.+)$/i;
const BOARD = /^(?:leaderboard|scores?|results?|state of the art|sota|best(?: methods?| models?)?|who (?:is|are) best|what (?:is|are) (?:the )?best)(?:\s+(?:of|on|for|in|at))?\s+(.+)$/i;
const WHICH_ON = /^(?:which|what|who)\b.*\b(?:beats?|outperforms?|leads?|best)\b.*?\bon\s+(.+)$/i;
const BEATERS = /^(?:who|what|which (?:methods?|models?|systems?))\s+(?:beats?|outperforms?)\s+(.+)$/i;
const ARXIV = /^(?:arxiv:)?\s*(\d{4}\.\d{4,5})(?:v\d+)?$/i;

/** Return what a question is: {kind: compare | board | name | paper, …}; pure. */
export function parse(question) {
  const text = question.trim().replace(/[?!.\s]+$/, "").replace(/\s+/g, " ");
  const paper = text.match(ARXIV);
  if (paper) return { kind: "paper", id: `arxiv:${paper[1]}` };
  const board = text.match(WHICH_ON) ?? text.match(BOARD);
  if (board) return { kind: "board", ...metricOf(strip(board[1])) };
  const beaters = text.match(BEATERS);
  if (beaters) return { kind: "name", name: strip(beaters[1]) };
  const pair = text.match(PAIR) ?? text.match(BEATS);
  if (pair) return { kind: "compare", a: strip(pair[1]), ...datasetOf(pair[2]) };
  return { kind: "name", name: strip(text) };
}

function datasetOf(text) {
  const at = text.toLowerCase().lastIndexOf(" on ");
  return at > 0 ? { b: strip(text.slice(0, at)), on: strip(text.slice(at + 4)) } : { b: strip(text) };
}

function metricOf(text) {
  const at = text.toLowerCase().lastIndexOf(" by ");
  return at > 0 ? { dataset: text.slice(0, at), metric: text.slice(at + 4) } : { dataset: text };
}

const strip = (text) => text.trim().replace(/^["'“‘]|["'”’]$/g, "").replace(/^the\s+/i, "");

/** Return the address that answers a question. */
export async function route(question) {
  const asked = parse(question);
  if (asked.kind === "paper") return to("/paper", { id: asked.id });
  const search = to("/search", { q: question });
  if (asked.kind === "compare") {
    const known = await Promise.all([nodeOf(asked.a), nodeOf(asked.b), asked.on ? nodeOf(asked.on) : "none"]);
    return known.every(Boolean) ? to("/compare", { a: asked.a, b: asked.b, on: asked.on }) : search;
  }
  if (asked.kind === "board") {
    return (await nodeOf(asked.dataset)) ? to("/benchmark", { id: asked.dataset, metric: asked.metric }) : search;
  }
  const node = await nodeOf(asked.name);
  return node ? pageOf(node) : search;
}

async function nodeOf(name) {
  try {
    return (await ask(WHICH, { name })).entity;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
