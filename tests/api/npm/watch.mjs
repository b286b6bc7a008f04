// Prints each result of a subscription as a line of JSON: node watch.mjs ws|sse URL QUERY VARIABLES TOKEN COUNT
import { createClient as socketClient } from 'graphql-ws';
import { createClient as eventClient } from 'graphql-sse';
import WebSocket from 'ws';

const [kind, url, query, variables, token, count] = process.argv.slice(2);
const given = token ? { authorization: `Bearer ${token}` } : {};
const client =
  kind === 'ws'
    ? socketClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams: given, retryAttempts: 0 })
    : eventClient({ url, headers: given, retryAttempts: 0 });

let left = Number(count);
try {
  for await (const result of client.iterate({ query, variables: JSON.parse(variables) })) {
    console.log(JSON.stringify(result));
    if (--left === 0) break;
  }
  console.log('"complete"');
} catch (error) {
  console.log(JSON.stringify(Array.isArray(error) ? { errors: error } : { closed: error.code ?? error.message }));
}
await client.dispose();
process.exit(0);
