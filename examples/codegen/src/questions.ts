// Five questions of a front end, each with the type of its answer.
import { ask } from './ask';
import { graphql } from './generated';

const Leaderboard = graphql(`
  query Leaderboard($dataset: String!, $asOf: Date) {
    leaderboard(dataset: $dataset, asOf: $asOf) {
      groups {
        metric { name }
        metricBasis
        direction
        rows(first: 10) {
          nodes { rank system { name } result { value unit quote } paper { title } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`);

const Compare = graphql(`
  query Compare($a: String!, $b: String!) {
    compare(a: $a, b: $b) {
      benchmarks { dataset { name } verdict winner { name } margin reason evidence { __typename quote paper { title } } }
    }
  }
`);

const Papers = graphql(`
  query Papers($where: PaperWhere, $after: String) {
    papers(where: $where, sort: [{ year: DESC }, { title: ASC }], after: $after) {
      nodes { id title year introduces { __typename name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const Ingest = graphql(`
  mutation Ingest($papers: [PaperInput!]!) {
    ingest(papers: $papers, background: true) {
      job { id state total }
      errors { __typename ... on MutationError { message } ... on InvalidPaper { paper field } }
    }
  }
`);

const Progress = graphql(`
  subscription Progress($job: ID!) {
    ingestProgress(job: $job) { fraction job { state read total } }
  }
`);

export async function bestOn(dataset: string): Promise<string[]> {
  const { leaderboard } = await ask(Leaderboard, { dataset });
  return leaderboard.groups.flatMap((group) =>
    group.rows.nodes.map((row) => `${row.rank ?? '-'} ${row.system?.name ?? 'own model'}: ${row.result.value} (“${row.result.quote}”)`),
  );
}

export async function verdicts(a: string, b: string): Promise<Map<string, string>> {
  const { compare } = await ask(Compare, { a, b });
  return new Map(compare.benchmarks.map((benchmark) => [benchmark.dataset?.name ?? 'anywhere', benchmark.reason]));
}

export async function* papersThatIntroduce(name: string): AsyncGenerator<string> {
  let after: string | null | undefined;
  do {
    const { papers } = await ask(Papers, { where: { introduces: { some: { name: { eq: name } } } }, after });
    for (const paper of papers.nodes) yield `${paper.title} (${paper.year ?? 'no year'})`;
    after = papers.pageInfo.hasNextPage ? papers.pageInfo.endCursor : null;
  } while (after);
}

export async function read(title: string, abstract: string): Promise<string> {
  const { ingest } = await ask(Ingest, { papers: [{ title, abstract }] });
  const [problem] = ingest.errors;
  if (problem) {
    throw new Error(problem.__typename === 'InvalidPaper' ? `paper ${problem.paper}, ${problem.field}` : problem.message);
  }
  return ingest.job?.id ?? '';
}

export { Progress };
