import { stateMachine } from '@zaizao/platform/kernel';

export type CoreState =
  | 'quoted'
  | 'accepted'
  | 'in-transit'
  | 'received'
  | 'graded'
  | 'disputed'
  | 'stocked'
  | 'allocated'
  | 'torn-down'
  | 'returned'
  | 'scrapped'
  | 'declined';

export type CoreEvent =
  | 'accept'
  | 'decline'
  | 'collect'
  | 'receive'
  | 'grade'
  | 'dispute'
  | 'stock'
  | 'allocate'
  | 'release'
  | 'tear-down'
  | 'return'
  | 'scrap';

/** The life of a core (3-domain, GB/T 28618: collect, inspect, sort). Drawn in the README. */
export const coreMachine = stateMachine<CoreState, CoreEvent>('core', 'quoted', [
  ['quoted', 'accept', 'accepted'],
  ['quoted', 'decline', 'declined'],
  ['accepted', 'collect', 'in-transit'],
  ['accepted', 'receive', 'received'],
  ['accepted', 'decline', 'declined'],
  ['in-transit', 'receive', 'received'],
  ['received', 'grade', 'graded'],
  ['received', 'return', 'returned'],
  ['graded', 'dispute', 'disputed'],
  ['disputed', 'grade', 'graded'],
  ['graded', 'stock', 'stocked'],
  ['graded', 'return', 'returned'],
  ['graded', 'scrap', 'scrapped'],
  ['graded', 'tear-down', 'torn-down'],
  ['stocked', 'allocate', 'allocated'],
  ['allocated', 'release', 'stocked'],
  ['stocked', 'tear-down', 'torn-down'],
  ['allocated', 'tear-down', 'torn-down'],
  ['stocked', 'return', 'returned'],
  ['stocked', 'scrap', 'scrapped'],
]);
