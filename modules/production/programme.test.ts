import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectionModule } from '../inspection/index.ts';
import { cleanedAt, instrument, type Plant, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';
import { versionFor } from './domain/programme.ts';
import { productionModule } from './index.ts';
import { decided, torn } from './testing-floor.ts';

let p: Plant;
beforeAll(async () => {
  p = await startPlant([inspectionModule, productionModule]);
});
afterAll(() => p.app.stop());

test('the programme version follows what was measured on the piece, and stays with the operation', async () => {
  const core = await torn(p);
  const [rotor] = await cleanedAt(p, core.id, 30);
  await decided(p, rotor?.id ?? '', false);
  const order = await p.owner.ok(c.releaseRestore, { body: { componentId: rotor?.id ?? '' } });
  const turning = order.operations.find((o) => o.code === 'OP60');
  const params = { operationId: turning?.id ?? '' };
  const turn = await p.owner.ok(c.addProgramme, {
    body: { code: 'NC-30', stepCode: 'OP60', name: '精车', dimension: '外径', unit: 'mm' },
  });
  const twice = { code: 'NC-30', stepCode: 'OP61', name: '又', dimension: '外径', unit: 'mm' };
  expect(await p.owner.refused(c.addProgramme, { body: twice })).toBe('ALREADY_EXISTS');
  const version = (low: string, high: string, depth: string) =>
    p.owner.ok(c.addProgrammeVersion, {
      params: { programmeId: turn.id },
      body: { low, high, parameters: [{ name: '切深', value: depth, unit: 'mm' }] },
    });
  await version('29.2', '29.6', '0.10');
  await version('29.6', '30.2', '0.20');
  const wrong = { params: { programmeId: turn.id }, body: { low: '30', high: '30' } };
  expect(await p.owner.refused(c.addProgrammeVersion, wrong)).toBe('NC_PROGRAMME_WINDOW');
  const calliper = await instrument(p, 'calliper');
  const choose = (measured: string) => ({
    params,
    body: { programmeId: turn.id, measured, instrumentId: calliper },
  });
  expect(await p.owner.refused(c.chooseProgramme, choose('28.9'))).toBe('NC_PROGRAMME_NONE_FITS');
  const worn = await p.owner.ok(c.chooseProgramme, choose('29.55'));
  const of = (o: typeof worn) => o.operations.find((x) => x.id === turning?.id)?.programme;
  expect(of(worn)).toMatchObject({ code: 'NC-30', version: 1, measured: '29.55' });
  // A better version for the same window: chosen from now on, the old choice stays what it was.
  await version('29.4', '29.6', '0.12');
  const again = await p.owner.ok(c.getOrder, { params: { orderId: order.id } });
  expect(of(again)).toMatchObject({ version: 1, parameters: [{ value: '0.10' }] });
  const better = await p.owner.ok(c.chooseProgramme, choose('29.55'));
  expect(of(better)).toMatchObject({ version: 3, parameters: [{ value: '0.12' }] });
  const other = order.operations.find((o) => o.code === 'OP61');
  const elsewhere = { ...choose('29.55'), params: { operationId: other?.id ?? '' } };
  expect(await p.owner.refused(c.chooseProgramme, elsewhere)).toBe('NC_PROGRAMME_STEP');
});

test('law: of the versions whose window holds the measure, the newest; none outside every window', () => {
  const window = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 30 }));
  fc.assert(
    fc.property(fc.array(window, { maxLength: 8 }), fc.integer({ min: -5, max: 140 }), (ws, x) => {
      const versions = ws.map(([low, room], n) => ({
        no: n + 1,
        low: String(low),
        high: String(low + room),
      }));
      const found = versionFor(versions, String(x));
      const fitting = versions.filter((v) => Number(v.low) <= x && x < Number(v.high));
      return found?.no === fitting.at(-1)?.no;
    }),
  );
});
