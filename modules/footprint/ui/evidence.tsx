import { type Output, StatusTag, type Tone, useTexts } from '@zaizao/platform/ui';
import type { effect } from '../contract.ts';

export type Evidence = NonNullable<Output<typeof effect>['rows'][number]['evidence']>;

const TONES: Readonly<Record<Evidence, Tone>> = {
  measured: 'good',
  calculated: 'busy',
  entered: 'idle',
  literature: 'decide',
};

/** How well a figure is founded. */
export function EvidenceTag({ evidence }: { evidence: Evidence }) {
  const t = useTexts('footprint');
  return <StatusTag tone={TONES[evidence]}>{t(`evidence.${evidence}`)}</StatusTag>;
}
