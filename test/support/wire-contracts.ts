import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Exchange } from '../../sandbox/server';
import { commerceDialect } from './commerce-deviations';
import {
  type Complaint,
  type Contract,
  createContract,
  type Description,
  type Violation,
} from './swagger-contract';

const folder = join(__dirname, '../../../shared/contracts');

export interface WireContracts {
  /** What in this exchange the vendor's description forbids, in sentences; empty if nothing does. */
  violations(exchange: Exchange): string[];
  /** The same, of the answer only: for tests that send wrong requests on purpose. */
  answerViolations(exchange: Exchange): string[];
}

const once = <T>(make: () => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** An event filter is several shapes in one, each of which would refuse the properties of the others. */
const isJoinedShape = ({ keyword, instancePath }: Complaint) =>
  keyword === 'additionalProperties' && instancePath.endsWith('/eventFilter');

function amazonContract(): Contract {
  const read = (file: string) =>
    createContract({
      description: JSON.parse(readFileSync(join(folder, 'amazon', file), 'utf8')) as Description,
      pathOf: (path) => path,
      queryName: (name) => name,
      isAllowed: isJoinedShape,
      isOwnAnswer: () => false,
    });
  const orders = read('orders_2026-01-01.json');
  const ordersV0 = read('ordersV0.json');
  const notifications = read('notifications_v1.json');
  const feeds = read('feeds_2021-06-30.json');
  const described = (path: string) => {
    if (path.startsWith('/feeds/')) return feeds;
    if (path.startsWith('/notifications/')) return notifications;
    return path.startsWith('/orders/v0/') ? ordersV0 : orders;
  };
  return { violations: (exchange) => described(exchange.path).violations(exchange) };
}

function commerceContract(file: string): Contract {
  const text = readFileSync(join(folder, 'commerce', file), 'utf8');
  return createContract(commerceDialect(parse(text) as Description));
}

/** Exchanges that no description speaks of: commands, Login with Amazon, the storage of feeds, the ERP. */
const isOutside = ({ system, path }: Exchange) =>
  system === 'erp' || /^\/(?:_sandbox|feed-documents|auth\/o2\/token$|ims\/token\/v3$)/.test(path);

/**
 * The vendors' published descriptions of their APIs, ready to be held against what crosses the wire. They are
 * not part of this project: without them beside it the answer is undefined, and the reason is printed.
 */
export function createWireContracts(): WireContracts | undefined {
  if (!existsSync(folder)) {
    process.stderr.write(
      'The vendors’ API descriptions (../shared/contracts) are absent: wires are not checked.\n',
    );
    return undefined;
  }
  const amazon = once(amazonContract);
  const onPremises = once(() => commerceContract('admin-schema-2.4.9.yaml'));
  const cloudService = once(() => commerceContract('accs-schema.yaml'));
  const commerce = (path: string) => (path.startsWith('/rest/') ? onPremises() : cloudService());
  const found = (exchange: Exchange) => {
    if (isOutside(exchange)) return [];
    return (exchange.system === 'amazon' ? amazon() : commerce(exchange.path)).violations(exchange);
  };
  const inWords = ({ method, path, status }: Exchange, { side, text }: Violation) =>
    `${method} ${path} ${status}: ${side} ${text}`;
  return {
    violations: (exchange) => found(exchange).map((each) => inWords(exchange, each)),
    answerViolations: (exchange) =>
      found(exchange)
        .filter(({ side }) => side === 'answer')
        .map((each) => inWords(exchange, each)),
  };
}
