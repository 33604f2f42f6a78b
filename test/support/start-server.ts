import { startTemporalServer } from '../../scripts/temporal/server';

/** A program that starts a server, says so, and then waits or, told `exit`, ends without stopping it. */
const [binary = '', folder = '', port = '', then = ''] = process.argv.slice(2);

void startTemporalServer({
  binary,
  folder,
  ports: { grpc: Number(port) },
  searchAttributes: [],
  retention: '648h',
  logFile: `${folder}/temporal.log`,
}).then(() => {
  if (then === 'exit') process.exit(0);
  process.stdout.write('started\n');
  setInterval(() => {}, 1_000);
});
