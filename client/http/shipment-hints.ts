import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { CommerceHint } from '../../integrations/commerce/io-events';
import { shipmentWatchLookNowSignal, shipmentWatchWorkflowId } from '../../workflows/shipments/contract';

/**
 * Has the watch of a Commerce instance look at once; says what became of it.
 *
 * @throws ServiceError where Temporal does not answer.
 */
export async function hintShipmentWatch(
  client: Client,
  commerce: string,
  { orderIds }: CommerceHint,
): Promise<string> {
  try {
    const watch = client.workflow.getHandle(shipmentWatchWorkflowId(commerce));
    await watch.signal(shipmentWatchLookNowSignal, { orderIds });
    return 'Taken.';
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return 'The shipment watch does not run; it looks at everything when it starts.';
  }
}
