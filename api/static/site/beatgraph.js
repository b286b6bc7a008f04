// The picture of who beats whom, winners above; a click on an arrow, or on its row, shows the sentence below.

import { h, s, tell } from "./dom.js";
import { verdictWords } from "./format.js";
import { link, sentences, table } from "./parts.js";

const [ROW, GAP, TALL] = [84, 28, 30];

/** Return the table of the pairs, its picture, and the place where the sentence of the chosen pair is shown. */
export function beatGraph(pairs) {
  const chosen = h("div", { class: "chosen", "aria-live": "polite" });
  const choose = (pair) => {
    chosen.replaceChildren(
      h("p", { class: "verdict" }, `${pair.winner.name} beats ${pair.loser.name} on ${pair.dataset.name}: ${verdictWords(pair.verdict)}.`),
      ...sentences(pair.evidence, [pair.winner.name, pair.loser.name]),
    );
    for (const edge of picture.querySelectorAll("[data-pair]")) edge.classList.toggle("lit", edge.dataset.pair === String(pairs.indexOf(pair)));
    tell("The sentence is shown below the picture");
  };
  const picture = draw(pairs, choose);
  const rows = pairs.map((pair) => [
    link(pair.winner),
    link(pair.loser),
    link({ ...pair.dataset, __typename: "Dataset" }),
    pair.metric?.name ?? h("span", { class: "quiet" }, "not named"),
    `${verdictWords(pair.verdict)}${pair.margin === null ? "" : `, by ${pair.margin}`}`,
    sentences(pair.evidence, [pair.winner.name, pair.loser.name]),
  ]);
  return h("div", { class: "beats" }, h("div", { class: "scroll" }, picture), chosen, table("Each pair with its sentence", ["winner", "loser", "dataset", "metric", "verdict", "sentence"], rows));
}

function draw(pairs, choose) {
  const at = placed(pairs);
  const points = [...at.values()];
  const [wide, high] = [Math.max(...points.map((point) => point.x + point.wide / 2)) + GAP, Math.max(...points.map((point) => point.y)) + TALL + 8];
  return s(
    "svg",
    { class: "beatgraph", viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "group", "aria-label": "Arrows from winners to losers" },
    s("defs", null, s("marker", { id: "tip", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" }, s("path", { d: "M0 0L10 5L0 10z" }))),
    pairs.map((pair, place) => arrow(pair, place, at, choose)),
    [...at.values()].map(box),
  );
}

function arrow(pair, place, at, choose) {
  const [from, to] = [at.get(pair.winner.id), at.get(pair.loser.id)];
  const down = to.y > from.y;
  const [y1, y2] = down ? [from.y + TALL, to.y - 2] : [from.y, to.y + TALL + 2];
  const bend = (y1 + y2) / 2;
  const side = down ? 0 : 60;
  const d = `M${from.x} ${y1}C${from.x + side} ${bend} ${to.x + side} ${bend} ${to.x} ${y2}`;
  const words = `${pair.winner.name} beats ${pair.loser.name} on ${pair.dataset.name}: show the sentence`;
  const key = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(pair);
  };
  return s(
    "g",
    { class: "arrow", "data-pair": place, tabindex: 0, role: "button", "aria-label": words, onclick: () => choose(pair), onkeydown: key },
    s("title", null, words),
    s("path", { class: "wide", d }),
    s("path", { class: "line", d, "marker-end": "url(#tip)" }),
  );
}

const box = (point) => s(
  "g",
  { class: "box", "data-kind": point.node.__typename.toLowerCase() },
  s("rect", { x: point.x - point.wide / 2, y: point.y, width: point.wide, height: TALL, rx: 6 }),
  s("text", { x: point.x, y: point.y + 20, "text-anchor": "middle" }, point.text),
);

/** Return where each system stands: below all whom nothing ties it to beat, in rows by the longest way down to it. */
function placed(pairs) {
  const nodes = new Map(pairs.flatMap((pair) => [pair.winner, pair.loser]).map((node) => [node.id, node]));
  const level = new Map([...nodes.keys()].map((id) => [id, 0]));
  // As many rounds as there are nodes settle any order; where two beat each other, the rounds end it.
  for (let round = 0; round < nodes.size; round++) {
    for (const { winner, loser } of pairs) {
      const deeper = level.get(winner.id) + 1;
      if (level.get(loser.id) < deeper && deeper < Math.min(nodes.size, 8)) level.set(loser.id, deeper);
    }
  }
  const at = new Map();
  const ends = [];
  for (const [id, node] of nodes) {
    const row = level.get(id);
    const text = node.name.length > 28 ? `${node.name.slice(0, 27)}…` : node.name;
    const wide = text.length * 7.6 + 24;
    const left = ends[row] ?? GAP / 2;
    at.set(id, { node, text, wide, x: left + wide / 2, y: 6 + row * ROW });
    ends[row] = left + wide + GAP;
  }
  const widest = Math.max(...ends.filter(Boolean));
  for (const point of at.values()) point.x += (widest - (ends[(point.y - 6) / ROW] ?? widest)) / 2;
  return at;
}
