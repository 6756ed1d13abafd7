import {
  closeStocktake,
  finishCounting,
  getStocktake,
  listRemaining,
  listStocktakes,
  scanStock,
  startStocktake,
} from '@zaizao/modules/stock/contract';
import type { World } from './world.ts';

/** More than these are not scanned one by one for a demonstration; then nothing is recorded as missing. */
const MOST = 200;

/**
 * Two stocktakes: one of the cores, settled (one was not found, one lay elsewhere, one label is nobody's),
 * and one of the units that the warehouse has only begun.
 */
export async function countStock(w: World): Promise<void> {
  const { planner, warehouse } = w.people;
  // A history that is told on has them already.
  if ((await warehouse.do(listStocktakes, { query: { limit: 1 } })).items.length > 0) return;
  const note = '月末盘点 / end of the month';
  const cores = await warehouse.do(startStocktake, { body: { kinds: ['core'], note } });
  const params = { stocktakeId: cores.id };
  const { items } = await warehouse.do(listRemaining, { params, query: { limit: MOST } });
  const [, moved, ...others] = items; // the first one is not found
  for (const x of others) await warehouse.do(scanStock, { params, body: { code: x.code } });
  if (moved) {
    await warehouse.do(scanStock, { params, body: { code: moved.code, place: 'B-03' } });
  }
  await warehouse.do(scanStock, { params, body: { code: 'LBL-000417' } });
  const { version } = await warehouse.do(getStocktake, { params });
  const counted = await warehouse.do(finishCounting, { params, version });
  await planner.do(closeStocktake, {
    params,
    version: counted.version,
    body: {
      settlements: [
        {
          ...{ class: 'missing', reason: 'unexplained', note: '已查邻近库位' },
          decision: items.length < MOST ? 'correct' : 'keep',
        },
        { class: 'place', decision: 'correct', reason: 'misplaced' },
        { class: 'unknown', decision: 'keep', reason: 'foreign', note: '供应商标签' },
      ],
    },
  });
  const units = await warehouse.do(startStocktake, { body: { kinds: ['unit'] } });
  const open = { stocktakeId: units.id };
  const shelf = await warehouse.do(listRemaining, { params: open, query: { limit: 2 } });
  for (const x of shelf.items) {
    await warehouse.do(scanStock, { params: open, body: { code: x.code } });
  }
}
