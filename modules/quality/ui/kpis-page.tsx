import {
  DayField,
  EmptyState,
  Figure,
  formatMoney,
  formatNumber,
  formatShare,
  Grid,
  Link,
  LinkButton,
  NumberField,
  type Output,
  Reading,
  Row,
  Section,
  Stack,
  useAddress,
  useLang,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { productKpis } from '../contract.ts';
import { LifeFacts } from './life.tsx';

type Kpi = Output<typeof productKpis>['items'][number];

/** 四指标: quality, cost, cycle time and life of every product, each with its definition. */
export default function KpisPage() {
  const t = useTexts('quality');
  const say = useSay();
  const [search, change] = useAddress();
  const given = (id: 'labour' | 'energy') => {
    const yuan = Number(search[id] ?? Number.NaN);
    return yuan >= 0 ? yuan : undefined; // an address may say anything
  };
  const [labour, energy] = [given('labour'), given('energy')];
  const query = {
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
    ...(labour === undefined ? {} : { labourFenPerHour: Math.round(labour * 100) }),
    ...(energy === undefined ? {} : { energyFenPerKwh: Math.round(energy * 100) }),
  };
  const found = useRead(productKpis, { query });
  const rate = (id: 'labour' | 'energy', fallback: number) => (
    <NumberField
      label={t(`kpi.${id}`)}
      min={0}
      value={given(id) ?? fallback}
      onChange={(v) => change({ [id]: v === undefined ? undefined : String(v) })}
    />
  );
  return (
    <OfficePage title={t('kpi.title')} note={t('kpi.note')}>
      <Row>
        <DayField
          label={t('kpi.from')}
          required={false}
          value={search.from}
          onChange={(from) => change({ from })}
        />
        <DayField
          label={t('kpi.to')}
          required={false}
          value={search.to}
          onChange={(to) => change({ to })}
        />
        {rate('labour', 40)}
        {rate('energy', 0.7)}
      </Row>
      <Reading of={found}>
        {({ items, definitions }) => (
          <>
            {items.length === 0 ? (
              <EmptyState
                icon="gauge"
                title={t('kpi.none')}
                action={<LinkButton to="/office/units">{t('kpi.units')}</LinkButton>}
              >
                {t('kpi.noneNext')}
              </EmptyState>
            ) : null}
            {items.map((k) => (
              <Product key={k.part.id} kpi={k} />
            ))}
            <Section title={t('kpi.definitions')}>
              <dl>
                {definitions.map((d) => (
                  <div key={d.figure}>
                    <dt>
                      <strong>{say(d.name)}</strong>
                    </dt>
                    <dd className="z-note">{say(d.text)}</dd>
                  </div>
                ))}
              </dl>
            </Section>
          </>
        )}
      </Reading>
    </OfficePage>
  );
}

function Product({ kpi: k }: { kpi: Kpi }) {
  const t = useTexts('quality');
  const say = useSay();
  const lang = useLang();
  const { quality: q, cost, cycle } = k;
  const yuan = (fen: string) => formatMoney(fen, lang);
  return (
    <Section
      title={
        <Link to="/office/catalogue/parts/$partId" params={{ partId: k.part.id }}>
          {k.part.number} {say(k.part.name)}
        </Link>
      }
      note={t('kpi.made', { n: k.units })}
    >
      <Stack gap={16}>
        <Grid min={200}>
          <Figure
            label={t('kpi.firstPass')}
            value={q.firstTested > 0 ? formatShare(q.firstPassed / q.firstTested, lang) : '—'}
            note={t('kpi.firstPassOf', { passed: q.firstPassed, tested: q.firstTested })}
            to={{ to: '/office/tests', search: { partId: k.part.id } }}
          />
          <Figure
            label={t('kpi.faults')}
            value={`${q.faulty} / ${q.inService}`}
            note={t('kpi.claimsOf', { n: q.claims, nff: q.noFault, out: q.excluded })}
            to={{ to: '/office/claims' }}
          />
          <Figure
            label={t('kpi.cost')}
            value={cost ? yuan(cost.totalFen) : '—'}
            {...(cost
              ? {
                  note: t('kpi.costOf', {
                    parts: yuan(cost.newPartsFen),
                    cores: yuan(cost.coresFen),
                    labour: yuan(cost.labourFen),
                    energy: yuan(cost.energyFen),
                    warranty: yuan(cost.warrantyFen),
                    metered: formatShare(cost.metered, lang, 0),
                  }),
                }
              : {})}
          />
          <Figure
            label={t('kpi.cycle')}
            value={cycle.medianHours === undefined ? '—' : formatNumber(cycle.medianHours, lang, 1)}
            unit={t('kpi.hours')}
            {...(cycle.p90Hours === undefined
              ? {}
              : {
                  note: t('kpi.cycleOf', {
                    p90: formatNumber(cycle.p90Hours, lang, 1),
                    days: formatNumber(cycle.medianDaysFromCore ?? 0, lang, 1),
                  }),
                })}
          />
        </Grid>
        <Stack gap={8}>
          <h3>{t('kpi.life')}</h3>
          <LifeFacts life={k.life} />
        </Stack>
      </Stack>
    </Section>
  );
}
