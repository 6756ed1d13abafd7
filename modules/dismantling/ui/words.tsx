import { type Output, StatusTag, type Tone, useSay, useTexts } from '@zaizao/platform/ui';
import type { z } from 'zod';
import type { ComponentState, getTeardown, Outcome } from '../contract.ts';
import './dismantling.css';

export type ComponentState_ = z.output<typeof ComponentState>;
export type LineOutcome = z.output<typeof Outcome>;
export type TeardownShown = Output<typeof getTeardown>;
export type Line = TeardownShown['lines'][number];

const TONES: Readonly<Record<ComponentState_, Tone>> = {
  found: 'decide',
  cleaned: 'busy',
  inspected: 'busy',
  reuse: 'good',
  restore: 'decide',
  restored: 'busy',
  installed: 'idle',
  recycle: 'idle',
};

export const COMPONENT_STATES = Object.keys(TONES) as ComponentState_[]; // keys of the record above

export function ComponentTag({ state }: { state: ComponentState_ }) {
  const t = useTexts('dismantling');
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>;
}

const OUTCOMES: Readonly<Record<LineOutcome, Tone>> = {
  pending: 'idle',
  found: 'good',
  missing: 'decide',
  broken: 'bad',
  unknown: 'decide',
  left: 'idle',
};

export function OutcomeTag({ outcome }: { outcome: LineOutcome }) {
  const t = useTexts('dismantling');
  return <StatusTag tone={OUTCOMES[outcome]}>{t(`outcome.${outcome}`)}</StatusTag>;
}

/** Heavier than a person lifts: a vehicle or a machine, which is checked as a whole first. */
export const isWhole = (massG: number): boolean => massG >= 100_000;

interface PartLike {
  readonly number: string;
  readonly name: { readonly zh: string; readonly en: string };
}

/** A part in one line: its number, then its name. */
export function usePartName(): (part: PartLike) => string {
  const say = useSay();
  return (part) => `${part.number} ${say(part.name)}`;
}
