// The picture of a graph on the page that explores: Sigma draws it, this file says in which colours and what is hidden.

import { settle, sunflower } from "./layout.js";

// From here on a graph is large: thin lines without arrows or clicks, and no lines at all while nodes find their places.
const LARGE = 2000;
const FILES = ["/static/vendor/graphology.umd.min.js", "/static/vendor/sigma.min.js"];

/** Load the drawing library, which no other page needs. */
export async function load() {
  const policy = globalThis.trustedTypes?.createPolicy("sotagraph", { createScriptURL: (url) => (FILES.includes(url) ? url : "") });
  for (const file of FILES) {
    if (document.querySelector(`script[src="${file}"]`)) continue;
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = policy ? policy.createScriptURL(file) : file;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }
}

/** Return the colours of the style sheet for a light or dark page, by kind. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const known = {};
  return (kind) => (known[kind] ??= style.getPropertyValue(`--${kind.toLowerCase()}`).trim() || "#888888");
}

/** A drawn graph: what may be done to it, and what it tells by `onpick` (a node) and `onedge`. */
export class GraphView {
  constructor(box, { onpick, onedge }) {
    this.graph = new globalThis.graphology.MultiDirectedGraph();
    this.box = box;
    this.large = false;
    this.hidden = new Set();
    this.path = new Set();
    this.picked = null;
    this.colour = colours();
    this.sigma = new globalThis.Sigma(this.graph, box, {
      allowInvalidContainer: true,
      labelColor: { color: this.colour("ink") },
      labelFont: "system-ui, sans-serif",
      labelRenderedSizeThreshold: 7,
      defaultEdgeType: "arrow",
      enableEdgeEvents: true,
      hideEdgesOnMove: true,
      // Sigma draws hovered labels on white, whatever the page is.
      defaultDrawNodeHover: (context, data, settings) => this.#hover(context, data, settings),
      nodeReducer: (id, data) => this.#node(id, data),
      edgeReducer: (id, data) => this.#edge(id, data),
    });
    this.sigma.on("clickNode", ({ node }) => onpick(node));
    this.sigma.on("clickEdge", ({ edge }) => onedge(this.graph.getEdgeAttribute(edge, "relationship")));
  }

  /** Add nodes and relationships that are not there yet, near what they hang on. */
  add({ nodes, relationships }, near = null) {
    const start = near && this.graph.hasNode(near) ? this.graph.getNodeAttributes(near) : { x: 0, y: 0 };
    const before = this.graph.order;
    for (const node of nodes) {
      if (this.graph.hasNode(node.id)) continue;
      const at = sunflower(near ? this.graph.order % 60 : this.graph.order);
      const fact = node.__typename === "Result" || node.__typename === "Claim";
      const size = fact ? 4 : node.__typename === "Paper" ? 5 : 5 + 2.5 * Math.sqrt(node.paperCount ?? 1);
      this.graph.addNode(node.id, { x: start.x + at.x * (near ? 0.3 : 1), y: start.y + at.y * (near ? 0.3 : 1), size, label: short(node.name), color: this.colour(node.__typename), node });
    }
    for (const relationship of relationships) {
      const key = `${relationship.head.id} ${relationship.type} ${relationship.tail.id} ${relationship.paper?.id ?? relationship.dataset ?? ""}`;
      if (this.graph.hasEdge(key) || !this.graph.hasNode(relationship.head.id) || !this.graph.hasNode(relationship.tail.id)) continue;
      const beats = relationship.type === "BEATS";
      this.graph.addEdgeWithKey(key, relationship.head.id, relationship.tail.id, { size: beats ? 3 : 1, color: this.colour(beats ? "beats" : "line"), relationship });
    }
    const large = this.graph.order + this.graph.size > LARGE;
    // What is new is about to be arranged.
    this.moving ||= this.graph.order > before;
    // Each setting makes Sigma look at everything again.
    if (large === this.large) return;
    this.large = large;
    this.sigma.setSetting("defaultEdgeType", large ? "line" : "arrow");
    this.sigma.setSetting("enableEdgeEvents", !large);
  }

  /** Let the nodes find their places, from where they are; a large graph is drawn anew only now and then. */
  arrange() {
    this.stop?.();
    const rounds = this.large ? 60 : 200;
    let drawn = 0;
    this.moving = true;
    delete this.box.dataset.rests;
    const onframe = (round, put) => {
      this.moving = round < rounds;
      if (!this.moving) this.box.dataset.rests = "true";
      if (this.large && this.moving && performance.now() - drawn < 1500) return;
      put();
      this.sigma.refresh();
      drawn = performance.now();
    };
    this.stop = settle(this.graph, { rounds, onframe });
  }

  /** Show which kinds are hidden, which node is picked, which nodes are a path. */
  mark({ hidden, picked, path }) {
    Object.assign(this, { ...(hidden && { hidden }), ...(picked !== undefined && { picked }), ...(path && { path: new Set(path) }) });
    this.sigma.refresh();
  }

  look(id) {
    const at = this.sigma.getNodeDisplayData(id);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (at) this.sigma.getCamera().animate({ x: at.x, y: at.y, ratio: 0.5 }, { duration: still ? 0 : 300 });
  }

  close() {
    this.stop?.();
    this.sigma.kill();
  }

  #node(id, data) {
    const off = this.hidden.has(data.node.__typename);
    const aside = this.path.size && !this.path.has(id);
    return { ...data, hidden: off, color: aside ? this.colour("line") : data.color, label: aside ? "" : data.label, highlighted: id === this.picked, forceLabel: id === this.picked || this.path.has(id) };
  }

  #edge(id, data) {
    if (this.large && this.moving) return { ...data, hidden: true };
    const [from, to] = this.graph.extremities(id);
    const on = this.path.has(from) && this.path.has(to);
    const kinds = [from, to].map((end) => this.graph.getNodeAttribute(end, "node").__typename);
    return { ...data, hidden: kinds.some((kind) => this.hidden.has(kind)), size: on ? 4 : data.size, color: on ? this.colour("accent") : data.color };
  }

  #hover(context, data, settings) {
    const words = data.label ?? "";
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    const wide = words ? context.measureText(words).width + 10 : 0;
    context.fillStyle = this.colour("ground");
    context.strokeStyle = this.colour("accent");
    context.lineWidth = 2;
    context.beginPath();
    context.roundRect(data.x - data.size - 3, data.y - 12, wide + data.size * 2 + 8, 24, 12);
    context.fill();
    context.stroke();
    context.fillStyle = this.colour("ink");
    context.fillText(words, data.x + data.size + 4, data.y + 4);
  }
}

const short = (name) => (name.length > 36 ? `${name.slice(0, 35)}…` : name);
