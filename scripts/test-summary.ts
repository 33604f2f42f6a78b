import { z } from 'zod';

/** The part of jest's `--json` report that we read. */
export const jestReportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

export type JestReport = z.infer<typeof jestReportSchema>;

export interface TestSummary {
  passed: number;
  failed: number;
  /** Full names; a skipped test says its reason in its title. */
  skipped: string[];
}

/** Sums a report up; a file that could not be run at all counts as one failed test. */
export function summarize({ testResults }: JestReport): TestSummary {
  const tests = testResults.flatMap((file) => file.assertionResults);
  const failedTests = tests.filter(({ status }) => status === 'failed').length;
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  ).length;
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: failedTests + brokenFiles,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => fullName),
  };
}

/** The last line of `npm test`, made to be read by machines. */
export const lastLine = ({ passed, failed, skipped }: TestSummary): string =>
  `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
