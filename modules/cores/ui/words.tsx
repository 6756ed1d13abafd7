import { type Output, StatusTag, type Tone, useSay, useTexts } from '@zaizao/platform/ui';
import type { z } from 'zod';
import type { CoreState, CoreView, Grade, PickUpView } from '../contract.ts';
import './cores.css';

export type Core = z.output<typeof CoreView>;
export type PickUp = z.output<typeof PickUpView>;
export type State = z.output<typeof CoreState>;
export type GradeLetter = z.output<typeof Grade>;

const TONES: Readonly<Record<State, Tone>> = {
  quoted: 'decide',
  accepted: 'busy',
  'in-transit': 'busy',
  received: 'decide',
  graded: 'decide',
  disputed: 'decide',
  stocked: 'good',
  allocated: 'busy',
  'torn-down': 'idle',
  returned: 'idle',
  scrapped: 'idle',
  declined: 'idle',
};

export const STATES = Object.keys(TONES) as State[]; // keys of the record above
export const GRADES: readonly GradeLetter[] = ['A', 'B', 'C', 'R'];

export function StateTag({ state }: { state: State }) {
  const t = useTexts('cores');
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>;
}

/** The letter of a grade, in a box of its own; what it means is said beside it. */
export function GradeMark({ grade, large = false }: { grade: GradeLetter; large?: boolean }) {
  const t = useTexts('cores');
  return (
    <span
      className={`z-cores-grade z-cores-grade-${grade}${large ? ' z-cores-grade-large' : ''}`}
      title={t(`grade.${grade}`)}
    >
      {grade}
    </span>
  );
}

/** What a core is, in one line: part and name, or the number that was read. */
export function useCoreName(): (core: Pick<Core, 'part' | 'numberSeen'>) => string {
  const say = useSay();
  return (core) => (core.part ? `${core.part.number} ${say(core.part.name)}` : core.numberSeen);
}

export type { Output };
