export interface MassLine {
  readonly outcome: 'pending' | 'found' | 'missing' | 'broken' | 'unknown' | 'left';
  /** Mass of all pieces of the line, grams; measured, or reckoned from the catalogue. */
  readonly massG: number;
}

export interface MassBalance {
  readonly coreG: number;
  readonly accountedG: number;
  readonly residueG: number;
  /** Core minus what is accounted for; negative when more came out than went in. */
  readonly differenceG: number;
  readonly differencePct: number;
  readonly tolerancePct: number;
  readonly closes: boolean;
}

/**
 * Core mass = what came out + residue (dirt, fluids, fasteners) ± tolerance.
 * Missing parts were never in the core and weigh nothing; broken ones are there, in pieces; what is
 * left in the rest weighs with the residue.
 */
export function massBalance(
  coreG: number,
  lines: readonly MassLine[],
  residueG: number,
  tolerancePct: number,
): MassBalance {
  const there = lines.filter(
    (l) => l.outcome === 'found' || l.outcome === 'broken' || l.outcome === 'unknown',
  );
  const accountedG = there.reduce((sum, l) => sum + l.massG, 0);
  const differenceG = coreG - accountedG - residueG;
  const differencePct = coreG > 0 ? (100 * differenceG) / coreG : 0;
  return {
    coreG,
    accountedG,
    residueG,
    differenceG,
    differencePct,
    tolerancePct,
    closes: Math.abs(differencePct) <= tolerancePct + 1e-9,
  };
}
