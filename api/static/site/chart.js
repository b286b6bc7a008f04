// The picture of a group over time, drawn by the server; the table beside it says the same.

import { h } from "./dom.js";
import { to } from "./format.js";
import { headers } from "./query.js";

/** Return a figure that fills itself; nothing where there are fewer than two scores to see. */
export function chart(dataset, group) {
  const drawn = group.rows.nodes.filter((row) => row.result.canonical !== null && !row.result.bound);
  if (drawn.length < 2 || !group.metric) return null;
  const address = to("/charts/leaderboard.svg", { dataset: dataset.id, metric: group.metric.id, variant: group.variant, setting: group.setting });
  const figure = h("figure", { class: "chart" });
  fill(figure, address);
  return figure;
}

async function fill(figure, address) {
  const response = await fetch(address, { headers: headers() });
  if (!response.ok) return;
  const text = await response.text();
  // A picture can't send a token, so it is fetched here and shown from memory.
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const words = text.match(/<desc[^>]*>([^<]*)</)?.[1] ?? "";
  const decode = (words) => words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const picture = h("img", { src: url, alt: decode(words), width: 720, height: 320, onload: () => URL.revokeObjectURL(url) });
  figure.append(picture, h("figcaption", null, h("a", { href: address, "data-elsewhere": true }, "This picture alone")));
}
