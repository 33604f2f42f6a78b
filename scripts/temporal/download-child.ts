import { TestWorkflowEnvironment } from '@temporalio/testing';

/**
 * Has the SDK download one version of the Temporal CLI into a folder. A program of its own, because the
 * SDK's download can be ended only together with its process.
 */
async function main(downloadDir: string, version: string): Promise<void> {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir, version } },
  });
  await environment.teardown();
}

const [downloadDir, version] = process.argv.slice(2);
if (downloadDir === undefined || version === undefined)
  throw new Error('usage: download-child FOLDER VERSION');
main(downloadDir, version).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
