import { type Output, Time, useSay, useTexts, Verdict } from '@zaizao/platform/ui';
import type { scanStock } from '../contract.ts';
import { useThingState } from './words.tsx';

export type Answer = Output<typeof scanStock>;

const TONES: Readonly<Record<Answer['verdict'], 'good' | 'decide' | 'bad'>> = {
  expected: 'good',
  arrived: 'good',
  found: 'good',
  pieces: 'decide',
  place: 'decide',
  again: 'decide',
  aside: 'decide',
  elsewhere: 'bad',
  unknown: 'bad',
};

/** The large answer to a scan: what the books say of it. */
export function Told({ answer: a }: { answer: Answer }) {
  const t = useTexts('stock');
  const say = useSay();
  const state = useThingState();
  const differs = a.qty !== undefined && a.bookedQty !== undefined && a.qty !== a.bookedQty;
  const isNowhere = a.verdict === 'place' && a.bookedPlace === undefined;
  const word = differs ? 'differs' : isNowhere ? 'unplaced' : a.verdict;
  const tone = differs ? 'decide' : TONES[a.verdict];
  const marks = {
    state: a.state ? state(a.state) : '',
    place: a.bookedPlace ?? '',
    booked: a.bookedQty ?? 0,
    qty: a.qty ?? 0,
  };
  return (
    <Verdict tone={tone} title={a.code}>
      <strong>{t(`verdict.${word}`, marks)}</strong>
      {a.name ? <div>{say(a.name)}</div> : null}
      {a.before ? (
        <div>
          {t('before', { by: a.before.by })} <Time at={a.before.at} ago />
          {a.before.qty ? ` · ${t('pieces', { n: a.before.qty })}` : ''}
        </div>
      ) : null}
    </Verdict>
  );
}
