/** What an operator can be told in a sentence; everything else that is thrown is a fault. */
export class OrderError extends Error {
  override readonly name: string = 'OrderError';
}

export class OrderNotFoundError extends OrderError {
  override readonly name = 'OrderNotFoundError';
}

/** Two accounts have an order of this id. */
export class OrderAmbiguousError extends OrderError {
  override readonly name = 'OrderAmbiguousError';
}

/** The order's state does not allow it. */
export class OrderRefusedError extends OrderError {
  override readonly name = 'OrderRefusedError';
}

/** Nobody answered in time, which says nothing about the outcome. */
export class OrderUnansweredError extends OrderError {
  override readonly name = 'OrderUnansweredError';
}

/** The page token of a list is none that a list gave. */
export class PageTokenError extends OrderError {
  override readonly name = 'PageTokenError';
}
