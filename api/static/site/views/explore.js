// The graph to walk through: expand a node, filter kinds, find a path between two; the list says the same as the picture.

import * as cypher from "../cypher.js";
import { h, tell } from "../dom.js";
import { pageOf, plural, to } from "../format.js";
import { load, GraphView } from "../graphview.js";
import { link, marks, table } from "../parts.js";
import { AROUND, OVERVIEW, WHICH } from "../queries.js";
import { ask, Failure } from "../query.js";

const KINDS = ["Method", "Model", "Dataset", "Metric", "Task", "Paper", "Result", "Claim"];

export async function show({ id, from, to: until }, signal) {
  const graph = id ? { query: AROUND, variables: around(id) } : { query: OVERVIEW, variables: {} };
  const start = id ? (await ask(AROUND, graph.variables, signal)).neighbourhood : await overview(signal);
  const state = { nodes: new Map(), relationships: new Map(), hidden: new Set(id ? [] : ["Result", "Claim"]), path: [], picked: id ?? null, signal };
  take(state, start);
  const parts = frame(state);
  return {
    title: "Explore",
    name: "explore",
    graphql: graph,
    cypher: cypher.explore(id),
    table: { columns: ["kind", "id", "name"], rows: start.nodes.map((node) => [node.__typename, node.id, node.name]) },
    ready: () => begin(state, parts, { from, until }),
    body: [h("h1", null, "Explore"), parts.lead, parts.filters, parts.finder, parts.canvas, parts.about, parts.list],
  };
}

const around = (id) => ({ id, depth: 1, limit: 60 });

/** Return the pairs that beat each other, and what is around the datasets that most papers name. */
async function overview(signal) {
  const { datasets, beats } = await ask(OVERVIEW, {}, signal);
  const parts = await Promise.all(datasets.nodes.map((node) => ask(AROUND, { id: node.id, depth: 1, limit: 40 }, signal)));
  const pairs = beats.nodes.map(({ winner, loser }) => ({ type: "BEATS", head: winner, tail: loser, paper: null }));
  return {
    nodes: [...beats.nodes.flatMap(({ winner, loser, dataset }) => [winner, loser, dataset]), ...parts.flatMap((part) => part.neighbourhood.nodes)],
    relationships: [...pairs, ...parts.flatMap((part) => part.neighbourhood.relationships)],
  };
}

function take(state, { nodes, relationships }) {
  for (const node of nodes) state.nodes.set(node.id, node);
  for (const edge of relationships) state.relationships.set(`${edge.head.id} ${edge.type} ${edge.tail.id} ${edge.paper?.id ?? ""}`, edge);
}

function frame(state) {
  const filters = h("fieldset", { class: "filters" }, h("legend", null, "Show"), KINDS.map((kind) => h(
    "label",
    { class: "node", "data-kind": kind.toLowerCase() },
    h("input", { type: "checkbox", name: kind, checked: !state.hidden.has(kind) }),
    kind,
  )));
  const finder = h(
    "form",
    { class: "finder" },
    h("label", { for: "from" }, "Path from"), h("input", { id: "from", name: "from", list: "names", required: true, autocomplete: "off" }),
    h("label", { for: "until" }, "to"), h("input", { id: "until", name: "until", list: "names", required: true, autocomplete: "off" }),
    h("button", null, "Find"),
    h("datalist", { id: "names" }),
  );
  return {
    lead: h("p", { class: "lead" }, "Click a node to see what is around it."),
    filters,
    finder,
    canvas: h("div", { class: "canvas", role: "img", "aria-label": "The graph; the list below says the same" }),
    about: h("div", { class: "chosen", "aria-live": "polite" }),
    list: h("section", { "aria-label": "The same as a list" }),
  };
}

async function begin(state, parts, { from, until }) {
  const view = await drawn(state, parts);
  const redraw = () => {
    view?.add({ nodes: [...state.nodes.values()], relationships: [...state.relationships.values()] }, state.picked);
    view?.mark({ hidden: state.hidden, picked: state.picked, path: state.path });
    list(state, parts, expand);
  };
  const expand = async (id) => {
    state.picked = id;
    state.path = [];
    take(state, (await ask(AROUND, around(id), state.signal)).neighbourhood);
    redraw();
    view?.arrange();
    about(state, parts, id);
  };
  state.expand = expand;
  state.redraw = redraw;
  parts.filters.addEventListener("change", ({ target }) => {
    if (target.checked) state.hidden.delete(target.name);
    else state.hidden.add(target.name);
    redraw();
  });
  parts.finder.addEventListener("submit", (event) => {
    event.preventDefault();
    find(state, parts, new FormData(parts.finder).get("from"), new FormData(parts.finder).get("until"));
  });
  redraw();
  view?.arrange();
  if (state.picked) about(state, parts, state.picked);
  if (from && until) await find(state, parts, from, until);
}

async function drawn(state, parts) {
  const probe = document.createElement("canvas");
  if (!probe.getContext("webgl2")) {
    parts.canvas.replaceChildren(h("p", { class: "quiet" }, "This browser draws no WebGL; the list below has everything."));
    return null;
  }
  await load();
  if (state.signal.aborted) return null;
  const view = new GraphView(parts.canvas, { onpick: (id) => state.expand(id), onedge: (edge) => told(parts, state, edge) });
  state.signal.addEventListener("abort", () => view.close());
  return view;
}

function list(state, parts, expand) {
  const shown = [...state.nodes.values()].filter((node) => !state.hidden.has(node.__typename) && (!state.path.length || state.path.includes(node.id)));
  const rows = shown.slice(0, 300).map((node) => [
    h("span", { class: "node", "data-kind": node.__typename.toLowerCase() }, node.__typename),
    link(node),
    h("button", { type: "button", onclick: () => expand(node.id), "aria-label": `Expand ${node.name}` }, "Expand"),
  ]);
  parts.list.replaceChildren(table(`${plural(shown.length, "node")} shown${shown.length > 300 ? ", the first 300 listed" : ""}`, ["kind", "name", "around it"], rows));
  parts.finder.querySelector("datalist").replaceChildren(...[...state.nodes.values()].slice(0, 500).map((node) => h("option", { value: node.name })));
}

function about(state, parts, id) {
  const node = state.nodes.get(id);
  if (!node) return;
  const edges = [...state.relationships.values()].filter((edge) => edge.head.id === id || edge.tail.id === id);
  const permalink = to("/explore", { id });
  parts.about.replaceChildren(
    h("p", null, h("strong", null, node.title ?? node.name), ` (${node.__typename.toLowerCase()}), ${plural(edges.length, "relationship")} shown. `, h("a", { href: pageOf(node) }, "Its page"), " · ", h("a", { href: permalink }, "Explore from here")),
    node.quote ? h("blockquote", null, "“", ...marks(node.quote, []), "”") : "",
  );
  tell(`${node.name} expanded`);
}

function told(parts, state, edge) {
  const [head, tail] = [state.nodes.get(edge.head.id), state.nodes.get(edge.tail.id)];
  parts.about.replaceChildren(h("p", null, link(head), ` ${edge.type} `, link(tail), edge.paper ? [" according to ", link({ ...edge.paper, __typename: "Paper", name: edge.paper.title })] : ""));
}

async function find(state, parts, from, until) {
  try {
    const ends = await Promise.all([from, until].map((name) => idOf(state, name)));
    state.path = await path(state, ...ends);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    parts.about.replaceChildren(h("p", { class: "warning" }, error.message));
    return;
  }
  state.picked = null;
  state.redraw();
  const nodes = state.path.map((id) => state.nodes.get(id));
  parts.about.replaceChildren(h("p", null, "Path: ", nodes.map((node, place) => [place ? " – " : "", link(node)]), " · ", h("a", { href: to("/explore", { from, to: until }) }, "Permalink of this path")));
  tell(`A path of ${nodes.length} nodes`);
}

async function idOf(state, name) {
  const here = [...state.nodes.values()].find((node) => node.name === name || node.id === name);
  const id = here?.id ?? (await ask(WHICH, { name }, state.signal)).entity?.id;
  if (!id) throw new Failure(`Nothing is called “${name}”.`, "NOT_FOUND");
  return id;
}

/** Return the ids of a shortest path; what is around the ends is fetched for as long as they don't meet. */
async function path(state, from, until) {
  for (let round = 0; round < 4; round++) {
    const found = shortest(state, from, until);
    if (found) return found;
    for (const end of [from, until]) take(state, (await ask(AROUND, { id: end, depth: Math.min(round + 1, 3), limit: 100 + 100 * round > 200 ? 200 : 100 + 100 * round }, state.signal)).neighbourhood);
  }
  throw new Failure("No path was found within a few steps.", "NO_PATH");
}

function shortest(state, from, until) {
  const near = new Map();
  for (const { head, tail } of state.relationships.values()) {
    for (const [one, other] of [[head.id, tail.id], [tail.id, head.id]]) near.set(one, [...(near.get(one) ?? []), other]);
  }
  const came = new Map([[from, null]]);
  for (const id of came.keys()) {
    if (id === until) break;
    for (const other of near.get(id) ?? []) if (!came.has(other)) came.set(other, id);
  }
  if (!came.has(until)) return null;
  const back = [];
  for (let id = until; id; id = came.get(id)) back.unshift(id);
  return back;
}
