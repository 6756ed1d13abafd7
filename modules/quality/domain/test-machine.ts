import { stateMachine } from '@zaizao/platform/kernel';

export type TestState = 'open' | 'passed' | 'failed' | 'aborted';
export type TestEvent = 'pass' | 'fail' | 'abort';

/** One run of the test plan on one unit. What it said stays said: a new run is a new record. */
export const testMachine = stateMachine<TestState, TestEvent>('test', 'open', [
  ['open', 'pass', 'passed'],
  ['open', 'fail', 'failed'],
  ['open', 'abort', 'aborted'],
]);
