import {
  Day,
  Facts,
  formatDay,
  Link,
  Money,
  Num,
  type Output,
  Photo,
  Row,
  StatusTag,
  Timeline,
  type Tone,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { z } from 'zod';
import { type ClaimState, type getClaim, type getMyClaim, SYMPTOMS } from '../contract.ts';
import { passportOf, usePartName } from './words.tsx';

export type SellerClaim = Output<typeof getClaim>;
type Shown = Output<typeof getMyClaim>;
type State = z.output<typeof ClaimState>;

const TONES: Readonly<Record<State, Tone>> = {
  filed: 'decide',
  received: 'decide',
  accepted: 'busy',
  refused: 'idle',
  remedied: 'good',
  withdrawn: 'idle',
};

export const CLAIM_STATES = Object.keys(TONES) as State[]; // keys of the record above

export function ClaimTag({ state }: { state: State }) {
  const t = useTexts('market');
  return <StatusTag tone={TONES[state]}>{t(`claimState.${state}`)}</StatusTag>;
}

/** What was claimed, under which terms, and what was decided. */
export function ClaimFacts({ claim: c }: { claim: Shown }) {
  const t = useTexts('market');
  const lang = useLang();
  const say = useSay();
  const part = usePartName();
  const { terms } = c;
  return (
    <>
      <Facts
        rows={[
          [
            t('order.unit'),
            <Link key="u" to={passportOf(c.epc)}>
              {c.serial} {part(c.part)}
            </Link>,
          ],
          [t('claim.symptom'), say(SYMPTOMS[c.symptom])],
          [t('claim.complaint'), c.complaint],
          [t('claim.occurredOn'), <Day key="d" day={c.occurredOn} />],
          [
            t('claim.mileage'),
            c.mileageKm === undefined ? undefined : <Num key="m" value={c.mileageKm} />,
          ],
          [
            t('claim.terms'),
            <span key="t">
              <StatusTag tone={terms.covered ? 'good' : 'decide'}>
                {t(terms.covered ? 'claim.covered' : 'claim.notCovered')}
              </StatusTag>{' '}
              {t('store.warranty', { n: terms.months })}
              {terms.km ? ` · ${t('claim.orKm', { n: terms.km })}` : ''}
              {terms.until ? ` · ${t('claim.until', { day: formatDay(terms.until, lang) })}` : ''}
              {terms.usedKm === undefined ? '' : ` · ${t('claim.usedKm', { n: terms.usedKm })}`}
              {terms.text ? ` · ${terms.text}` : ''}
            </span>,
          ],
          [t('claim.verdict'), c.verdict ? t(`verdict.${c.verdict}`) : undefined],
          [t('claim.remedy'), c.remedy ? t(`remedy.${c.remedy}`) : undefined],
          [t('claim.reason'), c.reason],
          [t('claim.core'), c.coreCode],
          [
            t('claim.replacement'),
            c.replacement ? `${c.replacement.serial} · ${c.replacement.orderCode}` : undefined,
          ],
          [t('claim.refund'), c.refundFen ? <Money key="r" fen={c.refundFen} /> : undefined],
          [t('claim.note'), c.remedyNote],
        ]}
      />
      <Row>
        {c.photos.map((sha256, i) => (
          <Photo key={sha256} sha256={sha256} alt={t('claim.photoOf', { n: i + 1 })} size={88} />
        ))}
      </Row>
    </>
  );
}

export function ClaimSteps({ claim: c }: { claim: Shown }) {
  const t = useTexts('market');
  return (
    <Timeline
      entries={[...c.steps]
        .reverse()
        .map((s) => ({ id: `${s.state} ${s.at}`, at: s.at, title: t(`claimState.${s.state}`) }))}
    />
  );
}
