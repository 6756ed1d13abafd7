import {
  addSample,
  commitImport,
  findCandidates,
  getBom,
  getDemoWorkbook,
  getImport,
  listParts,
  listPrices,
  listProgrammes,
  listSamples,
  startImport,
} from '@zaizao/modules/catalog/contract';
import { addInstrument, instrumentKind, recalibrate } from '@zaizao/modules/instruments/contract';
import { addPartner, listPartners } from '@zaizao/modules/parties/contract';
import { addStation } from '@zaizao/modules/production/contract';
import { uploadFile } from '@zaizao/platform/files/contract';
import { listDemoRoles } from '@zaizao/platform/identity/contract';
import { type Person, signIn } from './client.ts';
import { DRAWN_FAULTS, drawnFault, drawnStarter } from './picture.ts';
import { PLANTS, type PlantLetter } from './products.ts';

export const PLANT_ROLES = [
  'owner',
  'receiver',
  'dismantler',
  'inspector',
  'machinist',
  'assembler',
  'tester',
  'quality',
  'planner',
  'warehouse',
  'buyer',
  'sales',
] as const;
export const OUTSIDE_ROLES = ['shop', 'fleet', 'collector'] as const;
type RoleName = (typeof PLANT_ROLES)[number] | (typeof OUTSIDE_ROLES)[number];

/** The people, the plant’s set-up and what is shared between rounds of the loop. */
export interface World {
  readonly url: string;
  /** Rounds that go on at once are lanes of the plant; what is collected at one door goes together, so each has its own. */
  readonly lane: number;
  readonly plantOrgId: string;
  readonly people: Readonly<Record<RoleName, Person>>;
  /** Everybody’s clock. */
  setTime(at: Date | undefined): void;
  /** A calibrated instrument of a kind; bought and calibrated when there is none. */
  instrument(kind: string): Promise<string>;
  /** Stored photos of an organisation: front, side, nameplate. */
  photos(who: Person): Promise<{ front: string; side: string; nameplate: string }>;
  partId(number: string): Promise<string>;
  /** What the parts of a product weigh together by its bill of material, grams. */
  massOf(number: string): Promise<number>;
  /** The catalogue's retail price of the remanufactured product, fen. */
  retailPrice(number: string): Promise<string>;
}

export async function openWorld(url: string, lane = 0): Promise<World> {
  const people = {} as Record<RoleName, Person>; // filled for every role just below
  for (const role of [...PLANT_ROLES, ...OUTSIDE_ROLES]) people[role] = await signIn(url, role);
  const roles = await people.owner.do(listDemoRoles);
  const plantOrgId = roles.items.find((r) => r.role === 'owner')?.org.id;
  if (!plantOrgId) throw new Error('the demonstration has no owner');
  const instruments = new Map<string, Promise<string>>();
  const photos = new Map<Person, ReturnType<World['photos']>>();
  const parts = new Map<string, Promise<string>>();
  const masses = new Map<string, Promise<number>>();
  const prices = new Map<string, Promise<string>>();
  const { owner } = people;
  return {
    url,
    lane,
    plantOrgId,
    people,
    setTime: (at) => {
      for (const p of Object.values(people)) p.at = at;
    },
    instrument: (kind) => once(instruments, kind, () => buyInstrument(people.quality, kind)),
    photos: (who) => {
      const known = photos.get(who);
      if (known) return known;
      const made = takePhotos(who, photos.size);
      photos.set(who, made);
      return made;
    },
    partId: (number) => once(parts, number, () => findPart(owner, number)),
    massOf: (number) => once(masses, number, () => weigh(owner, number)),
    retailPrice: (number) => once(prices, number, () => price(owner, number)),
  };
}

/** Asks once a key. */
function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const asked = known.get(key) ?? ask();
  known.set(key, asked);
  return asked;
}

async function findPart(owner: Person, number: string): Promise<string> {
  const found = await owner.do(listParts, { query: { q: number } });
  const id = found.items.find((p) => p.number === number)?.id;
  if (!id) throw new Error(`the catalogue has no ${number}`);
  return id;
}

async function weigh(owner: Person, number: string): Promise<number> {
  const partId = await findPart(owner, number);
  const { rates } = await owner.do(getBom, { params: { partId } });
  if (!rates.totalMassG) throw new Error(`a part of ${number} has no mass in the catalogue`);
  return rates.totalMassG;
}

async function price(owner: Person, number: string): Promise<string> {
  const partId = await findPart(owner, number);
  const { items } = await owner.do(listPrices, { params: { partId } });
  const retail = items.find((p) => p.kind === 'reman-retail');
  if (!retail) throw new Error(`the catalogue has no retail price of ${number}`);
  return retail.fen;
}

async function buyInstrument(quality: Person, kind: string): Promise<string> {
  const at = quality.at;
  quality.at = undefined;
  const instrument = await quality.do(addInstrument, {
    body: { name: instrumentKind(kind).zh, kind, intervalDays: 730 },
  });
  await quality.do(recalibrate, {
    params: { instrumentId: instrument.id },
    body: {
      // Long enough ago to cover the history that is told.
      calibratedOn: new Date(Date.now() - 180 * 86_400_000).toISOString().slice(0, 10),
      certificateNo: `SIM-${kind}`,
      laboratory: '演示计量室 / demo laboratory',
    },
  });
  quality.at = at;
  return instrument.id;
}

async function takePhotos(who: Person, seed: number) {
  const store = async (view: 'front' | 'side' | 'nameplate') =>
    (await who.do(uploadFile, { file: { name: `${view}.png`, bytes: drawnStarter(view, seed) } }))
      .sha256;
  return {
    front: await store('front'),
    side: await store('side'),
    nameplate: await store('nameplate'),
  };
}

/** Enters a plant’s catalogue through the same importer as a customer’s Excel, and its stations. */
export async function setUpPlant(w: World, plant: PlantLetter): Promise<void> {
  await enterCatalogue(w.people.owner, plant);
  for (const [name, kind] of PLANTS[plant].stations) {
    await w.people.planner.do(addStation, { body: { name, kind, line: '1' } });
  }
  await knowCollector(w);
  if (plant === 'A') await showSamples(w.people.owner);
}

/** Draws, beside the questions by which starters are graded, what is good and what is not. */
async function showSamples(owner: Person): Promise<void> {
  const number = PLANTS.A.products[0]?.product ?? '';
  const { items } = await owner.do(findCandidates, { query: { number } });
  const partId = items[0]?.part.id;
  if (!partId) throw new Error(`the catalogue does not know ${number}`);
  const params = { partId };
  const programme = (await owner.do(listProgrammes, { params })).items.find((p) => p.inForce);
  const known = await owner.do(listSamples, { params });
  if (!programme || known.items.length > 0) return;
  const store = async (name: string, bytes: Uint8Array) =>
    (await owner.do(uploadFile, { file: { name: `${name}.png`, bytes } })).sha256;
  const good = await store('good', drawnStarter('side', 3));
  for (const criterion of DRAWN_FAULTS) {
    if (!programme.criteria.some((c) => c.code === criterion)) continue;
    const about = { programme: programme.code, criterion };
    const bad = await store(criterion, drawnFault(criterion));
    await owner.do(addSample, { params, body: { ...about, shows: 'good', sha256: good } });
    await owner.do(addSample, { params, body: { ...about, shows: 'bad', sha256: bad } });
  }
}

/** Brings a reference plant’s catalogue in by the importer that a customer’s Excel goes through. */
export async function enterCatalogue(owner: Person, plant: 'A' | 'B' | 'E'): Promise<void> {
  const bytes = await owner.bytes(getDemoWorkbook, { params: { plant } });
  const started = await owner.do(startImport, { file: { name: `plant-${plant}.xlsx`, bytes } });
  const until = async (...states: string[]) => {
    for (;;) {
      const now = await owner.do(getImport, { params: { importId: started.id } });
      if (states.includes(now.state)) return;
      if (now.state === 'refused') throw new Error(JSON.stringify(now.report?.faults.slice(0, 5)));
      await new Promise((r) => setTimeout(r, 200));
    }
  };
  await until('ready');
  await owner.do(commitImport, { params: { importId: started.id } });
  await until('committed');
}

/** The plant works with the collector of the demonstration: accepted cores go on its list. */
async function knowCollector(w: World): Promise<void> {
  const { owner } = w.people;
  const known = await owner.do(listPartners, { query: { kind: 'collector', limit: 1 } });
  if (known.items.length > 0) return;
  const roles = await owner.do(listDemoRoles);
  const org = roles.items.find((r) => r.role === 'collector')?.org;
  if (!org) throw new Error('the demonstration has no collector');
  await owner.do(addPartner, { body: { name: org.name, kind: 'collector', orgId: org.id } });
}
