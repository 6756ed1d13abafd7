import { useCallback, useState } from 'react';
import type { ScanTarget } from '../page-list.ts';
import { useGo } from '../parts/link.tsx';
import { pageLists } from '../parts/registry.ts';

export interface ScanState {
  readonly code?: string;
  readonly isBusy: boolean;
  /** Set when none or several things answered. */
  readonly targets?: readonly ScanTarget[];
}

/** Asks every module what a code is; the answers of the smallest order that answers at all. */
export async function resolveScan(code: string): Promise<readonly ScanTarget[]> {
  const answers = pageLists().flatMap((list) => list.scans ?? []);
  const found = await Promise.all(
    answers.map(async (answer) => {
      const { default: resolve } = await answer.load();
      // a module that cannot answer (no permission, no network) leaves the others their say
      const target = await resolve(code).catch(() => undefined);
      return target ? [{ order: answer.order, target }] : [];
    }),
  );
  const flat = found.flat();
  const first = Math.min(...flat.map((f) => f.order));
  return flat.filter((f) => f.order === first).map((f) => f.target);
}

/** Scan anything → the right page for that thing. */
export function useScanGo(): readonly [ScanState, (code: string) => void, () => void] {
  const go = useGo();
  const [state, setState] = useState<ScanState>({ isBusy: false });
  const scan = useCallback(
    (code: string) => {
      setState({ code, isBusy: true });
      void resolveScan(code).then((targets) => {
        const [only] = targets;
        if (targets.length === 1 && only) {
          setState({ isBusy: false });
          go(only);
        } else setState({ code, isBusy: false, targets });
      });
    },
    [go],
  );
  const clear = useCallback(() => setState({ isBusy: false }), []);
  return [state, scan, clear];
}
