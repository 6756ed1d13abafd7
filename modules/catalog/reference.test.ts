import type { Actor, TestApp } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as c from './contract.ts';
import { catalogApp, importRows, partByNumber, plantRows } from './testing.ts';

let app: TestApp;
let owner: Actor;
let params: { partId: string };

beforeAll(async () => {
  app = await catalogApp();
  owner = await (await app.org('河间起动机厂')).as('owner');
  await importRows(owner, await plantRows('A'));
  params = { partId: (await partByNumber(owner, 'RS-12-14-9T')).id };
});
afterAll(() => app.stop());

const noise = {
  ...{ code: 'S-T09', name: { zh: '空载噪声', en: 'Noise without load' }, unit: 'dB(A)' },
  ...{ condition: '额定电压', max: '95', source: 'QC/T 731-2005' },
};
const body = (...items: object[]) => ({
  ...{ source: 'QC/T 731-2005', note: '' },
  items: items as (typeof noise)[], // each test says what is wrong with it
});

test('the plan of the new product is held against ours: covered, missing, looser', async () => {
  expect(await owner.ok(c.getNewPlan, { params })).toMatchObject({ version: 0, covered: false });
  const first = await owner.ok(c.setNewPlan, { params, version: 0, body: body(noise) });
  expect(first).toMatchObject({ version: 1, covered: true, shortfalls: [] });
  const more = [
    { ...noise, max: '90' },
    { ...noise, code: 'S-T99', name: { zh: '盐雾', en: 'Salt spray' } },
  ];
  const second = await owner.ok(c.setNewPlan, { params, version: 1, body: body(...more) });
  expect(second.covered).toBe(false);
  expect(second.shortfalls.map((s) => [s.code, s.kind, s.ours?.max])).toEqual([
    ['S-T09', 'looser', '95'],
    ['S-T99', 'missing', undefined],
  ]);
  const stale = { params, version: 1, body: body(noise) };
  expect(await owner.refused(c.setNewPlan, stale)).toBe('STALE_VERSION');
  const twice = { params, version: 2, body: body(noise, noise) };
  expect(await owner.refused(c.setNewPlan, twice)).toBe('NEW_PLAN_TWICE');
  const { max: _, ...endless } = noise;
  const open = { params, version: 2, body: body(endless) };
  expect(await owner.refused(c.setNewPlan, open)).toBe('NEW_PLAN_ENDS');
});

const spec = {
  type: 'carton' as const,
  materials: [{ name: { zh: '瓦楞纸箱', en: 'Corrugated box' }, massG: 320, reusable: false }],
  inner: { lengthMm: 260, widthMm: 160, heightMm: 150 },
  outer: { lengthMm: 270, widthMm: 170, heightMm: 160 },
  ...{ tareG: 380, unitsPerPackage: 1, stackLayers: 5, esd: false, vci: true },
  handling: ['keep-dry' as const],
  labels: [{ kind: 'parcel' as const, place: 'long-side' as const }],
  checks: [{ code: 'MARK', text: { zh: '再制造标志清晰', en: 'The mark is clear' } }],
  basis: 'assumption',
};

test('the package of a product is issued by version and refused where it cannot be', async () => {
  const none = await owner.ok(c.getPackage, { params });
  expect(none).toMatchObject({ version: 0 });
  expect(none.spec).toBeUndefined();
  const made = await owner.ok(c.setPackage, { params, version: 0, body: { spec, note: '' } });
  expect(made).toMatchObject({ version: 1, spec: { type: 'carton', vci: true } });
  const inside = { ...spec, outer: { ...spec.outer, heightMm: 100 } };
  const tight = { params, version: 1, body: { spec: inside, note: '' } };
  expect(await owner.refused(c.setPackage, tight)).toBe('PACKAGE_INSIDE');
  const double = { ...spec, checks: [...spec.checks, ...spec.checks] };
  const twice = { params, version: 1, body: { spec: double, note: '' } };
  expect(await owner.refused(c.setPackage, twice)).toBe('PACKAGE_CHECK_TWICE');
});

test('another organisation sees neither', async () => {
  const stranger = await (await app.org('别家厂')).as('owner');
  expect(await stranger.refused(c.getNewPlan, { params })).toBe('PART_NOT_FOUND');
  expect(await stranger.refused(c.getPackage, { params })).toBe('PART_NOT_FOUND');
});
