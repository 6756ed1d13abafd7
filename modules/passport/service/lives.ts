import { type CoreRow, getCore } from '@zaizao/modules/cores';
import { getUnit, type Unit } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import type { PassportFacts } from '../contract.ts';

type Life = PassportFacts['lives'][number];

/** Most earlier lives told: a product whose parts came from very many cores shows the nearest. */
const MOST_LIVES = 40;

/**
 * The cores a unit was made of, then those that these were made of when they were units before: the
 * chain of lives, nearest first.
 */
export async function livesOf(ctx: Ctx, unit: Unit): Promise<Life[]> {
  const lives: Life[] = [];
  const seen = new Set<string>();
  const waiting = unit.previous_cores.map(({ id }) => id);
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (seen.has(id) || lives.length >= MOST_LIVES) continue;
    seen.add(id);
    const core = await getCore(ctx, id);
    if (!core.ok) continue;
    lives.push(lifeOf(core.value));
    if (!core.value.previous_unit_id) continue;
    const before = await getUnit(ctx, core.value.previous_unit_id);
    if (before.ok) waiting.push(...before.value.previous_cores.map((c) => c.id));
  }
  return lives;
}

function lifeOf(core: CoreRow): Life {
  return {
    life: core.life,
    epc: core.epc,
    code: core.code,
    ...(core.received_at ? { receivedAt: core.received_at.toISOString() } : {}),
    ...(core.grade ? { grade: core.grade } : {}),
    ...(core.donor?.mileageKm === undefined ? {} : { mileageKm: core.donor.mileageKm }),
    ...(core.donor?.modelYear === undefined ? {} : { modelYear: core.donor.modelYear }),
    wasUnit: core.previous_unit_id !== null,
  };
}
