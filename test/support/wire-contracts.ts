import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Exchange } from '../../sandbox/server';
import { commerceDialect } from './commerce-deviations';
import { type Contract, createContract, type Description, type Violation } from './swagger-contract';

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

function amazonContract(): Contract {
  const [orders, ordersV0] = ['orders_2026-01-01.json', 'ordersV0.json'].map((file) => {
    const description = JSON.parse(readFileSync(join(folder, 'amazon', file), 'utf8')) as Description;
    return createContract({
      description,
      pathOf: (path) => path,
      queryName: (name) => name,
      isAllowed: () => false,
      isOwnAnswer: () => false,
    });
  });
  return {
    violations: (exchange) =>
      (exchange.path.startsWith('/orders/v0/') ? ordersV0 : orders)?.violations(exchange) ?? [],
  };
}

function commerceContract(): Contract {
  const text = readFileSync(join(folder, 'commerce', 'admin-schema-2.4.9.yaml'), 'utf8');
  return createContract(commerceDialect(parse(text) as Description));
}

/** Exchanges that no description speaks of: commands, Login with Amazon, the ERP. */
const isOutside = ({ system, path }: Exchange) =>
  system === 'erp' || path.startsWith('/_sandbox') || path === '/auth/o2/token';

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
  const commerce = once(commerceContract);
  const found = (exchange: Exchange) => {
    if (isOutside(exchange)) return [];
    return (exchange.system === 'amazon' ? amazon() : commerce()).violations(exchange);
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
