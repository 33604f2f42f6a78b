import { isGrpcServiceError, ServiceError } from '@temporalio/client';

/** gRPC: deadline exceeded, permission denied, resource exhausted, unavailable, unauthenticated. */
const serverTroubles = [4, 7, 8, 14, 16];

export const grpcErrorOf = (error: unknown) => {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause : undefined;
};

/** No fault of the order: to park it would lose it, to fail the page brings it again. */
export function isServerTrouble(error: unknown): boolean {
  const code = grpcErrorOf(error)?.code;
  return code !== undefined && serverTroubles.includes(code);
}
