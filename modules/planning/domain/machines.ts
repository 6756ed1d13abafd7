import { stateMachine } from '@zaizao/platform/kernel';

export type PlanState =
  | 'solving'
  | 'proposed'
  | 'infeasible'
  | 'changed'
  | 'published'
  | 'refused'
  | 'superseded';
export type PlanEvent = 'propose' | 'fail' | 'change' | 'publish' | 'refuse' | 'supersede';

/** A plan: nothing reaches the floor before a person publishes it, and one is in force at a time. */
export const planMachine = stateMachine<PlanState, PlanEvent>('plan', 'solving', [
  ['solving', 'propose', 'proposed'],
  ['solving', 'fail', 'infeasible'],
  ['solving', 'refuse', 'refused'],
  ['proposed', 'change', 'changed'],
  ['proposed', 'publish', 'published'],
  ['proposed', 'refuse', 'refused'],
  ['published', 'supersede', 'superseded'],
]);

export type RequestState = 'asked' | 'countered' | 'accepted' | 'declined' | 'withdrawn' | 'done';
export type RequestEvent = 'counter' | 'agree' | 'accept' | 'decline' | 'withdraw' | 'finish';

/** A request for another plant's capacity: the provider accepts, declines or proposes otherwise. */
export const requestMachine = stateMachine<RequestState, RequestEvent>(
  'capacity-request',
  'asked',
  [
    ['asked', 'accept', 'accepted'],
    ['asked', 'counter', 'countered'],
    ['asked', 'decline', 'declined'],
    ['asked', 'withdraw', 'withdrawn'],
    ['countered', 'agree', 'accepted'],
    ['countered', 'withdraw', 'withdrawn'],
    ['accepted', 'finish', 'done'],
  ],
);
