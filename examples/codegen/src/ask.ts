// Asks a typed document: a wrong variable, or a field that the document doesn't ask for, doesn't compile.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

type Answer<T> = { data?: T | null; errors?: { message: string; extensions?: { code?: string } }[] };

export async function ask<T, V>(document: TypedDocumentNode<T, V>, variables: V): Promise<T> {
  const response = await fetch('http://127.0.0.1:8000/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const answer = (await response.json()) as Answer<T>;
  if (answer.errors?.length || !answer.data) {
    throw new Error(answer.errors?.map((error) => error.message).join('; ') ?? 'no data');
  }
  return answer.data;
}
