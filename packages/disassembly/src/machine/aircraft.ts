import type { MachineProblem } from './problem.ts';

interface AircraftFile {
  readonly maxTime: number;
  readonly balanceAF: number;
  readonly balanceLR: number;
  readonly resources: readonly {
    readonly id: number;
    readonly categories: readonly string[];
    readonly unavailable: readonly (
      | string
      | readonly [start: number, end: number]
      | { readonly start: number; readonly end: number }
    )[];
    readonly cost: number;
  }[];
  readonly locations: readonly {
    readonly id: number;
    readonly zone: string;
    readonly capacity: number;
  }[];
  readonly operations: readonly {
    readonly id: number;
    readonly duration: number;
    readonly location: number;
    readonly occupancy: number;
    readonly mass: number;
    readonly requirements: readonly { readonly item: string; readonly quantity: number }[];
    readonly precedences: readonly number[];
  }[];
}

/** Lists that every instance has, and of what each of their records has a list of its own. */
const LISTS = [
  ['resources', ['categories', 'unavailable']],
  ['locations', []],
  ['operations', ['requirements', 'precedences']],
] as const;

/**
 * Reads one instance of the aircraft disassembly set of Thomas et al. (the B737NG files).
 * Every operation is done by `occupancy` technicians, of whom the required numbers have the
 * skills; mass is counted when an operation starts, FWD against AFT and RH against LH.
 *
 * @throws SyntaxError when the text is not JSON, TypeError when it has not the lists of an instance
 */
export function readAircraft(text: string): MachineProblem {
  // The shape is that of the published files; compileMachine checks every value.
  const file = JSON.parse(text.replace(/^\uFEFF/, '')) as AircraftFile;
  checkLists(file);
  const sides = new Set(['FWD', 'AFT', 'LH', 'RH']);
  return {
    horizon: file.maxTime,
    technicians: file.resources.map((resource) => ({
      id: `T${resource.id}`,
      skills: resource.categories,
      unavailable: resource.unavailable.map(windowOf),
      costPerSlot: resource.cost,
    })),
    zones: file.locations.map((location) => ({
      id: `L${location.id}`,
      capacity: location.capacity,
      ...(sides.has(location.zone) ? { side: location.zone } : {}),
    })),
    balance: [
      { id: 'fore-aft', plus: 'FWD', minus: 'AFT', limit: file.balanceAF },
      { id: 'left-right', plus: 'RH', minus: 'LH', limit: file.balanceLR },
    ],
    operations: file.operations.map((operation) => ({
      id: `O${operation.id}`,
      duration: operation.duration,
      zone: `L${operation.location}`,
      crew: operation.occupancy,
      skills: operation.requirements.map(({ item, quantity }) => ({ skill: item, quantity })),
      mass: operation.mass,
      after: operation.precedences.map((id) => `O${id}`),
    })),
  };
}

type Away = AircraftFile['resources'][number]['unavailable'][number];

/** A stretch away is written as an object, as a pair, or as `start:end`. */
function windowOf(window: Away): { readonly start: number; readonly end: number } {
  if (typeof window !== 'string' && 'start' in window) return window;
  const ends = typeof window === 'string' ? window.split(':').map(Number) : window;
  const [start = Number.NaN, end = Number.NaN] = ends;
  return { start, end };
}

function checkLists(file: unknown): void {
  for (const [name, parts] of LISTS) {
    const records = listIn(file, name, 'the instance');
    for (const [index, record] of records.entries()) {
      for (const part of parts) listIn(record, part, `${name}[${index}]`);
    }
  }
}

function listIn(owner: unknown, name: string, where: string): readonly unknown[] {
  if (typeof owner === 'object' && owner !== null && Object.hasOwn(owner, name)) {
    const list = (owner as Readonly<Record<string, unknown>>)[name]; // it has the field
    if (Array.isArray(list)) return list;
  }
  throw new TypeError(`${where} has no list of ${name}`);
}
