import { stateMachine } from '@zaizao/platform/kernel';

export type OrderState =
  | 'placed'
  | 'confirmed'
  | 'paid'
  | 'picked'
  | 'shipped'
  | 'delivered'
  | 'completed'
  | 'cancelled';
export type OrderEvent = 'confirm' | 'pay' | 'pick' | 'ship' | 'deliver' | 'complete' | 'cancel';

/** A sales order. On credit an order is picked without being paid first. */
export const orderMachine = stateMachine<OrderState, OrderEvent>('order', 'placed', [
  ['placed', 'confirm', 'confirmed'],
  ['placed', 'cancel', 'cancelled'],
  ['confirmed', 'pay', 'paid'],
  ['confirmed', 'pick', 'picked'],
  ['confirmed', 'cancel', 'cancelled'],
  ['paid', 'pick', 'picked'],
  ['picked', 'ship', 'shipped'],
  ['shipped', 'deliver', 'delivered'],
  ['delivered', 'complete', 'completed'],
]);
