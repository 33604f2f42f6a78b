import { type Client, Connection } from '@temporalio/client';
import type { Surroundings } from '../domain/surroundings';
import type { ClientConfig } from './assemble';
import { openInstallation } from './installation';

type Settings = Pick<ClientConfig, 'accounts' | 'commerce' | 'installationFile'>;

/**
 * Where this process runs and what its accounts write to, by account; of an account that the settings do not have,
 * without Commerce. Makes the installation's id where there is none yet.
 *
 * @throws ConfigError for the installation's id.
 */
export function surroundingsOf(
  { accounts, commerce, installationFile }: Settings,
  client: Client,
): (account: string) => Surroundings {
  const installation = openInstallation(installationFile);
  const temporal = temporalOf(client);
  return (account) => {
    const marketplaces = accounts.find(({ name }) => name === account)?.marketplaces ?? [];
    const used = new Set(marketplaces.map(({ policy }) => policy.commerce));
    const addresses = commerce.filter(({ name }) => used.has(name)).map(({ name, url }) => [name, url]);
    return { temporal, commerce: Object.fromEntries(addresses), installation };
  };
}

/** `127.0.0.1:7233/default`; this machine has three names and is the same by each. */
function temporalOf({ connection, options }: Client): string {
  if (!(connection instanceof Connection)) throw new TypeError('The client has a connection of another kind');
  const address = connection.options.address.replace(/^(?:localhost|\[::1\])(?=:|$)/i, '127.0.0.1');
  return `${address}/${options.namespace}`;
}
