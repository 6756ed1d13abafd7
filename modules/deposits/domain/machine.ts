import { stateMachine } from '@zaizao/platform/kernel';

export type DepositState =
  | 'charged'
  | 'due'
  | 'received'
  | 'credited'
  | 'settled'
  | 'forfeited'
  | 'cancelled';
export type DepositEvent =
  | 'deliver'
  | 'receive'
  | 'credit'
  | 'regrade'
  | 'settle'
  | 'expire'
  | 'cancel';

/**
 * A core deposit. Charged with the sale, due from the start event of its programme, received when a
 * matching core arrives, credited (fully, partly or not at all) by its grade, settled when paid. A
 * new grade after a dispute credits it anew, paid or not.
 */
export const depositMachine = stateMachine<DepositState, DepositEvent>('deposit', 'charged', [
  ['charged', 'deliver', 'due'],
  ['charged', 'receive', 'received'],
  ['charged', 'cancel', 'cancelled'],
  ['due', 'receive', 'received'],
  ['due', 'expire', 'forfeited'],
  ['received', 'credit', 'credited'],
  ['credited', 'regrade', 'credited'],
  ['credited', 'settle', 'settled'],
  ['settled', 'regrade', 'credited'],
]);
