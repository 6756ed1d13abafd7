import { stateMachine } from '@zaizao/platform/kernel';

export type OrderState = 'released' | 'started' | 'done' | 'failed' | 'cancelled';
export type OrderEvent = 'start' | 'finish' | 'fail' | 'cancel';

/** A work order. */
export const orderMachine = stateMachine<OrderState, OrderEvent>('work-order', 'released', [
  ['released', 'start', 'started'],
  ['released', 'cancel', 'cancelled'],
  ['started', 'finish', 'done'],
  ['started', 'fail', 'failed'],
]);

export type OperationState = 'waiting' | 'started' | 'paused' | 'done' | 'failed';
export type OperationEvent = 'start' | 'pause' | 'resume' | 'finish' | 'fail';

/** One operation of a work order; a failure opens the next round of the steps it goes back to. */
export const operationMachine = stateMachine<OperationState, OperationEvent>(
  'operation',
  'waiting',
  [
    ['waiting', 'start', 'started'],
    ['started', 'pause', 'paused'],
    ['paused', 'resume', 'started'],
    ['started', 'finish', 'done'],
    ['started', 'fail', 'failed'],
  ],
);

export type UnitState =
  | 'assembled'
  | 'tested'
  | 'rework'
  | 'finished'
  | 'certified'
  | 'available'
  | 'reserved'
  | 'sold'
  | 'shipped'
  | 'installed'
  | 'in-service'
  | 'returned'
  | 'scrapped';

export type UnitEvent =
  | 'test-pass'
  | 'test-fail'
  | 'rework-done'
  | 'scrap'
  | 'finish'
  | 'certify'
  | 'release'
  | 'reserve'
  | 'unreserve'
  | 'sell'
  | 'ship'
  | 'install'
  | 'enter-service'
  | 'service'
  | 'return';

/**
 * The life of a remanufactured unit. Nothing is finished before it passed its test, nothing is
 * available before it is certified (TS-01, CT-01, and "pending is not sellable").
 */
export const unitMachine = stateMachine<UnitState, UnitEvent>('unit', 'assembled', [
  ['assembled', 'test-pass', 'tested'],
  ['assembled', 'test-fail', 'rework'],
  ['tested', 'test-pass', 'tested'],
  ['tested', 'test-fail', 'rework'],
  ['rework', 'rework-done', 'assembled'],
  ['rework', 'scrap', 'scrapped'],
  ['tested', 'finish', 'finished'],
  ['finished', 'certify', 'certified'],
  ['certified', 'release', 'available'],
  ['available', 'reserve', 'reserved'],
  ['reserved', 'unreserve', 'available'],
  ['reserved', 'sell', 'sold'],
  ['sold', 'ship', 'shipped'],
  ['shipped', 'install', 'installed'],
  ['shipped', 'return', 'returned'],
  ['installed', 'enter-service', 'in-service'],
  ['installed', 'return', 'returned'],
  ['in-service', 'service', 'in-service'],
  ['in-service', 'return', 'returned'],
]);
