// How values read: scores, verdicts, sides, addresses of pages, and tables as CSV.

const UNNAMED = {
  MODEL: "the paper's own model",
  SOTA: "the state of the art",
  BASELINE: "a baseline",
  PREVIOUS: "an earlier system",
  HUMAN: "humans",
};

const VERDICTS = {
  BOTH: "claimed, and the scores agree",
  CLAIMED: "claimed in words",
  COMPUTED: "computed from printed scores",
  CONTRADICTED: "contradicted",
  NOT_COMPARABLE: "not comparable",
  UNKNOWN: "not known",
};

const ROLES = { INTRODUCED: "introduces it", USED: "uses it", MENTIONED: "mentions it" };

export const verdictWords = (verdict) => VERDICTS[verdict] ?? verdict;

export const roleWords = (role) => ROLES[role] ?? role;

/** Return a claim's side in words; a side without a name has a class. */
export const sideWords = (side, sideClass) => side?.name ?? UNNAMED[sideClass] ?? "something without a name";

/** Return a result's number as it is to be read, with what limits it. */
export function scoreWords(result) {
  const bound = { AT_LEAST: "at least ", AT_MOST: "up to " }[result.bound] ?? "";
  const unit = result.unit ? ` ${result.unit}` : "";
  return `${bound}${result.value}${unit}`;
}

/** Return a claim as a sentence of our own words. */
export function claimWords(claim) {
  const winner = sideWords(claim.winner, claim.winnerClass);
  const loser = sideWords(claim.loser, claim.loserClass);
  const verb = { BETTER: "beats", EQUAL: "equals", NOT_BETTER: "does not beat" }[claim.polarity];
  const cost = claim.aspect === "EFFICIENCY" ? " in cost" : "";
  return `${winner} ${verb} ${loser}${cost}${claim.by ? `, by ${claim.by}` : ""}${claim.hedge ? ` (“${claim.hedge}”)` : ""}`;
}

/** Return the address of the page about a node. */
export function pageOf(node) {
  const views = { Dataset: "/benchmark", Method: "/system", Model: "/system", Paper: "/paper" };
  if (node.__typename === "Result" || node.__typename === "Claim") return node.paper ? to("/paper", { id: node.paper.id, fact: node.id }) : null;
  return to(views[node.__typename] ?? "/topic", { id: node.id });
}

/** Return an address with its parameters; those without a value are left out. */
export function to(path, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = new URLSearchParams(given).toString().replaceAll("%3A", ":");
  return text ? `${path}?${text}` : path;
}

/** Return rows as CSV (RFC 4180); a text that a spreadsheet would run as a formula gets an apostrophe. */
export function csv(columns, rows) {
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
