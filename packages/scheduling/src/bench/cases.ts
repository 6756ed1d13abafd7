import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseFlexible, parseJobShop, parseRemanufacturing } from '../instances/parse.ts';
import type { Problem } from '../model.ts';
import type { Result } from '../result.ts';

/** An instance with what is known of it. */
export interface Case {
  readonly name: string;
  /** Where it lies, for messages. */
  readonly path: string;
  readonly parse: (text: string) => Result<Problem>;
  /** Value the gap is measured against; without it the instance is listed only. */
  readonly reference?: number | undefined;
  /** Proven by others: nothing can be below it. */
  readonly lowerBound?: number | undefined;
  /** What others reached, for the table. */
  readonly published: string;
}

/** The instances of a set, and what the bounds file names that has no file. */
export interface CaseList {
  readonly cases: readonly Case[];
  readonly missing: readonly string[];
}

/**
 * Lists the instances of `jsp`, `fjsp` or `reman` below a data folder: those of the bounds file in its
 * order, then the others by name. A folder without a bounds file is a set without references.
 *
 * @throws Error with a sentence when the set or its folder does not exist, or a bounds file is no JSON
 */
export function listCases(set: string, data: string): CaseList {
  const list = SETS.get(set);
  if (!list) throw new Error(`There is no set ${set}; sets are ${[...SETS.keys()].join(', ')}.`);
  return list(data);
}

const SETS: ReadonlyMap<string, (data: string) => CaseList> = new Map([
  ['jsp', jobShops],
  ['fjsp', flexibleShops],
  ['reman', remanufacturingShops],
]);

/** One record of a published file: name → figures, not all of them there. */
type Figures = Readonly<Record<string, unknown>>;

function jobShops(data: string): CaseList {
  const folder = join(data, 'jsp');
  const bounds = boundsIn(folder);
  const peers = ['cpsat', 'cpo', 'optalcp'].map((peer) => ({
    peer,
    results: recordsOf(join(folder, `peer_${peer}_600s.json`)),
  }));
  const files = filesBelow(join(folder, 'instances'));
  return listed(files, bounds, (name) => name, {
    parse: parseJobShop,
    published: (name) =>
      peers.map(({ peer, results }) => `${peer} ${results.get(name)?.ub ?? '–'}`).join(' '),
  });
}

function flexibleShops(data: string): CaseList {
  const folder = join(data, 'fjsp');
  const bounds = boundsIn(folder);
  const files = filesBelow(join(folder, 'schedlab'));
  return listed(files, bounds, (name, { file }) => (typeof file === 'string' ? file : name), {
    parse: parseFlexible,
    published: (name) => `best lower bound ${bounds.get(name)?.lb ?? '–'}`,
  });
}

function remanufacturingShops(data: string): CaseList {
  const folder = join(data, 'reman', 'ironmou_rmfjsp');
  const results = recordsOf(join(folder, 'reference_published.json'));
  const files = filesBelow(folder).filter(({ path }) => path.endsWith('.fjs'));
  const bounds = new Map([...results].map(([name, { drl_best_of_2: ub }]) => [name, { ub }]));
  const parse = parseRemanufacturing;
  const published = (name: string) => {
    const { best_dispatch_rule: rule, makespan } = results.get(name) ?? {};
    return `best rule ${rule ?? ''} ${makespan ?? '–'}`;
  };
  const { cases } = listed(files, bounds, (name) => name, { parse, published });
  // Results of instances that were never published are no loss.
  return { cases: [...cases].sort((a, b) => (a.name < b.name ? -1 : 1)), missing: [] };
}

interface InstanceFile {
  /** Path below the set's folder without its ending. */
  readonly stem: string;
  readonly path: string;
}

function filesBelow(folder: string): InstanceFile[] {
  if (!existsSync(folder)) {
    throw new Error(`No instances in ${folder}; ZAIZAO_DATA names the folder of the data.`);
  }
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NO_INSTANCE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      path,
      stem: path
        .slice(folder.length + 1)
        .replaceAll('\\', '/')
        .replace(/\.[A-Za-z]+$/, ''),
    }));
}

/** What lies beside instances: licences, notes, tables, hidden files. */
const NO_INSTANCE =
  /^(?:\.|readme|licen[cs]e|copying|notice|changelog)|\.(?:json|md|csv|pdf|xlsx)$/i;

function listed(
  files: readonly InstanceFile[],
  bounds: ReadonlyMap<string, Figures>,
  stemOf: (name: string, figures: Figures) => string,
  make: Pick<Case, 'parse'> & { readonly published: (name: string) => string },
): CaseList {
  const byStem = new Map(files.map((file) => [file.stem, file.path]));
  const cases: Case[] = [];
  const missing: string[] = [];
  const add = (name: string, path: string, { lb, ub }: Figures) =>
    cases.push({
      name,
      path,
      parse: make.parse,
      reference: positive(ub),
      lowerBound: positive(lb),
      published: make.published(name),
    });
  const taken = new Set<string>();
  for (const [name, figures] of bounds) {
    const stem = stemOf(name, figures);
    const path = byStem.get(stem);
    if (path === undefined) missing.push(name);
    else add(name, path, figures);
    taken.add(stem);
  }
  for (const { stem, path } of files) {
    if (taken.has(stem)) continue;
    const short = basename(stem);
    const figures = bounds.get(short);
    const isFree = !cases.some(({ name }) => name === short);
    add(isFree ? short : stem, path, isFree ? (figures ?? {}) : {});
  }
  const found = new Set(cases.map(({ name }) => name));
  return { cases, missing: missing.filter((name) => !found.has(name)) };
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** The newest file of bounds, or nothing: without one there are no references. */
function boundsIn(folder: string): Map<string, Figures> {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const newest = names
    .filter((name) => /^bks.*\.json$/.test(name))
    .sort()
    .at(-1);
  return newest === undefined ? new Map() : recordsOf(join(folder, newest));
}

function recordsOf(path: string): Map<string, Figures> {
  if (!existsSync(path)) return new Map();
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : 'not JSON'}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error(`${path}: an object by names of instances is expected.`);
  }
  return new Map(
    Object.entries(json).map(([name, figures]: [string, unknown]) => [
      name,
      // An object may hold anything; what is read from it is looked at where it is used.
      typeof figures === 'object' && figures !== null ? (figures as Figures) : {},
    ]),
  );
}
