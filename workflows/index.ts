export { alertWorkflow } from './alerts/workflow';
export { orderIntakeWorkflow } from './intake/workflow';
export { amazonOrderWorkflow } from './order/workflow';
export { shipmentWatchWorkflow } from './shipments/workflow';
