import type { PassportStatus } from '../contract/public.ts';

type Stage = PassportStatus['stage'];

/** What a reader needs to know of a unit's state: may it be trusted, is it at work, has it ended. */
const STAGE_OF: Readonly<Record<string, Stage>> = {
  assembled: 'making',
  tested: 'making',
  rework: 'making',
  finished: 'making',
  certified: 'ready',
  available: 'ready',
  reserved: 'ready',
  sold: 'ready',
  shipped: 'ready',
  installed: 'in-use',
  'in-service': 'in-use',
  returned: 'returned',
  scrapped: 'scrapped',
};

export function stageOf(state: string): Stage {
  const stage = STAGE_OF[state];
  if (!stage) throw new Error(`unit state ${state} is unknown`);
  return stage;
}
