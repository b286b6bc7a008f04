// Places for the nodes of a graph by forces: a little in every frame, so that the page never stands still.

const [REPEL, PULL, CENTRE, REACH] = [0.9, 0.06, 0.002, 3];

/** Move nodes in frames of a few milliseconds until they rest; return a function that stops it.
 *
 * Only nodes in the same or a neighbouring cell of a grid push each other, so that a round costs what there are nodes. */
export function settle(graph, { rounds = 300, budget = 8, onframe = () => {} } = {}) {
  const ids = graph.nodes();
  const place = new Map(ids.map((id, index) => [id, index]));
  const x = Float64Array.from(ids, (id) => graph.getNodeAttribute(id, "x"));
  const y = Float64Array.from(ids, (id) => graph.getNodeAttribute(id, "y"));
  const [dx, dy] = [new Float64Array(ids.length), new Float64Array(ids.length)];
  const edges = graph.mapEdges((_, __, from, to) => [place.get(from), place.get(to)]);
  let [round, step, frame] = [0, null, 0];

  // One round is cut into slices, so that a large graph fits a frame as well.
  function* pass() {
    const heat = 1 - round / rounds;
    const cells = new Map();
    for (let i = 0; i < ids.length; i++) {
      const key = Math.floor(x[i] / REACH) * 100003 + Math.floor(y[i] / REACH);
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(i);
    }
    yield;
    for (let i = 0; i < ids.length; i++) {
      dx[i] = -x[i] * CENTRE;
      dy[i] = -y[i] * CENTRE;
      const [cx, cy] = [Math.floor(x[i] / REACH), Math.floor(y[i] / REACH)];
      for (let a = cx - 1; a <= cx + 1; a++) {
        for (let b = cy - 1; b <= cy + 1; b++) {
          const near = cells.get(a * 100003 + b);
          // A crowd pushes as a sample of it would: at most 24 of a cell.
          const stride = near ? Math.ceil(near.length / 24) : 1;
          for (let k = near ? i % stride : 0; near && k < near.length; k += stride) push(i, near[k], stride);
        }
      }
      if (i % 500 === 499) yield;
    }
    for (const [from, to] of edges) pull(from, to);
    yield;
    for (let i = 0; i < ids.length; i++) {
      const far = Math.hypot(dx[i], dy[i]) || 1;
      const most = Math.min(far, 1.2 * heat + 0.02) / far;
      x[i] += dx[i] * most;
      y[i] += dy[i] * most;
    }
    round++;
  }

  function push(i, j, weight) {
    if (i === j) return;
    const [ax, ay] = [x[i] - x[j], y[i] - y[j]];
    const far = ax * ax + ay * ay + 0.01;
    if (far > REACH * REACH) return;
    dx[i] += (ax / far) * REPEL * weight;
    dy[i] += (ay / far) * REPEL * weight;
  }

  function pull(from, to) {
    const [ax, ay] = [x[to] - x[from], y[to] - y[from]];
    dx[from] += ax * PULL;
    dy[from] += ay * PULL;
    dx[to] -= ax * PULL;
    dy[to] -= ay * PULL;
  }

  /** Write the places into the graph. */
  function put() {
    graph.updateEachNodeAttributes((id, attributes) => Object.assign(attributes, { x: x[place.get(id)], y: y[place.get(id)] }), { attributes: ["x", "y"] });
  }

  function work() {
    const end = performance.now() + budget;
    const before = round;
    while (performance.now() < end && round < rounds) {
      step ??= pass();
      if (step.next().done) step = null;
    }
    if (round !== before) onframe(round, put);
    frame = round < rounds ? requestAnimationFrame(work) : 0;
  }

  frame = requestAnimationFrame(work);
  return () => cancelAnimationFrame(frame);
}

/** Return a start for node number `index`: a sunflower's head, in which no two are close. */
export function sunflower(index) {
  const [far, angle] = [Math.sqrt(index) * 1.2, index * 2.399963];
  return { x: far * Math.cos(angle), y: far * Math.sin(angle) };
}
