import { readFile } from 'node:fs/promises';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitImport, findCandidates, startImport } from '../catalog/contract.ts';
import { DEMO_PLANTS, demoWorkbookPath } from '../catalog/index.ts';
import { recordLicence } from '../parties/contract.ts';
import { type Plant, STARTER, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';
import { type Origin, objections } from './domain/legality.ts';

const VIN = 'LSVAM4186C2184841';
const ENGINE = 'ELV-M1-010';
const VEHICLE = 'ELV-M1';

let p: Plant;
let receiver: Actor;
beforeAll(async () => {
  p = await startPlant();
  receiver = await p.org.as('receiver');
  const plantE = DEMO_PLANTS.find((x) => x.plant === 'E');
  if (!plantE) throw new Error('there is a plant E');
  const bytes = new Uint8Array(await readFile(demoWorkbookPath(plantE)));
  const tried = await p.owner.ok(startImport, { file: { name: 'e.xlsx', bytes } });
  await p.owner.ok(commitImport, { params: { importId: tried.id } });
});
afterAll(() => p.app.stop());

const licence = (partnerId?: string) =>
  p.owner.ok(recordLicence, {
    body: {
      ...(partnerId ? { partnerId } : {}),
      ...{ kind: 'vehicle-dismantling', number: 'CJ-001', issuer: '省商务厅' },
      validFrom: '2025-01-01',
    },
  });

const body = (more: object) => ({
  body: { supplierId: p.supplierId, channel: 'direct' as const, number: ENGINE, ...more },
});
const refused = (more: object) => receiver.refused(c.receiveWalkIn, body(more));
const taken = (more: object) => receiver.ok(c.receiveWalkIn, body(more));

describe('five assemblies and imports (RL-11)', () => {
  test('an engine from a vehicle needs a licensed dismantler and the certificate of its disposal', async () => {
    const donor = { vin: VIN };
    expect(await refused({ donor })).toBe('CORE_LICENCE_MISSING');
    await licence(p.supplierId);
    expect(await refused({ donor })).toBe('CORE_CERTIFICATE_MISSING');
    const core = await taken({ donor: { ...donor, disposalCertificate: 'BF-2026-0007' } });
    expect(core).toMatchObject({ regulated: true, donor: { disposalCertificate: 'BF-2026-0007' } });
    // a starter of the same vehicle is no such assembly
    expect(await taken({ donor, number: STARTER })).toMatchObject({ regulated: false });
  });

  test('an imported engine is taken in bond only, and shown to be; a starter as it is', async () => {
    expect(await refused({ imported: true })).toBe('CORE_IMPORT_RESTRICTED');
    const bonded = await taken({ imported: true, bonded: true });
    expect(bonded).toMatchObject({ regulated: true, imported: true, bonded: true });
    expect(await taken({ imported: true, number: STARTER })).toMatchObject({ bonded: false });
  });

  test('what was taken for something else is held to the rule when a person says it is an engine', async () => {
    const { items } = await p.owner.ok(findCandidates, { query: { number: ENGINE } });
    const partId = items[0]?.part.id ?? '';
    const core = await taken({ number: STARTER, imported: true });
    const identify = { params: { coreId: core.id }, body: { partId } };
    expect(await receiver.refused(c.identifyCore, identify)).toBe('CORE_IMPORT_RESTRICTED');
    const shown = await receiver.ok(c.getCoreView, { params: { coreId: core.id } });
    expect(shown).toMatchObject({ part: { number: STARTER }, regulated: false });
  });

  test('a whole vehicle needs a VIN and our own dismantling licence', async () => {
    expect(await refused({ number: VEHICLE })).toBe('CORE_VEHICLE_VIN');
    expect(await refused({ number: VEHICLE, donor: { vin: VIN } })).toBe('CORE_VEHICLE_LICENCE');
    await licence();
    const car = await taken({ number: VEHICLE, donor: { vin: VIN }, massG: 1_380_000 });
    expect(car).toMatchObject({ donor: { vin: VIN }, regulated: false, massG: 1_380_000 });
  });
});

test('nothing stands against a core that is neither regulated, from a vehicle nor imported', () => {
  const plain: Origin = {
    ...{ fromVehicle: false, licensed: false, isVehicle: false, hasVin: false },
    ...{ weAreLicensed: false, restricted: false, imported: false, bonded: false },
    disposalCertificate: undefined,
  };
  expect(objections(plain)).toEqual([]);
  expect(objections({ ...plain, imported: true })).toEqual([]);
  expect(objections({ ...plain, restricted: true })).toEqual([]);
  expect(objections({ ...plain, restricted: true, imported: true, fromVehicle: true })).toEqual([
    ...(['licence-missing', 'certificate-missing', 'import-restricted'] as const),
  ]);
});
