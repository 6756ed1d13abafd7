/** Streams of a finished teardown, and the residue, which is what came off as no stream. */
export interface StreamMass {
  readonly stream: string;
  readonly massG: number;
}

export interface Outflow {
  readonly stream: string;
  readonly kind: string;
  readonly massG: number;
}

interface StreamShare extends StreamMass {
  readonly pct: number;
  /** What left, and what is still here. */
  readonly leftG: number;
  readonly hereG: number;
}

export interface VehicleBalance {
  readonly wholeG: number;
  readonly streams: readonly StreamShare[];
  readonly differenceG: number;
  readonly differencePct: number;
  readonly recoveredPct: number;
  /** Nothing but a rounding of scales is still here. */
  readonly allLeft: boolean;
}

const LOST: ReadonlySet<string> = new Set(['hazardous', 'residue']);
/** What two weighings may differ by before a stream counts as still here, of the whole. */
const SCALES = 0.001;

/**
 * Where the mass of a vehicle went: shares of its weight at the gate that add up to 100 % with the
 * difference, and how much of it found a use (all but hazardous waste, residue and the difference).
 */
export function vehicleBalance(
  wholeG: number,
  masses: readonly StreamMass[],
  outflows: readonly Outflow[],
): VehicleBalance {
  const pct = (g: number) => (wholeG > 0 ? (100 * g) / wholeG : 0);
  const streams = masses.map(({ stream, massG }) => {
    const leftG = outflows.reduce((sum, o) => sum + (o.stream === stream ? o.massG : 0), 0);
    return { stream, massG, pct: pct(massG), leftG, hereG: massG - leftG };
  });
  const accounted = streams.reduce((sum, s) => sum + s.massG, 0);
  const lost = streams.reduce((sum, s) => {
    if (s.stream === 'residue') return sum + s.massG;
    const gone = outflows.filter((o) => o.stream === s.stream && LOST.has(o.kind));
    return sum + gone.reduce((n, o) => n + o.massG, 0);
  }, 0);
  const differenceG = wholeG - accounted;
  return {
    wholeG,
    streams,
    differenceG,
    differencePct: pct(differenceG),
    recoveredPct: pct(accounted - lost),
    allLeft: streams.every((s) => s.hereG <= wholeG * SCALES),
  };
}
