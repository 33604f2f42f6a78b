import { lastLine, summarize } from '../../scripts/test-summary';

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((testStatus, index) => ({ status: testStatus, fullName: `test ${index}` })),
});

describe('the summary of npm test', () => {
  it('adds up the tests of all files and names the skipped ones', () => {
    const summary = summarize({
      testResults: [file('passed', 'passed', 'pending'), file('failed', 'failed', 'todo')],
    });
    expect(summary).toEqual({ passed: 1, failed: 1, skipped: ['test 1', 'test 1'] });
    expect(lastLine(summary)).toBe('1 passed, 1 failed, 2 skipped');
  });

  it('counts a file that cannot be run as one failed test', () => {
    expect(summarize({ testResults: [file('failed'), file('passed', 'passed')] })).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });
});
