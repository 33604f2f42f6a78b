import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, isGrpcServiceError } from '@temporalio/client';
import type { Duration, SearchAttributeType } from '@temporalio/common';
import { msToNumber, msToTs } from '@temporalio/common/lib/time';
import { SetUpError } from '../set-up-error';
import type { SearchAttribute } from './search-attributes';

/** The numbers of temporal.api.enums.v1.IndexedValueType. */
const indexedValueTypes = {
  TEXT: 1,
  KEYWORD: 2,
  INT: 3,
  DOUBLE: 4,
  BOOL: 5,
  DATETIME: 6,
  KEYWORD_LIST: 7,
} as const satisfies Record<SearchAttributeType, number>;

/** How long closed workflows are kept in `namespace`, in milliseconds. */
export async function readRetention(connection: Connection, namespace: string): Promise<number> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1000;
}

/** Sets how long closed workflows are kept and reads it back; the dev server's own default is 24 hours. */
export async function setRetention(
  connection: Connection,
  namespace: string,
  retention: Duration,
): Promise<void> {
  const wanted = msToNumber(retention);
  if ((await readRetention(connection, namespace)) === wanted) return;
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(retention) },
  });
  const read = await readRetention(connection, namespace);
  if (read === wanted) return;
  throw new Error(`Retention of namespace ${namespace} is ${read} ms after it was set to ${wanted} ms`);
}

/**
 * Adds the search attributes that the namespace lacks; nothing happens where it has them all. Throws a
 * `SetUpError` where one exists with another type, or where the server refuses to add (Temporal Cloud
 * takes them by its own tools only).
 */
export async function ensureSearchAttributes(
  connection: Connection,
  namespace: string,
  attributes: readonly SearchAttribute[],
): Promise<void> {
  const { customAttributes = {} } = await connection.operatorService.listSearchAttributes({ namespace });
  const clashing = attributes.filter(({ name, type }) => {
    const found = customAttributes[name];
    return found !== undefined && found !== indexedValueTypes[type];
  });
  if (clashing.length > 0) {
    throw new SetUpError(
      `Namespace ${namespace} has search attributes of another type than needed: ${names(clashing)}. Use another namespace.`,
    );
  }
  const missing = attributes.filter(({ name }) => customAttributes[name] === undefined);
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, indexedValueTypes[type]])),
    });
  } catch (error) {
    const reason = isGrpcServiceError(error) ? error.details : String(error);
    throw new SetUpError(
      `Search attributes ${names(missing)} are missing in namespace ${namespace} and cannot be added (${reason}).`,
    );
  }
}

const names = (attributes: readonly SearchAttribute[]) =>
  attributes.map(({ name, type }) => `${name} (${type})`).join(', ');

/** Waits until a namespace that the server makes at launch is there. */
export async function waitForNamespace(
  connection: Connection,
  namespace: string,
  withinMs = 10_000,
): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await delay(50);
    }
  }
}
