import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { surroundingsOf } from '../../config/surroundings';
import { createDataConverter } from '../../integrations/temporal/data-converter';
import { createKeyRing } from '../../integrations/temporal/key-ring';
import { readMemo } from '../../integrations/temporal/memo';
import { startWatches } from '../../worker/watches';
import { confirmedSurroundingsKey, orderIntakeWorkflowId } from '../../workflows/intake/contract';
import { channelConfig } from '../support/channel-config';
import { tempFolders } from '../support/temp-folder';
import { connectToTestServer } from '../support/temporal';

const nowhere = 'http://127.0.0.1:9';

describe('the worker that starts', () => {
  const tempFolder = tempFolders();
  let env: TestWorkflowEnvironment;
  let client: Client;
  beforeAll(async () => {
    env = await connectToTestServer();
    const { connection, namespace = 'default' } = env;
    client = new Client({ connection, namespace, dataConverter: createDataConverter(createKeyRing()) });
  });
  afterAll(() => env.teardown());

  function settings() {
    const name = `t${randomUUID().slice(0, 8)}`;
    const urls = { amazon: nowhere, commerce: nowhere, erp: nowhere };
    return channelConfig(name, tempFolder(), { urls, startedAt: new Date() }, {});
  }
  const confirmed = (account: string) =>
    readMemo(client, orderIntakeWorkflowId(account), confirmedSurroundingsKey);
  const intake = (account: string) => client.workflow.getHandle(orderIntakeWorkflowId(account));

  it('confirms of a new account what it finds itself in', async () => {
    const config = settings();
    await startWatches(client, config);
    const { taskQueue: name } = config;
    expect(await confirmed(name)).toEqual(surroundingsOf(config, client)(name));
    expect(await confirmed(name)).toMatchObject({ commerce: { [name]: nowhere } });
    await intake(name).terminate('The test is over');
  });

  it.each(['that runs', 'that somebody terminated'])(
    'confirms nothing anew for an intake %s',
    async (which) => {
      const config = settings();
      const { taskQueue: name } = config;
      await startWatches(client, config);
      const before = await confirmed(name);
      const { runId } = await intake(name).describe();
      if (which !== 'that runs') await intake(name).terminate('To have it quiet');

      await startWatches(client, { ...config, installationFile: join(tempFolder(), 'installation') });
      expect(await confirmed(name)).toEqual(before);
      expect((await intake(name).describe()).runId === runId).toBe(which === 'that runs');
      await intake(name).terminate('The test is over');
    },
  );
});
