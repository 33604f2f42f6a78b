import { z } from 'zod';

/** Answers of the Notifications API v1, as far as they are used; what else stands in them is ignored. */

const id = z.string().min(1);

const subscriptionSchema = z.object({
  subscriptionId: id,
  destinationId: id,
  processingDirective: z
    .object({ eventFilter: z.object({ orderChangeTypes: z.array(z.string()).nullish() }).nullish() })
    .nullish(),
});
export type WireSubscription = z.output<typeof subscriptionSchema>;

export const subscriptionAnswerSchema = z.object({ payload: subscriptionSchema });

export const destinationAnswerSchema = z.object({ payload: z.object({ destinationId: id }) });

export const destinationsAnswerSchema = z.object({
  payload: z
    .array(
      z.object({
        destinationId: id,
        resource: z.object({ sqs: z.object({ arn: z.string() }).nullish() }).nullish(),
      }),
    )
    .nullish(),
});
