// Every question that the page asks. The same text stands behind "as GraphQL", so anyone can ask it.

const FACT = `id quote start end confidence extractor rule review
  paper { id title year }`;

const CLAIM = `${FACT}
  polarity aspect hedge by variant winnerClass loserClass
  winner { __typename id name } loser { __typename id name } dataset { id name } metric { id name }`;

const RESULT = `${FACT}
  raw value unit canonical bound setting role variant metricBasis
  subject { __typename id name } dataset { id name } metric { id name }`;

// In a leaderboard the row has the system and the paper, and the group the metric: what a row costs is counted.
const SCORE = `id quote start end raw value unit canonical bound setting role review paper { id title year }`;

const BEATS = `winner { __typename id name } loser { __typename id name } dataset { id name } metric { id name }
  verdict margin
  evidence { __typename ${FACT} ... on Result { raw subject { name } } ... on Claim { by hedge } }`;

const LINK = `type quote paper { id title } node { __typename id name }`;

export const HOME = `query Home {
  stats { papers methods models datasets metrics tasks results claims beats }
  datasets(first: 12, sort: [{ paperCount: DESC }, { name: ASC }]) { nodes { id name paperCount } }
  beats(first: 12) { nodes { ${BEATS} } }
}`;

export const WHICH = `query Which($name: String!) {
  entity(name: $name) { __typename id name }
}`;

export const SEARCH = `query Search($text: String!, $after: String) {
  search(text: $text, first: 20, after: $after) {
    edges { snippet node { __typename id name ... on Paper { title year } ... on Entity { paperCount } } }
    pageInfo { endCursor hasNextPage }
  }
}`;

export const BENCHMARK = `query Benchmark($dataset: String!, $metric: String) {
  leaderboard(dataset: $dataset, metric: $metric) {
    dataset { id name aliases paperCount }
    groups {
      variant setting note direction metricBasis
      metric { id name unit }
      rows(first: 100) {
        totalCount
        nodes { rank tied system { __typename id name } result { ${SCORE} } }
      }
    }
    claims(first: 50) { nodes { ${CLAIM} } }
  }
  beats(on: $dataset, first: 60) { nodes { ${BEATS} } }
}`;

export const SYSTEM = `query System($name: String!) {
  entity(name: $name) {
    __typename id name aliases paperCount
    papers(first: 20) { totalCount edges { role node { id title year } } }
    ... on System {
      beats(first: 50) { nodes { ${BEATS} } }
      beatenBy(first: 50) { nodes { ${BEATS} } }
      results(first: 50) { nodes { ${RESULT} } }
      claims(first: 50) { nodes { ${CLAIM} } }
      basedOn(first: 20) { edges { ${LINK} } }
      usedBy(first: 20) { edges { ${LINK} } }
      variantOf(first: 20) { edges { ${LINK} } }
      variants(first: 20) { edges { ${LINK} } }
    }
  }
}`;

export const TOPIC = `query Topic($name: String!) {
  entity(name: $name) {
    __typename id name aliases paperCount
    papers(first: 50) { totalCount edges { role node { id title year } } }
    ... on Metric { direction unit min max parameters results(first: 50) { nodes { ${RESULT} } } }
    ... on Task { addressedBy(first: 50) { edges { ${LINK} } } }
  }
}`;

export const COMPARE = `query Compare($a: String!, $b: String!, $on: String) {
  compare(a: $a, b: $b, on: $on) {
    a { __typename id name }
    b { __typename id name }
    benchmarks {
      variant verdict margin reason inferred nearest nearestEvidence { __typename ${FACT} }
      dataset { id name } metric { id name } winner { id name }
      evidence {
        __typename ${FACT}
        ... on Result { raw value unit setting subject { id name } }
        ... on Claim { hedge polarity winner { id name } loser { id name } }
      }
    }
  }
}`;

export const PAPER = `query Paper($by: PaperKey!) {
  paper(by: $by) {
    id title abstract authors year date venue url arxivId doi source
    mentions { role forms confidence rule spans { start end text } entity { __typename id name } }
    results { ${RESULT} }
    claims { ${CLAIM} }
  }
}`;

const STEP = `verdict winner { __typename id name } loser { __typename id name }
  evidence { __typename ${FACT} ... on Result { raw subject { name } } ... on Claim { by hedge } }`;

const CHAIN = `label dataset { id name } metric { id name } steps { ${STEP} }`;

export const CHAINS = `query Chains($a: String!, $b: String!, $on: String) {
  down: beatPaths(from: $a, to: $b, on: $on) { ${CHAIN} }
  up: beatPaths(from: $b, to: $a, on: $on) { ${CHAIN} }
}`;

export const HISTORY = `query History($dataset: String!, $metric: String!) {
  sotaHistory(dataset: $dataset, metric: $metric) {
    date group { variant setting } system { __typename id name } result { ${SCORE} }
  }
}`;

export const OPEN = `query Open($on: String) {
  contradictions(on: $on, first: 30) {
    nodes {
      kind reason systems { __typename id name } datasets { id name }
      evidence { __typename ${FACT} ... on Result { raw subject { name } } ... on Claim { by hedge } }
    }
  }
  datasets(first: 6, sort: [{ paperCount: DESC }, { name: ASC }]) { nodes { id name } }
}`;

const ROW = `system { __typename id name } result { ${SCORE} }`;

export const GAPS = `query Gaps($dataset: String!) {
  leaderboard(dataset: $dataset) { dataset { id name } }
  gaps(dataset: $dataset, first: 10) { a { ${ROW} } b { ${ROW} } }
}`;

const NODE = `__typename id name
  ... on Entity { paperCount }
  ... on Paper { title year }
  ... on Fact { quote paper { id title } }`;

const ENTITY = `__typename id name paperCount`;

const GRAPH = `nodes { ${NODE} } relationships { type head { id } tail { id } paper { id title } }`;

export const AROUND = `query Around($id: ID!, $depth: Int!, $limit: Int!) {
  neighbourhood(id: $id, depth: $depth, limit: $limit) { ${GRAPH} }
}`;

export const OVERVIEW = `query Overview {
  datasets(first: 8, sort: [{ paperCount: DESC }, { name: ASC }]) { nodes { id } }
  beats(first: 100) { nodes { winner { ${ENTITY} } loser { ${ENTITY} } dataset { ${ENTITY} } } }
}`;

export const INGEST = `mutation Read($papers: [PaperInput!]!) {
  ingest(papers: $papers, background: true) {
    job { id total }
    errors { __typename ... on MutationError { message } }
  }
}`;

export const PROGRESS = `subscription Progress($job: ID!) {
  ingestProgress(job: $job) { fraction job { state read written unchanged total error dropped { reason count } } }
}`;

export const READ = `query Read($titles: [String!]!, $first: Int!) {
  papers(where: { title: { in: $titles } }, first: $first) {
    nodes {
      id title
      introduces { __typename id name }
      mentions { role entity { __typename id name } }
      results { ${RESULT} }
      claims { ${CLAIM} }
    }
  }
}`;

const DECIDED = `decision { id kind } errors { ... on MutationError { message } }`;

export const ACCEPT = `mutation Accept($id: ID!) { decided: acceptFact(id: $id) { ${DECIDED} } }`;

export const REJECT = `mutation Reject($id: ID!, $reason: String!) { decided: rejectFact(id: $id, reason: $reason) { ${DECIDED} } }`;

export const RENAME = `mutation Rename($entity: String!, $name: String!, $reason: String!) {
  decided: renameEntity(entity: $entity, name: $name, reason: $reason) { ${DECIDED} }
}`;

export const MISREAD = `mutation Misread($paper: ID!, $entity: String!, $name: String!, $reason: String!) {
  decided: splitMention(paperId: $paper, entity: $entity, name: $name, reason: $reason) { ${DECIDED} }
}`;

export const MERGE = `mutation Merge($a: String!, $b: String!, $reason: String!) {
  decided: mergeEntities(a: $a, b: $b, reason: $reason) { ${DECIDED} }
}`;

export const UNDO = `mutation Undo($id: ID!) { decided: undoDecision(id: $id) { ${DECIDED} } }`;
