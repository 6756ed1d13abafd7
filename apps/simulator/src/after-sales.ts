import {
  getPackage,
  listCharacteristics,
  setNewPlan,
  setPackage,
} from '@zaizao/modules/catalog/contract';
import {
  bookClaimCost,
  fileClaim,
  judgeClaim,
  listClaims,
  listPurchases,
  remedyClaim,
} from '@zaizao/modules/market/contract';
import type { World } from './world.ts';

/** Tests that a plant took from published standards and service data: the new product is held to them. */
const ASSUMED = /assumption|假设|\[A\]|^A\b/i;

/**
 * The test plan of the new product as far as the catalogue names a published source, so that every unit
 * is held against it when it is certified.
 */
export async function enterNewPlan(w: World, product: string): Promise<void> {
  const { quality } = w.people;
  const params = { partId: await w.partId(product) };
  const { items } = await quality.do(listCharacteristics, { params });
  const tests = items.flatMap((x) => {
    const limit = x.inForce.find((l) => l.level === 'national') ?? x.inForce[0];
    if (x.purpose === 'inspection' || !limit || ASSUMED.test(limit.source)) return [];
    const { min, max, source } = limit;
    const { code, name, unit, condition } = x;
    return { code, name, unit, condition, min, max, source };
  });
  if (tests.length === 0) return;
  await quality.do(setNewPlan, {
    params,
    version: 0,
    body: { source: '新品标准与维修手册（目录所列）', items: tests, note: '演示 / demonstration' },
  });
}

/** How the product leaves: a carton with rust protection. Figures are assumptions of the demonstration. */
export async function enterPackage(w: World, product: string): Promise<void> {
  const { quality } = w.people;
  const params = { partId: await w.partId(product) };
  if ((await quality.do(getPackage, { params })).version > 0) return;
  const check = (code: string, zh: string, en: string) => ({ code, text: { zh, en } });
  await quality.do(setPackage, {
    params,
    version: 0,
    body: {
      note: '',
      spec: {
        type: 'carton',
        materials: [
          { name: { zh: '瓦楞纸箱', en: 'Corrugated box' }, massG: 420, reusable: false },
          { name: { zh: '气相防锈袋', en: 'VCI bag' }, massG: 30, reusable: false },
          { name: { zh: '纸浆托', en: 'Moulded pulp' }, massG: 90, reusable: false },
        ],
        inner: { lengthMm: 220, widthMm: 200, heightMm: 200 },
        outer: { lengthMm: 230, widthMm: 210, heightMm: 215 },
        ...{ tareG: 540, unitsPerPackage: 1, stackLayers: 6, stackLoadKg: 40 },
        ...{ esd: false, vci: true, desiccantG: 10 },
        handling: ['keep-dry', 'this-way-up', 'stack-limit'],
        labels: [
          { kind: 'parcel', place: 'long-side' },
          { kind: 'product', place: 'product' },
          { kind: 'core-return', place: 'inside' },
        ],
        checks: [
          check('MARK', '再制造标志清晰、位置正确', 'The mark is clear and in its place'),
          check('VCI', '装入气相防锈袋并封口', 'Sealed in the VCI bag'),
          check('PAPERS', '合格证、旧件退回标签已放入', 'Papers and core return label are inside'),
        ],
        basis: '演示假设 / assumption of the demonstration',
      },
    },
  });
}

/** Two claims of the fleet: one in the plant's hands, one remedied by a repair. */
export async function claims(w: World): Promise<void> {
  const { fleet, quality, sales } = w.people;
  // A history that is told on has them already.
  if ((await quality.do(listClaims, { query: { limit: 1 } })).items.length > 0) return;
  const { items } = await fleet.do(listPurchases, { query: { state: 'completed', limit: 2 } });
  const photos = await w.photos(fleet);
  for (const [i, order] of items.entries()) {
    const line = order.lines[0];
    if (!line) continue;
    const filed = await fleet.do(fileClaim, {
      params: { orderId: order.id },
      body: {
        unitId: line.unitId,
        symptom: i === 0 ? 'noise' : 'intermittent',
        complaint: i === 0 ? '怠速时有异响' : '有时起动无反应，再试又正常',
        occurredOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
        photos: [photos.front, photos.nameplate],
      },
    });
    if (i === 0) continue; // left for quality to judge
    const params = { claimId: filed.id };
    await quality.do(judgeClaim, {
      params,
      body: { verdict: 'fault', remedy: 'repair', reason: '接线柱螺母松动，按规定力矩紧固' },
    });
    await sales.do(remedyClaim, { params, body: { note: '上门服务', costFen: '6000' } });
    await sales.do(bookClaimCost, {
      params,
      body: { kind: 'transport', amountFen: '3500', note: '往返路费' },
    });
  }
}
