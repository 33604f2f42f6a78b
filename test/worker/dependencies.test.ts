import { Client, Connection } from '@temporalio/client';
import { WritesOffError } from '../../activities/write-guard';
import { loadConfig } from '../../config/load';
import { createGuard } from '../../worker/dependencies';
import { inAccount, secrets, settings, writeSettings } from '../config/settings';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();

it('an account that becomes read-only writes nothing from that moment on', async () => {
  const load = (content: unknown) => {
    const cwd = tempFolder();
    writeSettings(cwd, content);
    return loadConfig({ cwd, env: secrets });
  };
  let present = await load(settings());
  const connection = Connection.lazy({ address: '127.0.0.1:9' });
  const guard = createGuard(() => present, new Client({ connection }));
  present = await load(inAccount({ mode: 'readOnly' }));
  await expect(guard('us-main')).rejects.toThrow(WritesOffError);
  await connection.close();
});
