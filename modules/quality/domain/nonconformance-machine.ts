import { stateMachine } from '@zaizao/platform/kernel';

export type NonconformanceState =
  | 'opened'
  | 'contained'
  | 'dispositioned'
  | 'cause-found'
  | 'corrected'
  | 'verified'
  | 'closed';

export type NonconformanceEvent =
  | 'contain'
  | 'dispose'
  | 'find-cause'
  | 'correct'
  | 'verify'
  | 'reject'
  | 'close';

/**
 * The way of a nonconformance. Nothing is closed whose corrective action was not seen to work; one
 * that did not work goes back to its cause.
 */
export const nonconformanceMachine = stateMachine<NonconformanceState, NonconformanceEvent>(
  'nonconformance',
  'opened',
  [
    ['opened', 'contain', 'contained'],
    ['contained', 'dispose', 'dispositioned'],
    ['dispositioned', 'find-cause', 'cause-found'],
    ['cause-found', 'correct', 'corrected'],
    ['corrected', 'verify', 'verified'],
    ['corrected', 'reject', 'cause-found'],
    ['verified', 'close', 'closed'],
  ],
);
