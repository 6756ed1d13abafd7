import { type Output, StatusTag, type Tone, useLang, useSay, useTexts } from '@zaizao/platform/ui';
import type { Assignment as EngineAssignment, Problem } from '@zaizao/scheduling';
import type { getPlan } from '../contract.ts';

export type Plan = Output<typeof getPlan>;
export type Board = NonNullable<Plan['board']>;
export type Assignment = Plan['assignments'][number];
export type Figures = NonNullable<Plan['figures']>;

/** The contract leaves the engine's problem open; the server wrote the engine's own type. */
export const problemOf = (plan: Plan) => plan.problem as Problem;

/** The same records in the engine's words: an absent operator is left out, never undefined. */
export const engineView = (all: readonly Assignment[]) => all as readonly EngineAssignment[];

const TONES: Readonly<Record<Plan['state'], Tone>> = {
  solving: 'busy',
  proposed: 'decide',
  infeasible: 'bad',
  changed: 'idle',
  published: 'good',
  refused: 'idle',
  superseded: 'idle',
};

export function PlanTag({ state }: { state: Plan['state'] }) {
  const t = useTexts('planning');
  return <StatusTag tone={TONES[state]}>{t(`planState.${state}`)}</StatusTag>;
}

/** Kinds of stations the product knows; a plant may have its own. */
export const STATION_KINDS = [
  ...(['receiving', 'dismantling', 'cleaning', 'inspection', 'forming', 'assembly'] as const),
  ...(['test', 'coating', 'labelling', 'packing'] as const),
] as const;

export function useKind(): (kind: string) => string {
  const t = useTexts('planning');
  return (kind) => (STATION_KINDS.some((k) => k === kind) ? t(`kind.${kind}`) : kind);
}

/** Where a plan's things are found by their identifiers. */
export interface Names {
  readonly operation: ReadonlyMap<string, Board['operations'][number]>;
  readonly order: ReadonlyMap<string, Board['orders'][number]>;
  readonly station: ReadonlyMap<string, Board['stations'][number]>;
  readonly person: ReadonlyMap<string, string>;
}

export function namesOf(board: Board): Names {
  return {
    operation: new Map(board.operations.map((o) => [o.id, o])),
    order: new Map(board.orders.map((o) => [o.id, o])),
    station: new Map(board.stations.map((s) => [s.id, s])),
    person: new Map(board.people.map((p) => [p.id, p.name])),
  };
}

/** "W0000003 总装", as people say it. */
export function useOperationName(names: Names): (id: string) => string {
  const say = useSay();
  return (id) => {
    const o = names.operation.get(id);
    return o ? `${names.order.get(o.order)?.code ?? ''} ${say(o.name)}` : id;
  };
}

export function useShare(): (share: number) => string {
  const lang = useLang();
  return (share) =>
    new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', {
      style: 'percent',
      maximumFractionDigits: 0,
    }).format(share);
}
