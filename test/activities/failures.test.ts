import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { toFailure } from '../../activities/failures';
import { NotBegunError } from '../../activities/keyed-gate';
import { NotConfiguredError } from '../../activities/not-configured';
import { GuardUnreadableError, WritesOffError } from '../../activities/write-guard';
import { failureTypes } from '../../domain/failures';
import { AlertRefusedError, AlertUnreachableError } from '../../integrations/alerts/errors';
import * as amazon from '../../integrations/amazon/errors';
import * as commerce from '../../integrations/commerce/errors';
import * as erp from '../../integrations/erp/errors';

const amazonCall = {
  operation: 'getOrder',
  method: 'GET',
  path: '/orders/2026-01-01/orders/{orderId}',
} as const;
const commerceCall = { commerce: 'main', operation: 'create order', method: 'POST', path: '/V1/orders' };
const erpCall = { erp: 'wms', method: 'POST', path: '<webhook url>' };
const lost = { outcomeUnknown: true };

/** Error, failure type, whether the activity retries it, and after what delay if the vendor named one. */
const decisions: [Error, string, boolean, number?][] = [
  [new amazon.AmazonThrottledError(amazonCall, 2_000), 'Throttled', true, 2_000],
  [new amazon.AmazonUnreachableError(amazonCall, 'no answer'), 'Unreachable', true],
  [new amazon.AmazonAccessError(amazonCall, 'no access'), 'AccessDenied', false],
  [new amazon.AmazonRefusedError(amazonCall, 'InvalidInput', 'no'), 'Refused', false],
  [new amazon.AmazonTokenExpiredError(amazonCall, 'too old'), 'Refused', false],
  [new amazon.AmazonAnswerError(amazonCall, 'is no JSON'), 'UnexpectedAnswer', true],
  [new commerce.CommerceUnreachableError(commerceCall, 'no answer', lost), 'Unreachable', true],
  [
    new commerce.CommerceUnreachableError(commerceCall, 'busy', { ...lost, retryAfterMs: 30_000 }),
    'Throttled',
    true,
    30_000,
  ],
  [new commerce.CommerceAccessError(commerceCall, 'no rights'), 'AccessDenied', false],
  [new commerce.CommerceRefusedError(commerceCall, 'No such store.'), 'Refused', false],
  [new commerce.CommerceAnswerError(commerceCall, 'is a page'), 'UnexpectedAnswer', true],
  [new erp.ErpRetryableError(erpCall, 'not taken now', 5_000), 'Throttled', true, 5_000],
  [new erp.ErpRetryableError(erpCall, 'not reached'), 'Unreachable', true],
  [new erp.ErpUnknownOutcomeError(erpCall, 'connection lost'), 'Unreachable', true],
  [new erp.ErpConfigError(erpCall, 'wrong secret'), 'AccessDenied', false],
  [new AlertUnreachableError('mail', 'no answer'), 'Unreachable', true],
  [new AlertUnreachableError('webhook', 'answered 429', 5_000), 'Throttled', true, 5_000],
  [new AlertRefusedError('webhook', 'answered 401'), 'AccessDenied', false],
  [new NotConfiguredError('ERP wms'), 'NotConfigured', false],
  [new WritesOffError('Account acme is read-only by its settings.'), 'WritesOff', false],
  [new NotBegunError('Its turn did not come.'), 'Throttled', true],
  [new GuardUnreadableError('Account acme writes nothing for now.'), 'Unreachable', true],
];

describe('what a failed call means for Temporal', () => {
  it.each(
    decisions.map(([error, type, retries, delayMs]) => ({
      error,
      type,
      retries,
      delayMs,
      text: error.message,
    })),
  )('$text', ({ error, type, retries, delayMs }) => {
    const failure = toFailure(error);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ message: error.message, type, nonRetryable: !retries });
    expect(failure).toMatchObject({
      nextRetryDelay: delayMs,
      category: retries ? ApplicationFailureCategory.BENIGN : undefined,
    });
  });

  it('has a decision for every type of the closed list', () => {
    expect(new Set(decisions.map(([, type]) => type))).toEqual(new Set(Object.values(failureTypes)));
  });

  it('is nothing for an error that nobody knows: it is a bug and passes as it is', () => {
    const bug = new TypeError('undefined is not a function');
    expect(toFailure(bug)).toBe(bug);
  });
});
