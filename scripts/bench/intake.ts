import { benchHints } from './intake-hints';
import { benchImport } from './intake-import';
import { benchQuota } from './intake-quota';
import type { BenchOptions, Measurement } from './report';

/** The real intake and its activities on the sandbox, within Amazon's own quotas. */
export async function benchIntake({ show }: BenchOptions): Promise<Measurement[]> {
  show('to Commerce');
  const imported = await benchImport();
  show('backlog');
  const backlog = await benchQuota();
  show('notifications');
  return [...imported, ...backlog, ...(await benchHints())];
}
