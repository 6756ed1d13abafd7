import {
  formatShare,
  type Output,
  StatusTag,
  type Tone,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { z } from 'zod';
import type {
  getOrder,
  getUnitView,
  OperationState,
  OrderState,
  Origin,
  UnitState,
} from '../contract.ts';
import './production.css';

export type Order = Output<typeof getOrder>;
export type Operation = Order['operations'][number];
export type Slot = Order['slots'][number];
export type Unit = Output<typeof getUnitView>;

const ORDER_TONES: Readonly<Record<z.output<typeof OrderState>, Tone>> = {
  released: 'decide',
  started: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'idle',
};
const OPERATION_TONES: Readonly<Record<z.output<typeof OperationState>, Tone>> = {
  waiting: 'idle',
  started: 'busy',
  paused: 'decide',
  done: 'good',
  failed: 'bad',
};
const UNIT_TONES: Readonly<Record<z.output<typeof UnitState>, Tone>> = {
  assembled: 'decide',
  tested: 'busy',
  rework: 'decide',
  finished: 'busy',
  certified: 'decide',
  available: 'good',
  reserved: 'busy',
  sold: 'busy',
  shipped: 'busy',
  installed: 'good',
  'in-service': 'good',
  returned: 'idle',
  scrapped: 'bad',
};

// keys of the records above
export const ORDER_STATES = Object.keys(ORDER_TONES) as z.output<typeof OrderState>[];
export const UNIT_STATES = Object.keys(UNIT_TONES) as z.output<typeof UnitState>[];
export const ORDER_KINDS = ['restore', 'assemble', 'rework'] as const;
/** The stations that work orders pass, as the catalogue names them. */
export const STATION_KINDS = ['forming', 'assembly', 'coating', 'labelling', 'packing'] as const;
/** Those that have a name; stations before the first work order among them. */
const NAMED = new Set<string>([
  ...STATION_KINDS,
  ...['receiving', 'dismantling', 'cleaning', 'inspection', 'test'],
]);

export function OrderTag({ state }: { state: z.output<typeof OrderState> }) {
  const t = useTexts('production');
  return <StatusTag tone={ORDER_TONES[state]}>{t(`orderState.${state}`)}</StatusTag>;
}

export function OperationTag({ state }: { state: z.output<typeof OperationState> }) {
  const t = useTexts('production');
  return <StatusTag tone={OPERATION_TONES[state]}>{t(`operationState.${state}`)}</StatusTag>;
}

export function UnitTag({ state }: { state: z.output<typeof UnitState> }) {
  const t = useTexts('production');
  return <StatusTag tone={UNIT_TONES[state]}>{t(`unitState.${state}`)}</StatusTag>;
}

/** Reused, restored or new: by word and colour. */
export function OriginTag({ origin }: { origin: z.output<typeof Origin> }) {
  const t = useTexts('production');
  return (
    <span className={`z-production-origin z-production-${origin}`}>{t(`origin.${origin}`)}</span>
  );
}

/** A station kind in the reader’s language; one the product does not know keeps its code. */
export function useStationKind(): (kind: string) => string {
  const t = useTexts('production');
  return (kind) => (NAMED.has(kind) ? t(`stationKind.${kind}`) : kind);
}

/** Number and name of a part in one line. */
export function usePartName(): (part: Order['product']) => string {
  const say = useSay();
  return (part) => `${part.number} ${say(part.name)}`;
}

const isOpen = (o: Operation) => o.state !== 'done' && o.state !== 'failed';

/** What was done in the order it ended, then what is to be done by position and round. */
export function inOrder(operations: readonly Operation[]): Operation[] {
  const ended = operations.filter((o) => !isOpen(o));
  const open = operations.filter(isOpen);
  return [
    ...ended.sort((a, b) => (a.finishedAt ?? '').localeCompare(b.finishedAt ?? '')),
    ...open.sort((a, b) => a.seq - b.seq || a.round - b.round),
  ];
}

/** The operation that is under way or comes next. */
export function currentOf(operations: readonly Operation[]): Operation | undefined {
  return inOrder(operations).find(isOpen);
}

/** The remanufacturing rate, by mass and by count of pieces: never one without its name. */
export function Rates({ unit }: { unit: Unit }) {
  const t = useTexts('production');
  const lang = useLang();
  return (
    <span className="z-num">
      {t('unit.ratesOf', {
        mass: formatShare(unit.rates.byMass, lang),
        count: formatShare(unit.rates.byCount, lang),
      })}
    </span>
  );
}
