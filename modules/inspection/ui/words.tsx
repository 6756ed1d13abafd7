import {
  type Limit,
  type Output,
  StatusTag,
  type Tone,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { z } from 'zod';
import type { CharacteristicRow, Disposition, getInspection } from '../contract.ts';
import './inspection.css';

export type Shown = Output<typeof getInspection>;
export type Row = z.output<typeof CharacteristicRow>;
export type Decision = z.output<typeof Disposition>;

export const DECISIONS = ['reuse', 'remanufacture', 'recycle'] as const satisfies Decision[];

/** Reuse is good, restoring is work to do, recycling is an end; only red for what failed its limits. */
export const DECISION_TONES: Readonly<Record<Decision, Tone>> = {
  reuse: 'good',
  remanufacture: 'decide',
  recycle: 'idle',
};

export function DecisionTag({ decision }: { decision: Decision }) {
  const t = useTexts('inspection');
  return <StatusTag tone={DECISION_TONES[decision]}>{t(`decision.${decision}`)}</StatusTag>;
}

interface PartLike {
  readonly number: string;
  readonly name: { readonly zh: string; readonly en: string };
}

export function usePartName(): (part: PartLike) => string {
  const say = useSay();
  return (part) => `${part.number} ${say(part.name)}`;
}

/** The limits of a characteristic as the kit's bars take them, national first. */
export function useLimits(): (row: Row) => Limit[] {
  const t = useTexts('inspection');
  const order = ['national', 'enterprise', 'customer'];
  return (row) =>
    [...row.limits]
      .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
      .map((l) => ({
        name: l.customer ? `${t('level.customer')} ${l.customer}` : t(`level.${l.level}`),
        low: l.min,
        high: l.max,
      }));
}
