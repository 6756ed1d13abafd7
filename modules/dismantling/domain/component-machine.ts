import { stateMachine } from '@zaizao/platform/kernel';

export type ComponentState =
  | 'found'
  | 'cleaned'
  | 'inspected'
  | 'reuse'
  | 'restore'
  | 'restored'
  | 'installed'
  | 'recycle';

export type ComponentEvent =
  | 'clean'
  | 'inspect'
  | 'accept'
  | 'send-to-restore'
  | 'restore'
  | 'install'
  | 'remove'
  | 'scrap';

/**
 * The life of a component. Only what is clean is inspected, only what is accepted is installed:
 * there is no other row (CL-07, and the law "no install before acceptance").
 */
export const componentMachine = stateMachine<ComponentState, ComponentEvent>('component', 'found', [
  ['found', 'clean', 'cleaned'],
  ['found', 'scrap', 'recycle'],
  ['cleaned', 'clean', 'cleaned'],
  ['cleaned', 'inspect', 'inspected'],
  ['cleaned', 'scrap', 'recycle'],
  ['inspected', 'accept', 'reuse'],
  ['inspected', 'send-to-restore', 'restore'],
  ['inspected', 'scrap', 'recycle'],
  ['restore', 'restore', 'restored'],
  ['restore', 'scrap', 'recycle'],
  ['restored', 'inspect', 'inspected'],
  ['restored', 'scrap', 'recycle'],
  ['reuse', 'install', 'installed'],
  ['reuse', 'scrap', 'recycle'],
  ['installed', 'remove', 'found'],
]);
