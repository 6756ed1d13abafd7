import { stateMachine } from '@zaizao/platform/kernel';

export type StocktakeState = 'counting' | 'counted' | 'closed' | 'cancelled';
export type StocktakeEvent = 'finish' | 'resume' | 'cancel' | 'close';

/** A stocktake: people scan, somebody says that all is counted, a person settles what differs. */
export const stocktakeMachine = stateMachine<StocktakeState, StocktakeEvent>(
  'stocktake',
  'counting',
  [
    ['counting', 'finish', 'counted'],
    ['counting', 'cancel', 'cancelled'],
    ['counted', 'resume', 'counting'],
    ['counted', 'cancel', 'cancelled'],
    ['counted', 'close', 'closed'],
  ],
);
