import { StatusTag, type Tone, useSay, useTexts } from '@zaizao/platform/ui';
import type { z } from 'zod';
import type { Age, DepositState, DepositView } from '../contract.ts';
import './deposits.css';

export type Deposit = z.output<typeof DepositView>;
export type State = z.output<typeof DepositState>;
export type DepositAge = z.output<typeof Age>;

const TONES: Readonly<Record<State, Tone>> = {
  charged: 'busy',
  due: 'decide',
  received: 'busy',
  credited: 'decide',
  settled: 'good',
  forfeited: 'idle',
  cancelled: 'idle',
};

export const STATES = Object.keys(TONES) as State[]; // keys of the record above
export const AGES = [
  'over',
  'in-30',
  'in-60',
  'later',
  'not-begun',
] as const satisfies DepositAge[];

export function StateTag({ state }: { state: State }) {
  const t = useTexts('deposits');
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>;
}

export function usePartName(): (part: Deposit['part']) => string {
  const say = useSay();
  return (part) => `${part.number} ${say(part.name)}`;
}
