// Questions to /graphql, like anyone's; changes carry the token that `sotagraph serve` printed, if there is one.

/** What went wrong, in the server's words; `code` says what sort of thing, `suggestions` what else may be meant. */
export class Failure extends Error {
  constructor(message, code, suggestions = []) {
    super(message);
    this.code = code;
    this.suggestions = suggestions;
  }
}

const KEY = "sotagraph-token";

/** Keep a token given behind # for as long as the tab is open, and take it out of the address. */
export function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  sessionStorage.setItem(KEY, token);
  history.replaceState(history.state, "", location.pathname + location.search);
}

export function setToken(token) {
  sessionStorage.setItem(KEY, token);
}

export function headers() {
  const token = sessionStorage.getItem(KEY);
  return token ? { authorization: `Bearer ${token}` } : {};
}

/** Return the data of an operation. Throws Failure. */
export async function ask(query, variables = {}, signal = undefined) {
  const response = await send(query, variables, "application/json", signal);
  const body = await response.json().catch(() => ({}));
  return dataOf(body, response.status);
}

/** Yield the data of each event of a subscription. Throws Failure. */
export async function* watch(query, variables, signal) {
  const response = await send(query, variables, "text/event-stream", signal);
  if (!response.ok) dataOf(await response.json().catch(() => ({})), response.status);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const data = event.match(/^data: (.+)$/m);
      if (event.includes("event: complete")) return;
      if (data) yield dataOf(JSON.parse(data[1]), 200);
    }
  }
}

async function send(query, variables, accept, signal) {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", accept, ...headers() },
    body: JSON.stringify({ query, variables }),
    signal,
  };
  try {
    return await fetch("/graphql", init);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure("The server does not answer. Is `sotagraph serve` still running?", "OFFLINE");
  }
}

function dataOf(body, status) {
  const error = body.errors?.[0];
  if (error) throw new Failure(error.message, error.extensions?.code, error.extensions?.suggestions);
  if (!body.data) throw new Failure(`The server answered with status ${status}.`, "HTTP");
  return body.data;
}
