import {
  Chart,
  DayField,
  EmptyState,
  Figure,
  formatMoney,
  formatShare,
  Grid,
  Link,
  LinkButton,
  Num,
  type Output,
  Quantity,
  Reading,
  Row,
  Section,
  useAddress,
  useLang,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useMemo } from 'react';
import { fourR } from '../contract.ts';
import { usePartName } from './words.tsx';

type Report = Output<typeof fourR>;

/** 4R: what the plant keeps in use, what it recycles, and the new parts it did without; by mass, said each time. */
export default function FourRPage() {
  const t = useTexts('production');
  const say = useSay();
  const [search, change] = useAddress();
  const query = {
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
  };
  const report = useRead(fourR, { query });
  return (
    <OfficePage title={t('fourR.title')} note={t('fourR.note')}>
      <Row>
        <DayField
          label={t('fourR.from')}
          value={search.from}
          onChange={(from) => change({ from })}
          required={false}
        />
        <DayField
          label={t('fourR.to')}
          value={search.to}
          onChange={(to) => change({ to })}
          required={false}
        />
      </Row>
      <Reading of={report}>
        {(r) =>
          r.total.units === 0 && r.total.recycle.pieces === 0 ? (
            <EmptyState
              icon="recycle"
              title={t('fourR.none')}
              action={<LinkButton to="/office/units">{t('units.title')}</LinkButton>}
            >
              {t('fourR.noneNext')}
            </EmptyState>
          ) : (
            <>
              <Figures report={r} />
              <p className="z-note">{say(r.basis)}</p>
              <Section title={t('fourR.byMonth')}>
                <Months report={r} />
              </Section>
              <Section title={t('fourR.byProduct')} flush>
                <Products report={r} />
              </Section>
              <Section title={t('fourR.recycled')}>
                <Streams report={r} />
              </Section>
            </>
          )
        }
      </Reading>
    </OfficePage>
  );
}

function Figures({ report: { total } }: { report: Report }) {
  const t = useTexts('production');
  const lang = useLang();
  const kg = (g: number) => t('fourR.kg', { n: (g / 1000).toFixed(1) });
  return (
    <Grid min={200}>
      <Figure
        label={t('fourR.reduce')}
        value={formatShare(total.reduce.byMass, lang)}
        note={t('fourR.reduceOf', {
          kept: kg(total.reduce.massG),
          all: kg(total.builtG),
          money: formatMoney(total.reduce.newPartsFen, lang),
          priced: formatShare(total.reduce.priced, lang, 0),
        })}
      />
      <Figure
        label={t('fourR.reuse')}
        value={formatShare(total.reuse.byMass, lang)}
        note={t('fourR.ofUnits', { mass: kg(total.reuse.massG), n: total.reuse.pieces })}
      />
      <Figure
        label={t('fourR.remanufacture')}
        value={formatShare(total.remanufacture.byMass, lang)}
        note={t('fourR.ofUnits', {
          mass: kg(total.remanufacture.massG),
          n: total.remanufacture.pieces,
        })}
      />
      <Figure
        label={t('fourR.recycle')}
        value={formatShare(total.recycle.byMass, lang)}
        note={t('fourR.ofApart', { mass: kg(total.recycle.massG), n: total.recycle.pieces })}
      />
    </Grid>
  );
}

function Months({ report: { byMonth } }: { report: Report }) {
  const t = useTexts('production');
  const option = useMemo(() => {
    const bar = (name: string, of: (m: (typeof byMonth)[number]) => number) => ({
      ...{ type: 'bar' as const, stack: 'mass', name, barMaxWidth: 48 },
      data: byMonth.map((m) => Math.round(of(m) / 100) / 10),
    });
    return {
      grid: { left: 8, right: 16, top: 60, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: { trigger: 'axis' as const },
      xAxis: { type: 'category' as const, data: byMonth.map((m) => m.month) },
      yAxis: { type: 'value' as const, name: 'kg' },
      series: [
        bar(t('fourR.reuse'), (m) => m.reuseG),
        bar(t('fourR.remanufacture'), (m) => m.remanufactureG),
        bar(t('fourR.newParts'), (m) => m.newG),
      ],
    };
  }, [byMonth, t]);
  const rows = byMonth.map((m) => [
    m.month,
    (m.reuseG / 1000).toFixed(1),
    (m.remanufactureG / 1000).toFixed(1),
    (m.newG / 1000).toFixed(1),
  ]);
  const head = [t('fourR.month'), t('fourR.reuse'), t('fourR.remanufacture'), t('fourR.newParts')];
  const summary = `${t('fourR.byMonth')}: ${byMonth
    .map((m) => `${m.month} ${Math.round(100 * m.reduce)} %`)
    .join(', ')}`;
  return <Chart option={option} summary={summary} height={260} table={{ head, rows }} />;
}

function Products({ report: { byProduct } }: { report: Report }) {
  const t = useTexts('production');
  const lang = useLang();
  const part = usePartName();
  const share = (title: string, value: number) => (
    <td data-title={title} className="z-end z-num">
      {formatShare(value, lang)}
    </td>
  );
  return (
    <div className="z-table-scroll">
      <table className="z-table">
        <thead>
          <tr>
            <th scope="col">{t('unit.part')}</th>
            <th scope="col" className="z-end">
              {t('fourR.units')}
            </th>
            {(['reduce', 'reuse', 'remanufacture'] as const).map((k) => (
              <th key={k} scope="col" className="z-end">
                {t(`fourR.${k}`)}
              </th>
            ))}
            <th scope="col" className="z-end">
              {t('fourR.newParts')}
            </th>
          </tr>
        </thead>
        <tbody>
          {byProduct.map((p) => (
            <tr key={p.part.id}>
              <td data-title={t('unit.part')}>
                <Link to="/office/catalogue/parts/$partId" params={{ partId: p.part.id }}>
                  {part(p.part)}
                </Link>
              </td>
              <td data-title={t('fourR.units')} className="z-end z-num">
                <Num value={p.units} />
              </td>
              {share(t('fourR.reduce'), p.reduce.byMass)}
              {share(t('fourR.reuse'), p.reuse.byMass)}
              {share(t('fourR.remanufacture'), p.remanufacture.byMass)}
              <td data-title={t('fourR.newParts')} className="z-end z-num">
                <Quantity value={(p.newG / 1000).toFixed(1)} unit="KGM" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Streams({ report: { recycled } }: { report: Report }) {
  const t = useTexts('production');
  if (recycled.length === 0) return <p className="z-note">{t('fourR.nothingRecycled')}</p>;
  return (
    <Grid min={150}>
      {recycled.map((r) => (
        <Figure
          key={r.stream}
          label={t(`stream.${r.stream}`)}
          value={<Quantity value={(r.massG / 1000).toFixed(1)} unit="KGM" />}
          note={t('fourR.pieces', { n: r.pieces })}
        />
      ))}
    </Grid>
  );
}
