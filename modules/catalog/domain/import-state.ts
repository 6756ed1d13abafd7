import { stateMachine } from '@zaizao/platform/kernel';

export type ImportState =
  | 'checking'
  | 'refused'
  | 'ready'
  | 'committing'
  | 'committed'
  | 'discarded';
export type ImportEvent = 'fail' | 'pass' | 'queue' | 'commit' | 'discard';

/** The life of an import. Committed is for good: what it wrote is changed by a later import. */
export const importMachine = stateMachine<ImportState, ImportEvent>('import', 'checking', [
  ['checking', 'fail', 'refused'],
  ['checking', 'pass', 'ready'],
  ['checking', 'discard', 'discarded'],
  ['refused', 'discard', 'discarded'],
  ['ready', 'discard', 'discarded'],
  ['ready', 'commit', 'committed'],
  ['ready', 'queue', 'committing'],
  ['committing', 'commit', 'committed'],
  ['committing', 'fail', 'ready'],
]);
