import { StatusTag, type Tone, useTexts } from '@zaizao/platform/ui';
import type { InstrumentView } from '../contract.ts';

const TONES: Readonly<Record<InstrumentView['state'], Tone>> = {
  valid: 'good',
  'due-soon': 'decide',
  expired: 'bad',
  never: 'decide',
  retired: 'idle',
};

export function CalibrationTag({ state }: { state: InstrumentView['state'] }) {
  const t = useTexts('instruments');
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>;
}
