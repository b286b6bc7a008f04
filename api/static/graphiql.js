// Starts GraphiQL with example tabs; everything comes from this server.
"use strict";

const examples = [
  `# Who scores what on a dataset?
query Leaderboard($dataset: String!) {
  leaderboard(dataset: $dataset) {
    groups {
      metric { name }
      metricBasis
      rows(first: 10) {
        nodes { rank system { name } result { value unit quote } paper { title year } }
      }
    }
  }
}`,
  `# Does one system beat another, and who says so?
query Compare($a: String!, $b: String!) {
  compare(a: $a, b: $b) {
    benchmarks {
      dataset { name }
      metric { name }
      verdict
      winner { name }
      reason
      evidence { quote paper { title } }
    }
  }
}`,
  `# What does a paper say?
query Papers {
  papers(sort: [{ year: DESC }], first: 5) {
    nodes {
      title
      introduces { __typename name }
      claims { winner { name } loser { name } dataset { name } hedge quote }
    }
    pageInfo { endCursor hasNextPage }
  }
}`,
  `# Where is a name?
query Search($text: String!) {
  search(text: $text, first: 10) {
    edges { score snippet node { __typename id name } }
  }
}`,
];

const variables = ['{ "dataset": "MATH" }', '{ "a": "BERT", "b": "GPT" }', "", '{ "text": "language" }'];

// `serve` may print an address with a token that may write; it is kept out of addresses that a browser remembers, and
// for this tab alone, where the other pages find it too. They may send a question to open with.
const given = new URLSearchParams(location.hash.slice(1));
if (given.get("token")) sessionStorage.setItem("sotagraph-token", given.get("token"));
const token = sessionStorage.getItem("sotagraph-token");
if (location.hash) history.replaceState(null, "", location.pathname);
const asked = given.get("query") ? [{ query: given.get("query"), variables: given.get("variables") ?? "" }] : [];

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultTabs: [...asked, ...examples.map((query, place) => ({ query, variables: variables[place] }))],
    ...(asked[0] ?? {}),
    defaultHeaders: token ? JSON.stringify({ authorization: `Bearer ${token}` }) : "",
    shouldPersistHeaders: false,
  }),
);
