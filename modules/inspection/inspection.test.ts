import { newId } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getComponentView, listComponents } from '../dismantling/contract.ts';
import {
  cleanedAt,
  instrument,
  type Plant,
  photo,
  startPlant,
  stockedCore,
  tornDown,
} from '../testing-plant.ts';
import * as c from './contract.ts';
import { propose } from './domain/propose.ts';
import { inspectionModule } from './index.ts';

let p: Plant;
let inspector: Actor;
let voltmeter: string;
let source: string;

beforeAll(async () => {
  p = await startPlant([inspectionModule]);
  inspector = await p.org.as('inspector');
  voltmeter = await instrument(p, 'voltmeter');
  source = await instrument(p, 'current-source');
});
afterAll(() => p.app.stop());

/** A clean component of a fresh core, with its inspection open. */
async function opened(pos: number) {
  const core = await stockedCore(p);
  await tornDown(p, core.id);
  const [component] = await cleanedAt(p, core.id, pos);
  if (!component) throw new Error('the component was just cleaned');
  const view = await inspector.ok(c.startInspection, { body: { componentId: component.id } });
  return { component, view, params: { inspectionId: view.id } };
}

type Row = (typeof c.CharacteristicRow)['_output'];

function value(row: Row, v: string, instrumentId?: string) {
  return {
    ...{ characteristicId: row.id, value: v, unit: row.unit },
    ...(instrumentId ? { instrumentId } : {}),
  };
}

function rowOf(view: { rows: Row[] }, code: string): Row {
  const row = view.rows.find((r) => r.code === code);
  if (!row) throw new Error(`no ${code} in ${view.rows.map((r) => r.code)}`);
  return row;
}

describe('the solenoid that pulls in at 8.2 V', () => {
  test('is good for the nation’s 8.5 V and out of the plant’s 8.0 V: both are shown', async () => {
    const { component, view, params } = await opened(90);
    const pullIn = rowOf(view, 'S-T01');
    expect(pullIn.limits.map((l) => [l.level, l.max]).sort()).toEqual([
      ['enterprise', '8'],
      ['national', '8.5'],
    ]);
    const measure = (values: object[]) =>
      inspector.ok(c.recordMeasurements, { params, body: { values: values as never } });
    const refuse = (v: object) =>
      inspector.refused(c.recordMeasurements, { params, body: { values: [v as never] } });
    expect(await refuse(value(pullIn, '8.2'))).toBe('INSPECTION_INSTRUMENT_MISSING');
    expect(await refuse(value(pullIn, '8.2', source))).toBe('INSPECTION_INSTRUMENT_KIND');
    expect(await refuse(value(pullIn, '8.2', newId('inst')))).toBe('INSTRUMENT_NOT_FOUND');
    const wrongUnit = { ...value(pullIn, '8200', voltmeter), unit: 'mV' };
    expect(await refuse(wrongUnit)).toBe('INSPECTION_UNIT');
    const unknown = { ...value(pullIn, '8.2', voltmeter), characteristicId: 'chr_x' };
    expect(await refuse(unknown)).toBe('INSPECTION_CHARACTERISTIC_UNKNOWN');

    const after = await measure([value(pullIn, '8.2', voltmeter)]);
    const judged = rowOf(after, 'S-T01');
    expect(judged.verdict).toBe('fail');
    expect(Object.fromEntries(judged.limits.map((l) => [l.level, l.pass]))).toEqual({
      national: true,
      enterprise: false,
    });
    expect(after.proposal).toMatchObject({ disposition: 'remanufacture', rule: 'restorable' });
    const decide = (body: object) =>
      inspector.refused(c.decideDisposition, { params, body: { disposition: 'reuse', ...body } });
    expect(await decide({ disposition: 'remanufacture' })).toBe('INSPECTION_INCOMPLETE');
    const rest = view.rows.filter((r) => r.code !== 'S-T01');
    await measure(rest.map((r) => value(r, r.limits[0]?.max ?? '1', source)));
    expect(await decide({})).toBe('INSPECTION_OVERRIDE_REASON');
    const done = await inspector.ok(c.decideDisposition, {
      params,
      body: { disposition: 'remanufacture' },
    });
    expect(done.decision).toMatchObject({ disposition: 'remanufacture', rule: 'restorable' });
    const moved = await inspector.ok(getComponentView, { params: { componentId: component.id } });
    expect(moved.state).toBe('restore');
    const late = { params, body: { values: [value(pullIn, '7.9', voltmeter)] } };
    expect(await inspector.refused(c.recordMeasurements, late)).toBe('INSPECTION_DECIDED');
  });

  test('7.9 V is good for both; a person may still decide otherwise, saying why', async () => {
    const { component, view, params } = await opened(90);
    const values = view.rows.map((r) =>
      r.code === 'S-T01'
        ? value(r, '7.9', voltmeter)
        : value(r, r.limits[0]?.max ?? '1', r.instrumentKind ? source : undefined),
    );
    const after = await inspector.ok(c.recordMeasurements, { params, body: { values } });
    expect(after.proposal).toMatchObject({ disposition: 'reuse', rule: 'all-within-limits' });
    const done = await inspector.ok(c.decideDisposition, {
      params,
      body: { disposition: 'recycle', overrideReason: '接线柱滑丝' },
    });
    expect(done.decision).toMatchObject({ rule: 'override', overrideReason: '接线柱滑丝' });
    const gone = await inspector.ok(getComponentView, { params: { componentId: component.id } });
    expect(gone.state).toBe('recycle');
    const figures = await inspector.ok(c.dispositionFigures, {});
    const row = figures.rows.find((r) => r.part.id === component.part.id);
    expect(row).toMatchObject({ recycle: 1, recycleG: 460, remanufactureG: 460 });
    const listed = await inspector.ok(c.listInspections, {
      query: { disposition: 'recycle', partId: component.part.id },
    });
    expect(listed.items.map((i) => i.id)).toEqual([view.id]);
  });
});

test('no inspection before cleaning is good, and one at a time', async () => {
  const core = await stockedCore(p);
  await tornDown(p, core.id);
  const { items } = await inspector.ok(listComponents, { query: { coreId: core.id } });
  const start = { body: { componentId: items[0]?.id ?? '' } };
  expect(await inspector.refused(c.startInspection, start)).toBe('INSPECTION_NOT_CLEAN');
  const { component } = await opened(20);
  const again = { body: { componentId: component.id } };
  expect(await inspector.refused(c.startInspection, again)).toBe('INSPECTION_OPEN');
});

test('a crack ends a part: never reused, whatever the reason', async () => {
  const { view, params } = await opened(20);
  const notYesNo = { params, body: { values: [value(rowOf(view, 'S-C19'), '2')] } };
  expect(await inspector.refused(c.recordMeasurements, notYesNo)).toBe('INSPECTION_YES_NO');
  const values = [value(rowOf(view, 'S-C19'), '1')];
  await inspector.ok(c.recordMeasurements, { params, body: { values } });
  const crack = { method: 'PT' as const, indication: true, kind: 'crack' as const, sizeMm: '3.5' };
  const noPhoto = { params, body: { ...crack, photo: 'b'.repeat(64) } };
  expect(await inspector.refused(c.recordNdt, noPhoto)).toBe('PHOTO_REQUIRED');
  const found = await inspector.ok(c.recordNdt, {
    params,
    body: { ...crack, place: '壳体中部', photo: await photo(inspector) },
  });
  expect(found.proposal).toMatchObject({ disposition: 'recycle', rule: 'crack' });
  const reuse = { disposition: 'reuse' as const, overrideReason: '不深' };
  expect(await inspector.refused(c.decideDisposition, { params, body: reuse })).toBe(
    'INSPECTION_REUSE_REFUSED',
  );
});

test('parts that are always replaced are recycled; a failed look is not reused', async () => {
  const { view, params } = await opened(110);
  expect(view.proposal).toMatchObject({ disposition: 'recycle', rule: 'always-replace' });
  const looked = await inspector.ok(c.recordVisual, {
    params,
    body: { good: false, note: '碎裂' },
  });
  expect(looked).toMatchObject({ visualGood: false, visualNote: '碎裂' });
  const evidence = { measured: [], ndt: [], visualGood: false } as const;
  expect(propose({ ...evidence, policy: 'inspect-reuse' }).rule).toBe('not-restorable');
  expect(propose({ ...evidence, policy: 'inspect-repair' }).rule).toBe('restorable');
});

test('another organisation’s component and inspection are not there', async () => {
  const { component, params } = await opened(20);
  const stranger = await (await p.app.org('别家厂')).as('owner');
  const start = { body: { componentId: component.id } };
  expect(await stranger.refused(c.startInspection, start)).toBe('COMPONENT_NOT_FOUND');
  expect(await stranger.refused(c.getInspection, { params })).toBe('INSPECTION_NOT_FOUND');
  const look = { params, body: { good: true } };
  expect(await stranger.refused(c.recordVisual, look)).toBe('INSPECTION_NOT_FOUND');
  const ndt = { params, body: { method: 'MT' as const, indication: false } };
  expect(await stranger.refused(c.recordNdt, ndt)).toBe('INSPECTION_NOT_FOUND');
  const decide = { params, body: { disposition: 'recycle' as const } };
  expect(await stranger.refused(c.decideDisposition, decide)).toBe('INSPECTION_NOT_FOUND');
});
