import { stateMachine } from '@zaizao/platform/kernel';

export type PickUpState = 'asked' | 'done' | 'cancelled';

/** A plant's request to a collector. Drawn in the README. */
export const pickUpMachine = stateMachine<PickUpState, 'confirm' | 'cancel'>('pick-up', 'asked', [
  ['asked', 'confirm', 'done'],
  ['asked', 'cancel', 'cancelled'],
]);
