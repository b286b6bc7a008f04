// What a view shows once another answer is there.

import { h } from "./dom.js";
import { Failure } from "./query.js";

/** Return a place that fills itself with what is shown of an answer; what went wrong is said in its place. */
export function later(answer, signal, show) {
  const place = h("div", null);
  fill(place, answer, signal, show);
  return place;
}

async function fill(place, answer, signal, show) {
  try {
    place.replaceChildren(...[show(await answer)].flat().filter(Boolean));
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Failure)) throw error;
    place.replaceChildren(h("p", { class: "warning" }, error.message));
  }
}
