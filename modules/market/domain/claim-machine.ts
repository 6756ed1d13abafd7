import { stateMachine } from '@zaizao/platform/kernel';

export type ClaimState = 'filed' | 'received' | 'accepted' | 'refused' | 'remedied' | 'withdrawn';
export type ClaimEvent = 'receive' | 'accept' | 'refuse' | 'remedy' | 'withdraw';

/**
 * A warranty claim. The unit may come home before the judgement or after it; what was accepted ends with
 * its remedy.
 */
export const claimMachine = stateMachine<ClaimState, ClaimEvent>('claim', 'filed', [
  ['filed', 'receive', 'received'],
  ['filed', 'accept', 'accepted'],
  ['filed', 'refuse', 'refused'],
  ['filed', 'withdraw', 'withdrawn'],
  ['received', 'accept', 'accepted'],
  ['received', 'refuse', 'refused'],
  ['accepted', 'receive', 'accepted'],
  ['accepted', 'remedy', 'remedied'],
]);
