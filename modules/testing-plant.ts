/** A small starter plant for the tests of the reverse half: catalogue by the importer, people, photos, instruments. */
import { readFile } from 'node:fs/promises';
import { uploadFile } from '@zaizao/platform/files/contract';
import type { Module } from '@zaizao/platform/http';
import { type Actor, startTestApp, type TestApp, type TestOrg } from '@zaizao/platform/testkit';
import { commitImport, findCandidates, startImport } from './catalog/contract.ts';
import { catalogModule, DEMO_PLANTS, demoWorkbookPath } from './catalog/index.ts';
import * as cores from './cores/contract.ts';
import { coresModule } from './cores/index.ts';
import * as dismantling from './dismantling/contract.ts';
import { dismantlingModule } from './dismantling/index.ts';
import { addInstrument, recalibrate } from './instruments/contract.ts';
import { instrumentsModule } from './instruments/index.ts';
import { ledgerModule } from './ledger/index.ts';
import { addPartner, getOrganisation } from './parties/contract.ts';
import { organisationKinds, partiesModule, roleTable } from './parties/index.ts';

export const STARTER = 'RS-12-14-9T';
/** The number that the old part carries; superseded, so the catalogue finds the product by it. */
export const OLD_NUMBER = '3708010-D9';

export interface Plant {
  readonly app: TestApp;
  readonly org: TestOrg;
  readonly owner: Actor;
  readonly starterId: string;
  readonly supplierId: string;
}

/** An installation with plant A's catalogue, as an owner would set it up; `background` runs its jobs. */
export async function startPlant(more: readonly Module[] = [], background = false): Promise<Plant> {
  const app = await startTestApp({
    background,
    modules: [
      ...[ledgerModule, partiesModule, catalogModule, coresModule],
      ...[instrumentsModule, dismantlingModule, ...more],
    ],
    identity: { roles: roleTable, kinds: organisationKinds },
  });
  const org = await app.org('河间起动机厂');
  const owner = await org.as('owner');
  await owner.ok(getOrganisation); // opens the entry by which others find the plant
  await importPlantA(owner);
  const found = await owner.ok(findCandidates, { query: { number: STARTER } });
  const supplier = await owner.ok(addPartner, {
    body: { name: '路边修理铺', kind: 'repair-shop' },
  });
  return { app, org, owner, starterId: found.items[0]?.part.id ?? '', supplierId: supplier.id };
}

async function importPlantA(owner: Actor): Promise<void> {
  const [plantA] = DEMO_PLANTS;
  if (!plantA) throw new Error('there is a plant A');
  const bytes = new Uint8Array(await readFile(demoWorkbookPath(plantA)));
  const tried = await owner.ok(startImport, { file: { name: 'plant-a.xlsx', bytes } });
  await owner.ok(commitImport, { params: { importId: tried.id } });
}

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
let pictures = 0;

/** Uploads a photo; no two are alike. */
export async function photo(actor: Actor): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(PNG, 'base64'), Buffer.from(`photo ${++pictures}`)]);
  return (await actor.ok(uploadFile, { file: { name: 'p.png', bytes } })).sha256;
}

/** The three photos that a grading needs. */
export async function gradingPhotos(actor: Actor) {
  return { front: await photo(actor), side: await photo(actor), nameplate: await photo(actor) };
}

const CRITERIA = ['LISTED', 'WHOLE', 'HOUSING', 'RUST', 'HEAT', 'COMPLETE', 'PINION', 'TURNS'];

/** Every criterion of the starter's programme answered yes but these. */
export function answers(...notMet: string[]) {
  return [...CRITERIA, 'PLASTIC', 'SURFACE'].map((criterion) => ({
    criterion,
    met: !notMet.includes(criterion),
  }));
}

/** A core taken in without a quote. */
export function walkIn(p: Plant, more: object = {}) {
  return p.owner.ok(cores.receiveWalkIn, {
    body: { number: STARTER, supplierId: p.supplierId, channel: 'direct', massG: 4110, ...more },
  });
}

/** A core taken in, graded and put into stock. */
export async function stockedCore(p: Plant, more: object = {}) {
  const { id: coreId } = await walkIn(p, more);
  const params = { coreId };
  await p.owner.ok(cores.gradeCore, {
    params,
    body: { answers: answers('SURFACE'), photos: await gradingPhotos(p.owner) },
  });
  return p.owner.ok(cores.moveCoreTo, { params, body: { to: 'stock', place: 'A-01' } });
}

/** Everything found in one core, as components; `outcomes` says otherwise by position. */
export async function tornDown(p: Plant, coreId: string, missing: readonly number[] = []) {
  const started = await p.owner.ok(dismantling.startTeardown, { body: { coreId } });
  const params = { teardownId: started.id };
  let view = started;
  for (const line of started.lines) {
    view = await p.owner.ok(dismantling.recordLine, {
      params,
      body: { pos: line.pos, outcome: missing.includes(line.pos) ? 'missing' : 'found' },
    });
  }
  return p.owner.ok(dismantling.finishTeardown, {
    params,
    body: { residueG: Math.max(0, view.balance.differenceG), explanation: 'weighed once' },
  });
}

/** The components of a core at a position, cleaned. */
export async function cleanedAt(p: Plant, coreId: string, ...positions: number[]) {
  const all = await p.owner.ok(dismantling.listComponents, { query: { coreId, limit: 200 } });
  const chosen = positions.flatMap((pos) => all.items.filter((c) => c.pos === pos));
  const batch = await p.owner.ok(dismantling.startCleaning, {
    body: { method: 'CLN-US', componentIds: chosen.map((c) => c.id) },
  });
  const done = await p.owner.ok(dismantling.finishCleaning, {
    params: { batchId: batch.id },
    body: { result: 'good' },
  });
  return positions.map((pos) => {
    const found = done.components.find((c) => c.pos === pos);
    if (!found) throw new Error(`nothing was found at ${pos}`);
    return found;
  });
}

/** A calibrated instrument of a kind. */
export async function instrument(p: Plant, kind: string): Promise<string> {
  const made = await p.owner.ok(addInstrument, { body: { name: kind, kind, intervalDays: 365 } });
  await p.owner.ok(recalibrate, {
    params: { instrumentId: made.id },
    body: { calibratedOn: '2026-03-01', certificateNo: 'J-1', laboratory: '省计量院' },
  });
  return made.id;
}
