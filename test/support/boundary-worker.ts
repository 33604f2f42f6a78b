import { readFileSync } from 'node:fs';
import { Context } from '@temporalio/activity';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../../config/config';
import { connectChannel } from '../../config/connect';
import { createDataConverter } from '../../integrations/temporal/data-converter';
import { type Activities, createActivities } from '../../worker/dependencies';
import { startWatches } from '../../worker/watches';
import { createWorkers } from '../../worker/worker';
import { parseOrderWorkflowId } from '../../workflows/order/contract';
import type { Boundary } from './boundary-process';
import { quieten } from './temporal';

/**
 * `boundary-worker.ts CONFIG BUNDLE`: the channel's worker, which asks the test that started it before and after every
 * activity of an order and goes on when that lets it.
 */
async function main(configFile: string, codePath: string): Promise<void> {
  quieten();
  const config = JSON.parse(readFileSync(configFile, 'utf8')) as Config;
  const { client, keyRing } = await connectChannel(config);
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const activities = createActivities(config, client, keyRing);
  const workers = await createWorkers({
    connection: await NativeConnection.connect(connectionOptions),
    namespace,
    config,
    activities: Object.fromEntries(
      Object.entries(activities).map(([system, group]) => [system, asking(group)]),
    ) as Activities,
    dataConverter: createDataConverter(keyRing),
    workflows: { workflowBundle: { codePath } },
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  await startWatches(client, config);
  process.send?.('running');
  await running;
}

type Act = (input: object) => Promise<unknown>;

const asking = (group: object): object =>
  Object.fromEntries(
    Object.entries(group).map(([activity, act]: [string, Act]) => {
      const asked = async (input: object) => {
        await ask(activity, 'before');
        const result = await act(input);
        await ask(activity, 'after');
        return result;
      };
      return [activity, asked];
    }),
  );

const waiting = new Map<number, () => void>();
let asked = 0;

process.on('message', (id: number) => waiting.get(id)?.());

function ask(activity: string, moment: Boundary['moment']): Promise<void> {
  const { workflowId = '' } = Context.current().info.workflowExecution ?? {};
  const order = parseOrderWorkflowId(workflowId);
  if (!order) return Promise.resolve();
  asked += 1;
  const boundary: Boundary = { id: asked, amazonOrderId: order.amazonOrderId, activity, moment };
  return new Promise((goOn) => {
    waiting.set(boundary.id, goOn);
    process.send?.(boundary);
  });
}

const [, , configFile = '', codePath = ''] = process.argv;
void main(configFile, codePath);
