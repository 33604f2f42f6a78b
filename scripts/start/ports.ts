import { freePort, requireFreePort } from '../temporal/ports';

export interface Ports {
  readonly temporal: number;
  readonly temporalUi: number;
  readonly page: number;
  readonly codec: number;
  readonly amazon: number;
  readonly commerce: number;
  readonly erp: number;
  readonly sqs: number;
}

/** Temporal's own usual ports and a block of ours. */
export const usualPorts: Ports = {
  temporal: 7233,
  temporalUi: 8233,
  page: 8230,
  codec: 8231,
  amazon: 8241,
  commerce: 8242,
  erp: 8243,
  sqs: 8244,
};

/** Eight ports in a row from `first`, for a second demo on the same machine. */
export const portsFrom = (first: number): Ports => ({
  temporal: first,
  temporalUi: first + 1,
  page: first + 2,
  codec: first + 3,
  amazon: first + 4,
  commerce: first + 5,
  erp: first + 6,
  sqs: first + 7,
});

/** Ports that nobody uses now, so that a run can stand beside any other. */
export async function freePorts(): Promise<Ports> {
  const names = Object.keys(usualPorts);
  const taken = new Set<number>();
  while (taken.size < names.length) taken.add(await freePort());
  const [temporal = 0, temporalUi = 0, page = 0, codec = 0, amazon = 0, commerce = 0, erp = 0, sqs = 0] =
    taken;
  return { temporal, temporalUi, page, codec, amazon, commerce, erp, sqs };
}

/** All but Temporal's, whose server checks its own. Throws a `SetUpError` that names the first that is in use. */
export async function requireFree(ports: Ports): Promise<void> {
  await requireFreePort(ports.page, 'the Orders page');
  await requireFreePort(ports.codec, 'the codec endpoint');
  await requireFreePort(ports.amazon, 'the sandbox Amazon');
  await requireFreePort(ports.commerce, 'the sandbox Commerce');
  await requireFreePort(ports.erp, 'the sandbox ERP');
  await requireFreePort(ports.sqs, 'the queue server');
}
