import { z } from 'zod';

/** Answers of the Feeds API 2021-06-30, as far as they are used; what else stands in them is ignored. */

const id = z.string().min(1);

/** Of createFeedDocument and getFeedDocument. The address carries a signature that opens it for five minutes. */
export const feedDocumentSchema = z.object({
  feedDocumentId: id,
  url: z.url({ protocol: /^https?$/ }),
});

export const createdFeedSchema = z.object({ feedId: id });

export const feedSchema = z.object({
  processingStatus: z.enum(['IN_QUEUE', 'IN_PROGRESS', 'DONE', 'CANCELLED', 'FATAL']),
  resultFeedDocumentId: id.nullish(),
});
