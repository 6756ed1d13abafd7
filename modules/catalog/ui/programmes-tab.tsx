import {
  Day,
  EmptyState,
  Facts,
  Money,
  Num,
  Reading,
  Section,
  StatusTag,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { z } from 'zod';
import { listProgrammes } from '../contract.ts';

type Programme = z.output<(typeof listProgrammes)['response']>['items'][number];

/** The dated rules by which cores of this part are taken back and bought. */
export function ProgrammesTab({ partId }: { partId: string }) {
  const t = useTexts('catalog');
  const list = useRead(listProgrammes, { params: { partId } });
  return (
    <Reading of={list}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="coin" title={t('programme.none')}>
            {t('programme.noneNext')}
          </EmptyState>
        ) : (
          items.map((p) => <ProgrammeSection key={p.id} programme={p} />)
        )
      }
    </Reading>
  );
}

function ProgrammeSection({ programme: p }: { programme: Programme }) {
  const t = useTexts('catalog');
  return (
    <Section
      title={t('programme.title', { code: p.code, n: p.version })}
      actions={
        <StatusTag tone={p.inForce ? 'good' : 'idle'}>
          {p.inForce ? t('programme.inForce') : t('programme.notInForce')}
        </StatusTag>
      }
    >
      <Facts
        rows={[
          [t('validFrom'), <Day key="from" day={p.validFrom} />],
          [t('programme.validTo'), p.validTo ? <Day key="to" day={p.validTo} /> : undefined],
          [
            t('programme.window'),
            t('programme.windowText', {
              n: p.windowDays,
              start: t(`programme.start.${p.startEvent}`),
            }),
          ],
          [t('programme.deposit'), <Money key="d" fen={p.depositFen} />],
          [
            t('programme.quota'),
            p.quota.fullPct === undefined
              ? undefined
              : t('programme.quotaText', {
                  full: p.quota.fullPct,
                  half: p.quota.halfPct ?? 0,
                  months: p.quota.months ?? 12,
                }),
          ],
          [t('basis'), p.basis || undefined],
        ]}
      />
      <GradeTable grades={p.grades} depositFen={p.depositFen} />
      <CriteriaTable criteria={p.criteria} />
    </Section>
  );
}

/** What each grade means and pays. */
export function GradeTable(props: { grades: Programme['grades']; depositFen: string }) {
  const t = useTexts('catalog');
  const say = useSay();
  return (
    <div className="z-table-scroll">
      <table className="z-table">
        <thead>
          <tr>
            <th>{t('programme.grade')}</th>
            <th>{t('programme.meaning')}</th>
            <th className="z-end">{t('programme.credit')}</th>
            <th className="z-end">{t('programme.depositBack')}</th>
            <th>{t('basis')}</th>
          </tr>
        </thead>
        <tbody>
          {props.grades.map((g) => (
            <tr key={g.grade}>
              <td>
                <strong>{g.grade}</strong>
              </td>
              <td>{say(g.text)}</td>
              <td className="z-end">
                <Money fen={g.creditFen} />
              </td>
              <td className="z-end">
                <Money fen={(BigInt(props.depositFen) * BigInt(g.pct)) / 100n} />{' '}
                <small className="z-note">
                  <Num value={g.pct} />%
                </small>
              </td>
              <td className="z-note">{g.basis}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The questions that decide the grade. */
export function CriteriaTable({ criteria }: { criteria: Programme['criteria'] }) {
  const t = useTexts('catalog');
  const say = useSay();
  return (
    <div className="z-table-scroll">
      <table className="z-table">
        <thead>
          <tr>
            <th>{t('programme.question')}</th>
            <th>{t('programme.ifNot')}</th>
            <th>{t('basis')}</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((c) => (
            <tr key={c.code}>
              <td>{say(c.text)}</td>
              <td>{t(`programme.failsTo.${c.failsTo}`)}</td>
              <td className="z-note">{c.basis}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
