import { type Limit, StatusTag, type Tone, useTexts } from '@zaizao/platform/ui';
import type { z } from 'zod';
import type { NonconformanceState, TestState, TestView } from '../contract.ts';

export type Row = TestView['rows'][number];

/** The limits of a row as the kit’s bars take them, with level, customer and version as the name. */
export function useLimits(): (limits: Row['limits']) => Limit[] {
  const t = useTexts('quality');
  return (limits) =>
    limits.map((l) => ({
      name: `${l.customer ?? t(`level.${l.level}`)} v${l.version}`,
      low: l.min,
      high: l.max,
    }));
}

const TEST_TONES: Readonly<Record<z.output<typeof TestState>, Tone>> = {
  open: 'busy',
  passed: 'good',
  failed: 'bad',
  aborted: 'idle',
};

export function TestTag({ state }: { state: z.output<typeof TestState> }) {
  const t = useTexts('quality');
  return <StatusTag tone={TEST_TONES[state]}>{t(`testState.${state}`)}</StatusTag>;
}

type FaultState = z.output<typeof NonconformanceState>;

const FAULT_TONES: Readonly<Record<FaultState, Tone>> = {
  opened: 'decide',
  contained: 'decide',
  dispositioned: 'busy',
  'cause-found': 'busy',
  corrected: 'busy',
  verified: 'good',
  closed: 'idle',
};

export function FaultTag({ state }: { state: FaultState }) {
  const t = useTexts('quality');
  return <StatusTag tone={FAULT_TONES[state]}>{t(`faultState.${state}`)}</StatusTag>;
}

/** The choices of an enumeration whose words stand in the texts below a key. */
export function useChoices(): <T extends string>(
  key: string,
  values: readonly T[],
) => { value: T; label: string }[] {
  const t = useTexts('quality');
  return (key, values) => values.map((value) => ({ value, label: t(`${key}.${value}`) }));
}
