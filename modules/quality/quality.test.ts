import { thingHistory } from '@zaizao/modules/ledger/contract';
import { newId } from '@zaizao/platform/kernel';
import { addPrinter } from '@zaizao/platform/printing/contract';
import type { Actor } from '@zaizao/platform/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectionModule } from '../inspection/index.ts';
import { inOrg } from '../ledger/testing.ts';
import {
  finishOperation,
  getUnitView,
  releaseRework,
  releaseUnit,
  startOperation,
} from '../production/contract.ts';
import { productionModule } from '../production/index.ts';
import { instrument, type Plant, startPlant, stockedCore, tornDown } from '../testing-plant.ts';
import * as c from './contract.ts';
import { qualityModule } from './index.ts';
import { assembledUnit, bench, certified, finished, measured } from './testing-unit.ts';

let p: Plant;
let tester: Actor;
let engineer: Actor;
let instruments: Map<string, string>;

beforeAll(async () => {
  p = await startPlant([inspectionModule, productionModule, qualityModule]);
  tester = await p.org.as('tester');
  engineer = await p.org.as('quality');
  instruments = await bench(p);
}, 120_000);
afterAll(() => p.app.stop());

function rowOf(t: c.TestView, code: string) {
  const row = t.rows.find((r) => r.code === code);
  if (!row) throw new Error(`no ${code}`);
  return row;
}

async function stateOf(unitId: string) {
  return (await p.owner.ok(getUnitView, { params: { unitId } })).state;
}

async function historyOf(epc: string) {
  const { items } = await p.owner.ok(thingHistory, { params: { epc }, query: {} });
  return items;
}

describe('a test', () => {
  test('refuses the wrong unit, an impossible value, no instrument, the wrong kind, an unknown row', async () => {
    const unit = await assembledUnit(p);
    const t = await tester.ok(c.startTest, { body: { unitId: unit.id } });
    const pullIn = rowOf(t, 'S-T01');
    expect(pullIn.limits.map((l) => [l.level, l.max, l.version]).sort()).toEqual([
      ['enterprise', '8', 1],
      ['national', '8.5', 1],
    ]);
    const params = { testId: t.id };
    const good = {
      characteristicId: pullIn.id,
      value: '7.8',
      unit: 'V',
      instrumentId: instruments.get('voltmeter') ?? '',
    };
    const refuse = (change: object) =>
      tester.refused(c.recordTestValues, { params, body: { values: [{ ...good, ...change }] } });
    expect(await refuse({ unit: 'mV', value: '7800' })).toBe('TEST_UNIT_OF_MEASURE');
    expect(await refuse({ value: '8500' })).toBe('TEST_VALUE_IMPLAUSIBLE');
    expect(await refuse({ value: '-7.8' })).toBe('TEST_VALUE_IMPLAUSIBLE');
    expect(await refuse({ instrumentId: undefined })).toBe('TEST_INSTRUMENT_MISSING');
    expect(await refuse({ instrumentId: instruments.get('megger') })).toBe('TEST_INSTRUMENT_KIND');
    expect(await refuse({ instrumentId: newId('inst') })).toBe('INSTRUMENT_NOT_FOUND');
    expect(await refuse({ characteristicId: 'chr_none' })).toBe('TEST_CHARACTERISTIC_UNKNOWN');
    // all or nothing: the good value beside a bad one is not written
    const mixed = { values: [good, { ...good, unit: 'mV' }] };
    await tester.refused(c.recordTestValues, { params, body: mixed });
    expect(rowOf(await tester.ok(c.getTest, { params }), 'S-T01').value).toBeUndefined();
    const held = rowOf(t, 'S-T03');
    const maybe = { characteristicId: held.id, value: '2', unit: 'bool' };
    expect(await refuse({ ...maybe, instrumentId: undefined })).toBe('TEST_VALUE_IMPLAUSIBLE');
    expect(await tester.refused(c.decideTest, { params })).toBe('TEST_INCOMPLETE');
    const again = { body: { unitId: unit.id } };
    expect(await tester.refused(c.startTest, again)).toBe('TEST_OPEN');
    const aborted = await tester.ok(c.abortTest, { params, body: { reason: '台架故障' } });
    expect(aborted.state).toBe('aborted');
    expect(await tester.refused(c.decideTest, { params })).toBe('TEST_ENDED');
    expect(await stateOf(unit.id)).toBe('assembled');
  });

  test('an instrument out of calibration measures nothing', async () => {
    const unit = await assembledUnit(p);
    const t = await tester.ok(c.startTest, { body: { unitId: unit.id } });
    const expired = await instrument(p, 'voltmeter');
    p.app.clock.advance(400 * 86_400_000);
    const body = {
      values: [...[{ characteristicId: rowOf(t, 'S-T01').id, value: '7.8', unit: 'V' }]].map(
        (v) => ({ ...v, instrumentId: expired }),
      ),
    };
    const params = { testId: t.id };
    expect(await tester.refused(c.recordTestValues, { params, body })).toBe(
      'INSTRUMENT_CALIBRATION_EXPIRED',
    );
    p.app.clock.advance(-400 * 86_400_000);
    await tester.ok(c.abortTest, { params, body: { reason: '仪器过期' } });
  });

  test('every value good: the unit is tested, and the ledger has each value with its instrument', async () => {
    const unit = await assembledUnit(p);
    const t = await measured(p, instruments, unit.id, { 'S-T01': '7.8' });
    expect(t).toMatchObject({ standing: 'pass', missing: [], needsRunIn: true });
    const done = await tester.ok(c.decideTest, { params: { testId: t.id } });
    expect(done).toMatchObject({ state: 'passed', round: 1 });
    expect(done.nonconformanceId).toBeUndefined();
    expect(await stateOf(unit.id)).toBe('tested');
    const event = (await historyOf(unit.epc)).find((e) => e.eventId === done.eventId)?.event;
    expect(event).toMatchObject({ bizStep: 'inspecting', disposition: 'conformant' });
    // the shape of EPCIS 2.0, which the ledger validated when it took the event
    const [element] = (event?.sensorElementList ?? []) as { sensorReport: object[] }[];
    expect(element?.sensorReport).toHaveLength(13);
    expect(element?.sensorReport).toContainEqual(
      expect.objectContaining({
        ...{ 'zz:characteristic': 'S-T01', 'zz:verdict': 'pass' },
        ...{ type: 'Voltage', value: 7.8, uom: 'VLT' },
      }),
    );
  });

  test('8.2 V: national limit kept, plant limit not: rework and a nonconformance; then a good one', async () => {
    const unit = await assembledUnit(p);
    const t = await measured(p, instruments, unit.id, { 'S-T01': '8.2' });
    const judged = rowOf(t, 'S-T01');
    expect(Object.fromEntries(judged.limits.map((l) => [l.level, l.pass]))).toEqual({
      national: true,
      enterprise: false,
    });
    expect(t.standing).toBe('fail');
    const failed = await tester.ok(c.decideTest, { params: { testId: t.id } });
    expect(failed.state).toBe('failed');
    expect(await stateOf(unit.id)).toBe('rework');
    const ncr = await engineer.ok(c.getNonconformance, {
      params: { nonconformanceId: failed.nonconformanceId ?? '' },
    });
    expect(ncr).toMatchObject({
      state: 'opened',
      source: 'test',
      defect: 'S-T01',
      severity: 'critical',
      subject: { kind: 'unit', code: unit.serial },
      testId: t.id,
    });
    expect(await tester.refused(c.startTest, { body: { unitId: unit.id } })).toBe('UNIT_STATE');
    const body = { unitId: unit.id, instruction: '更换电磁开关' };
    const rework = await p.owner.ok(releaseRework, { body });
    for (const o of rework.operations) {
      const operation = { params: { operationId: o.id }, body: {} };
      await p.owner.ok(startOperation, operation);
      await p.owner.ok(finishOperation, operation);
    }
    const second = await measured(p, instruments, unit.id, { 'S-T01': '7.6' });
    const passed = await tester.ok(c.decideTest, { params: { testId: second.id } });
    expect(passed).toMatchObject({ state: 'passed', round: 2 });
    const { items } = await tester.ok(c.listTests, { query: { unitId: unit.id } });
    expect(items.map((x) => x.state)).toEqual(['passed', 'failed']);
    const trend = await engineer.ok(c.valueTrend, {
      query: { characteristicId: rowOf(second, 'S-T01').id },
    });
    expect(trend.values.slice(-2).map((v) => v.value)).toEqual(['8.2', '7.6']);
  });
});

describe('curves', () => {
  test('are thinned without losing a peak, overlaid over units, and must run forward', async () => {
    const unit = await assembledUnit(p);
    const t = await tester.ok(c.startTest, { body: { unitId: unit.id } });
    const params = { testId: t.id };
    const points = Array.from({ length: 5000 }, (_, i): [number, number] => [
      i / 100,
      i === 1234 ? 612.5 : 60 + Math.sin(i / 50),
    ]);
    const body = { name: '空载电流', unit: 'A', points };
    const view = await tester.ok(c.addCurve, { params, body });
    const [curve] = view.curves;
    expect(curve).toMatchObject({ samples: 5000, max: 612.5, seconds: 49.99 });
    expect(curve?.points.length).toBeLessThan(450);
    expect(curve?.points.some(([s, v]) => s === 12.34 && v === 612.5)).toBe(true);
    const back = { ...body, points: [...points.slice(0, 3), [0, 1] as [number, number]] };
    expect(await tester.refused(c.addCurve, { params, body: back })).toBe('CURVE_TIME');
    const overlaid = await engineer.ok(c.overlayCurves, { query: { partId: p.starterId } });
    expect(overlaid).toMatchObject({ name: '空载电流', unit: 'A' });
    expect(overlaid.curves[0]?.serial).toBe(unit.serial);
  });
});

/** A unit whose test failed as `values` say, and its nonconformance. */
async function failedUnit(values: Readonly<Record<string, string>>) {
  const unit = await assembledUnit(p);
  const t = await measured(p, instruments, unit.id, values);
  const done = await tester.ok(c.decideTest, { params: { testId: t.id } });
  const params = { nonconformanceId: done.nonconformanceId ?? '' };
  await engineer.ok(c.containNonconformance, { params, body: { containment: '隔离在红区' } });
  return { unit, params };
}

describe('a nonconformance', () => {
  test('goes its whole way; what did not help goes back to the cause', async () => {
    const { params } = await failedUnit({ 'S-T01': '8.2' });
    const dispose = { disposition: 'rework' as const, reason: '更换线圈' };
    await engineer.ok(c.disposeNonconformance, { params, body: dispose });
    expect(await engineer.refused(c.disposeNonconformance, { params, body: dispose })).toBe(
      'NONCONFORMANCE_STATE',
    );
    const cause = { category: 'material' as const, cause: '弹簧批次过硬' };
    await engineer.ok(c.findCause, { params, body: cause });
    const correction = { action: '换供应商', owner: '王工', due: '2026-04-01' };
    await engineer.ok(c.correctNonconformance, { params, body: correction });
    const verify = (effective: boolean) =>
      engineer.ok(c.verifyNonconformance, { params, body: { effective, evidence: '抽检 20 件' } });
    expect((await verify(false)).state).toBe('cause-found');
    await engineer.ok(c.correctNonconformance, { params, body: correction });
    expect((await verify(true)).next).toEqual(['close']);
    const closed = await engineer.ok(c.closeNonconformance, { params });
    expect(closed.state).toBe('closed');
    expect(closed.history.map((h) => h.event)).toEqual([
      ...['open', 'contain', 'dispose', 'find-cause', 'correct', 'reject', 'correct', 'verify'],
      'close',
    ]);
    expect(await tester.ok(c.getNonconformance, { params })).toMatchObject({ next: [] });
  });

  test('a concession lets a unit pass against a plant limit, never against a national one', async () => {
    const { unit, params } = await failedUnit({ 'S-T01': '8.2' });
    const body = { disposition: 'concession' as const, reason: '客户接受' };
    expect(await engineer.refused(c.disposeNonconformance, { params, body })).toBe(
      'CONCESSION_REFERENCE',
    );
    const reference = { reference: '客户函 2026-17' };
    await engineer.ok(c.disposeNonconformance, { params, body: { ...body, ...reference } });
    expect(await stateOf(unit.id)).toBe('tested');
    await finished(p, unit.orderId);
    expect((await certified(p, unit.id)).state).toBe('issued');

    const worse = await failedUnit({ 'S-T01': '8.6' });
    const refused = { params: worse.params, body: { ...body, ...reference } };
    expect(await engineer.refused(c.disposeNonconformance, refused)).toBe('CONCESSION_NATIONAL');
    const scrap = { disposition: 'scrap' as const, reason: '线圈烧毁' };
    await engineer.ok(c.disposeNonconformance, { params: worse.params, body: scrap });
    expect(await stateOf(worse.unit.id)).toBe('scrapped');
    const [last] = await historyOf(worse.unit.epc);
    expect(last).toMatchObject({ bizStep: 'destroying', action: 'DELETE' });
  });

  test('is opened by hand about what was scanned, or about the process; Pareto counts pieces', async () => {
    const core = await stockedCore(p);
    await tornDown(p, core.id);
    const open = (body: object) =>
      engineer.ok(c.openNonconformance, {
        body: { source: 'incoming', description: '锈蚀', severity: 'major', ...body } as never,
      });
    const about = await open({ thing: core.code, defect: 'S-D01', quantity: 3 });
    expect(about.subject).toMatchObject({ kind: 'core', id: core.id });
    expect(about.defectName.zh).not.toBe('S-D01');
    const process = await open({ defect: '照明不足', source: 'audit' });
    expect(process.subject).toMatchObject({ kind: 'process', code: '' });
    const unknown = { source: 'audit', defect: 'x', description: 'x', severity: 'minor' } as const;
    const body = { ...unknown, thing: 'NOBODY-1' };
    expect(await engineer.refused(c.openNonconformance, { body })).toBe('NONCONFORMANCE_SUBJECT');
    const machinist = await p.org.as('machinist');
    expect(await machinist.refused(c.openNonconformance, { body })).toBe('PERMISSION_DENIED');
    const { rows } = await engineer.ok(c.nonconformancePareto, { query: { by: 'defect' } });
    expect(rows.find((r) => r.key === 'S-D01')?.count).toBe(3);
    expect(rows.at(-1)?.cumulative).toBeCloseTo(1, 12);
    const day = await engineer.ok(c.nonconformancePareto, {
      query: { by: 'source', from: '2026-03-03' },
    });
    expect(day.rows).toEqual([]);
  });

  test('of another organisation does not exist', async () => {
    const { params } = await failedUnit({ 'S-T04': '95' });
    const stranger = await (await p.app.org('别的工厂')).as('quality');
    expect(await stranger.refused(c.getNonconformance, { params })).toBe(
      'NONCONFORMANCE_NOT_FOUND',
    );
    expect((await stranger.ok(c.listNonconformances)).items).toEqual([]);
  });
});

describe('a certificate', () => {
  test('needs a finished unit; its document is made once, is public, and certifies the unit', async () => {
    const unit = await assembledUnit(p);
    const body = { unitId: unit.id };
    expect(await engineer.refused(c.certifyUnit, { body })).toBe('UNIT_STATE');
    const t = await measured(p, instruments, unit.id);
    await tester.ok(c.decideTest, { params: { testId: t.id } });
    await finished(p, unit.orderId);
    expect(await stateOf(unit.id)).toBe('finished');
    const certificate = await certified(p, unit.id);
    expect(await stateOf(unit.id)).toBe('certified');
    expect(await engineer.refused(c.certifyUnit, { body })).toBe('CERTIFICATE_ISSUED');
    for (const document of [certificate.id, certificate.sha256 ?? '']) {
      const pdf = await p.app.anonymous.call(c.downloadCertificate, { params: { document } });
      expect(pdf.status).toBe(200);
      expect(pdf.headers['content-type']).toContain('application/pdf');
      expect(pdf.headers['cache-control']).toContain('max-age=31536000');
      expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.bytes.length).toBeLessThan(200_000);
    }
    const nothing = { params: { document: newId('cert') } };
    expect(await p.app.anonymous.refused(c.downloadCertificate, nothing)).toBe(
      'CERTIFICATE_NOT_FOUND',
    );
    const [last] = await historyOf(unit.epc);
    expect(last?.event).toMatchObject({
      certificationInfo: certificate.url,
      'zz:sha256': certificate.sha256,
    });
    await p.owner.ok(releaseUnit, { params: { unitId: unit.id }, body: {} });
    expect(await stateOf(unit.id)).toBe('available');
    const listed = await tester.ok(c.listCertificates, { query: { q: unit.serial } });
    expect(listed.items.map((x) => x.id)).toEqual([certificate.id]);
    const figures = await tester.ok(c.qualityFigures);
    expect(figures.certificates30Days).toBeGreaterThan(0);
  });

  test('is not given while a nonconformance of the unit is undecided', async () => {
    const unit = await assembledUnit(p);
    const t = await measured(p, instruments, unit.id);
    await tester.ok(c.decideTest, { params: { testId: t.id } });
    await finished(p, unit.orderId);
    await engineer.ok(c.openNonconformance, {
      body: {
        ...{ thing: unit.serial, source: 'production', defect: '漆面划伤' },
        ...{ description: '包装前发现', severity: 'minor' },
      },
    });
    expect(await engineer.refused(c.certifyUnit, { body: { unitId: unit.id } })).toBe(
      'CERTIFICATE_NONCONFORMANCE',
    );
  });
});

describe('labels', () => {
  test('of a unit carry the mark in every format; too small a one is refused', async () => {
    const unit = await assembledUnit(p);
    const label = (query: object) =>
      tester.call(c.printLabel, { query: { epc: unit.epc, ...query } as never });
    const svg = await label({ format: 'svg' });
    expect(svg.status).toBe(200);
    expect(svg.bytes.toString()).toContain('再制造');
    expect(svg.bytes.toString()).toContain('GB/T 28673-2012');
    const link = `http://localhost:8080${new URL(unit.epc).pathname}`;
    expect(svg.bytes.toString()).toContain(link);
    const png = await label({ format: 'png', dpmm: 12 });
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(png.bytes.readUInt32BE(16)).toBe(720);
    expect((await label({ format: 'pdf' })).bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const zpl = (await label({ format: 'zpl' })).bytes.toString();
    expect(zpl).toContain(`^FDMA,${link}^FS`);
    expect(zpl).toContain(`^FD_101${/01\/(\d{14})/.exec(unit.epc)?.[1]}21${unit.serial}^FS`);
    const small = { epc: unit.epc, size: '25x15' as const };
    expect(await tester.refused(c.printLabel, { query: small })).toBe('LABEL_MARK_MISSING');
  });

  test('go to a printer in its own size, as often as asked; a size without a layout is refused', async () => {
    const core = await stockedCore(p);
    const at = { place: '', host: '192.168.255.254', port: 9100 as const };
    const printer = await p.owner.ok(addPrinter, {
      body: { ...at, name: '收货台', media: '50x30', dpmm: 12 },
    });
    const body = { epc: core.epc, printerId: printer.id, copies: 2 };
    const { jobId } = await tester.ok(c.sendLabel, { body });
    const sent = await inOrg(p.app.app, p.org.ref, async (ctx) => {
      const r = await sql<{ bytes: string }>`select input ->> 'bytes' as bytes from zaizao.job
        where org_id = ${ctx.org.no} and id = ${jobId}`.execute(ctx.tx);
      return Buffer.from(r.rows[0]?.bytes ?? '', 'base64').toString();
    });
    const query = { epc: core.epc, format: 'zpl' as const, size: '50x30' as const, dpmm: 12 };
    const one = (await tester.call(c.printLabel, { query })).bytes.toString();
    expect(one.startsWith('^XA')).toBe(true);
    expect(sent).toBe(one + one);
    const wide = await p.owner.ok(addPrinter, {
      body: { ...at, name: '宽幅', media: '100x50', dpmm: 8 },
    });
    expect(await tester.refused(c.sendLabel, { body: { ...body, printerId: wide.id } })).toBe(
      'LABEL_SIZE_UNKNOWN',
    );
    const other = { ...body, epc: 'nothing' };
    expect(await tester.refused(c.sendLabel, { body: other })).toBe('LABEL_THING_UNKNOWN');
  });

  test('of cores and components; not of places, not of strangers', async () => {
    const core = await stockedCore(p);
    const ofCore = await tester.call(c.printLabel, { query: { epc: core.code } });
    expect(ofCore.bytes.toString()).toContain(core.code);
    expect(ofCore.bytes.toString()).not.toContain('再制造 ·');
    const small = { epc: core.epc, size: '25x15' as const, format: 'zpl' as const };
    expect((await tester.call(c.printLabel, { query: small })).status).toBe(200);
    const stranger = await (await p.app.org('第三家')).as('tester');
    expect(await stranger.refused(c.printLabel, { query: { epc: core.epc } })).toBe(
      'LABEL_THING_UNKNOWN',
    );
  });
});
