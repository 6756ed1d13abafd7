import {
  DayField,
  EmptyState,
  formatDuration,
  NumberField,
  type Output,
  Reading,
  Row,
  Section,
  Time,
  useAddress,
  useLang,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { getOutcomes } from '../contract.ts';
import './plan.css';
import { useShare } from './words.tsx';

type Outcomes = Output<typeof getOutcomes>;
type Period = NonNullable<Outcomes['before']>;

/** 优化成效: the floor's own figures before and after, and every plan against first come, first served. */
export default function OutcomesPage() {
  const t = useTexts('planning');
  const [search, change] = useAddress();
  const days = Number(search.days ?? 28);
  const outcomes = useRead(getOutcomes, {
    query: { days, ...(search.since ? { since: search.since } : {}) },
  });
  return (
    <OfficePage title={t('outcome.title')} note={t('outcome.note')}>
      <Row gap={12}>
        <DayField
          label={t('outcome.since')}
          hint={t('outcome.sinceHint')}
          required={false}
          value={search.since}
          onChange={(v) => change({ since: v })}
        />
        <NumberField
          label={t('outcome.days')}
          min={1}
          max={366}
          value={days}
          onChange={(v) => change({ days: v === undefined ? undefined : String(v) })}
        />
      </Row>
      <Reading of={outcomes}>
        {(o) => (
          <>
            {o.before && o.after ? (
              <Periods before={o.before} after={o.after} />
            ) : (
              <EmptyState icon="line" title={t('outcome.none')}>
                {t('outcome.noneNext')}
              </EmptyState>
            )}
            {o.plans.length > 0 ? <Plans plans={o.plans} /> : null}
          </>
        )}
      </Reading>
    </OfficePage>
  );
}

function Periods({ before, after }: { before: Period; after: Period }) {
  const t = useTexts('planning');
  const lang = useLang();
  const share = useShare();
  const long = (s: number | undefined) => (s === undefined ? '—' : formatDuration(s, lang));
  const part = (a: number, of: number) => (of > 0 ? share(a / of) : '—');
  const rows = [
    ['output', (p: Period) => String(p.ended)],
    ['onTime', (p: Period) => `${part(p.onTime, p.due)} (${p.onTime}/${p.due})`],
    ['lead', (p: Period) => long(p.leadSeconds)],
    ['firstPass', (p: Period) => part(p.operations - p.operationsFailed, p.operations)],
    ['scrap', (p: Period) => part(p.failed, p.ended + p.failed)],
    ['work', (p: Period) => long(p.workSecondsEach)],
    [
      'energy',
      (p: Period) => (p.energyKwhEach === undefined ? '—' : `${p.energyKwhEach.toFixed(2)} kWh`),
    ],
  ] as const;
  return (
    <Section title={t('outcome.floor')} note={t('outcome.floorNote')} flush>
      <div className="z-scroll">
        <table className="z-plain-table z-plan-table">
          <thead>
            <tr>
              <th scope="col">{t('compare.figure')}</th>
              <th scope="col">
                {t('outcome.before')}{' '}
                <small>
                  <Time at={before.from} /> – <Time at={before.to} />
                </small>
              </th>
              <th scope="col">
                {t('outcome.after')}{' '}
                <small>
                  <Time at={after.from} /> – <Time at={after.to} />
                </small>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([id, show]) => (
              <tr key={id}>
                <th scope="row">
                  {t(`outcome.${id}`)} <small className="z-note">{t(`outcome.group.${id}`)}</small>
                </th>
                <td className="z-num">{show(before)}</td>
                <td className="z-num">{show(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Plans({ plans }: { plans: Outcomes['plans'] }) {
  const t = useTexts('planning');
  const lang = useLang();
  return (
    <Section title={t('outcome.plans')} note={t('outcome.plansNote')} flush>
      <div className="z-scroll">
        <table className="z-plain-table z-plan-table">
          <thead>
            <tr>
              <th scope="col">{t('plans.code')}</th>
              <th scope="col">{t('outcome.published')}</th>
              <th scope="col">{t('figure.late')}</th>
              <th scope="col">{t('figure.lateness')}</th>
              <th scope="col">{t('figure.makespan')}</th>
            </tr>
          </thead>
          <tbody>
            {plans.map((p) => (
              <tr key={p.id}>
                <td>{p.code}</td>
                <td>
                  <Time at={p.publishedAt} />
                </td>
                <td className="z-num">
                  {p.baseline.lateOrders} → {p.figures.lateOrders}
                </td>
                <td className="z-num">
                  {formatDuration(p.baseline.weightedLateness, lang)} →{' '}
                  {formatDuration(p.figures.weightedLateness, lang)}
                </td>
                <td className="z-num">
                  {formatDuration(p.baseline.makespan, lang)} →{' '}
                  {formatDuration(p.figures.makespan, lang)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
