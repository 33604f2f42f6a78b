// An SQS server in memory, started by sqs.ts as a program of its own: the package is an ES module, which jest
// cannot load. `buildApp` instead of `startFauxqs`, because that one listens on all interfaces.
import { buildApp } from 'fauxqs';

const port = Number(process.argv[2] ?? 0);
const server = buildApp({ logger: false });
const address = () => `http://127.0.0.1:${server.server.address().port}`;
const regionOf = ({ authorization = '' }) => /Credential=[^/]+\/\d+\/([^/]+)\//.exec(authorization)?.[1];

// The package names its queues by a host per region, which only some resolvers find, and knows them by exactly
// that name. Outside, a queue is known by our address and its path.
server.addHook('preHandler', async ({ body, headers }) => {
  if (typeof body?.QueueUrl !== 'string' || !URL.canParse(body.QueueUrl)) return;
  const host = `sqs.${regionOf(headers) ?? 'us-east-1'}.localhost:${server.server.address().port}`;
  body.QueueUrl = `http://${host}${new URL(body.QueueUrl).pathname}`;
});
const outside = (url) => `${address()}${new URL(url).pathname}`;
server.addHook('preSerialization', async (_request, _reply, answer) => {
  if (typeof answer?.QueueUrl === 'string') return { ...answer, QueueUrl: outside(answer.QueueUrl) };
  return answer?.QueueUrls ? { ...answer, QueueUrls: answer.QueueUrls.map(outside) } : answer;
});

process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
// Ctrl-C in a terminal reaches this program too; whoever started it decides when it ends.
process.on('SIGINT', () => {});

try {
  await server.listen({ port, host: '127.0.0.1' });
  process.send?.({ port: server.server.address().port });
} catch (error) {
  process.send?.({ failure: error.code ?? error.message });
  process.exitCode = 1;
  process.disconnect?.();
}
