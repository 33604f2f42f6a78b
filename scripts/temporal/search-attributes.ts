import type { SearchAttributeType } from '@temporalio/common';
import { attributes } from '../../workflows/search-attributes';

/** A search attribute as a namespace knows it. */
export interface SearchAttribute {
  name: string;
  type: SearchAttributeType;
}

/** All that the namespace must know before the first workflow starts. */
export const searchAttributes: readonly SearchAttribute[] = Object.values(attributes);
