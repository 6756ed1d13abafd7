import { openNonconformance } from '@zaizao/modules/quality/contract';
import type { World } from '../world.ts';

/** A fault of the process that a tester reported this morning: quality has something to decide. */
export async function leaveFault(w: World): Promise<void> {
  await w.people.tester.do(openNonconformance, {
    body: {
      source: 'production',
      defect: '试验台零点漂移',
      description: '空载试验台电流零点漂移 0.4 A，已停用待校',
      severity: 'minor',
    },
  });
}
