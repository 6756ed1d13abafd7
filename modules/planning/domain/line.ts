import type { LineProblem, LineTask } from '@zaizao/disassembly';
import type { Text } from '@zaizao/platform/kernel';

/** A step of a route on a flow line. */
export interface LineStep {
  readonly id: string;
  readonly name: Text;
  readonly kind: string;
  /** Seconds of one piece. */
  readonly seconds: number;
  readonly after: readonly string[];
}

/** A step as the line sees it: `benches` equal places share it when it is longer than the cycle. */
export interface PacedStep extends LineStep {
  readonly benches: number;
  /** Seconds of one piece at one of the benches, shared. */
  readonly paced: number;
}

/**
 * Takt and cycle. The takt is the working time of a day over the pieces wanted; with several equal lines
 * each has so many times longer. Milliseconds, so that short takts stay whole numbers.
 */
export function cycleMs(unitsPerDay: number, workSeconds: number, lines: number): number {
  return Math.max(1, Math.floor((workSeconds * 1000 * lines) / unitsPerDay));
}

/** Steps longer than the cycle are shared by as many benches as they need. */
export function paced(steps: readonly LineStep[], cycle: number): PacedStep[] {
  return steps.map((s) => {
    const ms = s.seconds * 1000;
    const benches = Math.max(1, Math.ceil(ms / cycle));
    return { ...s, benches, paced: Math.ceil(ms / benches) / 1000 };
  });
}

/** The balancing problem, in milliseconds. */
export function lineProblem(steps: readonly PacedStep[], cycle: number): LineProblem {
  return {
    cycleTime: cycle,
    tasks: steps.map(
      (s): LineTask => ({
        id: s.id,
        time: Math.min(cycle, Math.round(s.paced * 1000)),
        hazardous: false,
        demand: 0,
        direction: s.kind,
        after: s.after,
      }),
    ),
  };
}

/**
 * Who waits for whom when the plant has not said: each step waits for those of the ten before it, so
 * that OP40, OP41 and OP42 may go side by side between OP30s and OP50s. Optional steps stay out.
 */
export function tensPrecede(
  steps: readonly { readonly seq: number; readonly id: string }[],
): Map<string, string[]> {
  const tens = [...new Set(steps.map((s) => Math.floor(s.seq / 10)))].sort((a, b) => a - b);
  return new Map(
    steps.map((s) => {
      const before = tens[tens.indexOf(Math.floor(s.seq / 10)) - 1];
      return [s.id, steps.filter((x) => Math.floor(x.seq / 10) === before).map((x) => x.id)];
    }),
  );
}
