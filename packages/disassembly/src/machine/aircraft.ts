import type { MachineProblem } from './problem.ts';

interface AircraftFile {
  readonly maxTime: number;
  readonly balanceAF: number;
  readonly balanceLR: number;
  readonly resources: readonly {
    readonly id: number;
    readonly categories: readonly string[];
    readonly unavailable: readonly (string | { readonly start: number; readonly end: number })[];
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

/**
 * Reads one instance of the aircraft disassembly set of Thomas et al. (the B737NG files).
 * Every operation is done by `occupancy` technicians, of whom the required numbers have the
 * skills; mass is counted when an operation starts, FWD against AFT and RH against LH.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function readAircraft(text: string): MachineProblem {
  // The shape is that of the published files; compileMachine checks every value.
  const file = JSON.parse(text) as AircraftFile;
  const sides = new Set(['FWD', 'AFT', 'LH', 'RH']);
  return {
    horizon: file.maxTime,
    technicians: file.resources.map((resource) => ({
      id: `T${resource.id}`,
      skills: resource.categories,
      unavailable: resource.unavailable.map((window) => {
        if (typeof window !== 'string') return window;
        const [start = Number.NaN, end = Number.NaN] = window.split(':').map(Number);
        return { start, end };
      }),
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
