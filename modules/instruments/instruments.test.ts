import { ledgerModule } from '@zaizao/modules/ledger';
import { organisationKinds, partiesModule, roleTable } from '@zaizao/modules/parties';
import { addDays } from '@zaizao/platform/kernel';
import { type Actor, startTestApp, type TestApp, type TestOrg } from '@zaizao/platform/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as c from './contract.ts';
import { calibrationState, usable } from './domain/calibration.ts';
import { instrumentsModule } from './index.ts';

let t: TestApp;
let plant: TestOrg;
let engineer: Actor;

beforeAll(async () => {
  t = await startTestApp({
    modules: [ledgerModule, partiesModule, instrumentsModule],
    identity: { roles: roleTable, kinds: organisationKinds },
  });
  plant = await t.org();
  engineer = await plant.as('quality');
});
afterAll(() => t.stop());

const bench = { name: '起动机综合试验台', kind: 'starter bench', intervalDays: 365 };
const certificate = { certificateNo: 'J-1', laboratory: '省计量院' };

function addBench() {
  return engineer.ok(c.addInstrument, { body: bench });
}

describe('instruments', () => {
  test('a new one may not measure before its calibration; the due day follows the interval', async () => {
    const made = await addBench();
    expect(made).toMatchObject({ state: 'never', version: 1 });
    expect(made.code).toMatch(/^M\d{7}$/);
    const params = { instrumentId: made.id };
    const body = { ...certificate, calibratedOn: '2026-03-01' };
    const done = await engineer.ok(c.recalibrate, { params, body });
    expect(done).toMatchObject({ state: 'valid', dueOn: '2027-03-01' });
    const shown = await engineer.ok(c.getInstrument, { params });
    expect(shown.calibrations).toHaveLength(1);
  });

  test('an older certificate recorded late changes nothing; a bad calibration takes it out of use', async () => {
    const params = { instrumentId: (await addBench()).id };
    const calibrate = (calibratedOn: string, good = true) =>
      engineer.ok(c.recalibrate, { params, body: { ...certificate, calibratedOn, good } });
    await calibrate('2026-02-01');
    expect((await calibrate('2025-02-01')).dueOn).toBe('2027-02-01');
    expect((await calibrate('2026-03-01', false)).state).toBe('never');
    expect((await calibrate('2026-03-02')).state).toBe('valid');
  });

  test('refusals: future day, wrong period, missing document, stale edit', async () => {
    const made = await addBench();
    const params = { instrumentId: made.id };
    const tried = (more: object) =>
      engineer.refused(c.recalibrate, {
        params,
        body: { ...certificate, calibratedOn: '2026-03-01', ...more },
      });
    expect(await tried({ calibratedOn: '2026-04-01' })).toBe('INSTRUMENT_CALIBRATION_FUTURE');
    expect(await tried({ dueOn: '2026-01-01' })).toBe('INSTRUMENT_CALIBRATION_PERIOD');
    expect(await tried({ document: 'a'.repeat(64) })).toBe('FILE_NOT_FOUND');
    const body = { ...bench, name: '改名', active: true };
    await engineer.ok(c.editInstrument, { params, body, version: 1 });
    expect(await engineer.refused(c.editInstrument, { params, body, version: 1 })).toBe(
      'STALE_VERSION',
    );
  });

  test('everybody in the plant reads, only quality edits, another organisation sees nothing', async () => {
    const made = await addBench();
    const receiver = await plant.as('receiver');
    const found = await receiver.ok(c.listInstruments, { query: { q: made.code } });
    expect(found.items.map((i) => i.id)).toEqual([made.id]);
    expect(await receiver.refused(c.addInstrument, { body: bench })).toBe('PERMISSION_DENIED');
    const stranger = await (await t.org('别的工厂')).as('quality');
    expect(await stranger.refused(c.getInstrument, { params: { instrumentId: made.id } })).toBe(
      'INSTRUMENT_NOT_FOUND',
    );
    expect((await stranger.ok(c.listInstruments)).items).toEqual([]);
  });

  test('the list of what is due has the uncalibrated and the nearly expired', async () => {
    const never = await addBench();
    const soon = await addBench();
    await engineer.ok(c.recalibrate, {
      params: { instrumentId: soon.id },
      body: { ...certificate, calibratedOn: '2026-02-01', dueOn: '2026-03-20' },
    });
    const due = await engineer.ok(c.listInstruments, { query: { due: 'yes', limit: 200 } });
    const states = new Map(due.items.map((i) => [i.id, i.state]));
    expect(states.get(never.id)).toBe('never');
    expect(states.get(soon.id)).toBe('due-soon');
    expect([...states.values()]).not.toContain('valid');
  });
});

test('usable exactly from the calibration to the due day', () => {
  fc.assert(
    fc.property(fc.nat(900), fc.nat(900), fc.nat(1900), (from, length, at) => {
      const calibratedOn = addDays('2024-01-01', from);
      const dueOn = addDays(calibratedOn, length);
      const day = addDays('2024-01-01', at);
      const state = calibrationState({ active: true, calibratedOn, dueOn }, day);
      expect(usable(state)).toBe(at >= from && at <= from + length);
    }),
  );
});
