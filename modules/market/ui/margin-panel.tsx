import {
  Chart,
  EmptyState,
  Figure,
  formatMoney,
  formatShare,
  Grid,
  type Output,
  Reading,
  Stack,
  useGo,
  useLang,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useMemo } from 'react';
import { marginFigures } from '../contract.ts';

type Figures = Output<typeof marginFigures>;

/** So much for each of so many; whole fen. */
const each = (fen: string, units: number) => BigInt(Math.round(Number(fen) / Math.max(1, units)));

/** What a unit brings: price without the deposit less direct cost, and how much of the cost is known. */
export default function MarginPanel() {
  const t = useTexts('market');
  const found = useRead(marginFigures, {});
  return (
    <Reading of={found}>
      {(f) =>
        f.sold === 0 ? (
          <EmptyState icon="chart" title={t('margin.none')}>
            {t('margin.noneNext')}
          </EmptyState>
        ) : (
          <Margin figures={f} />
        )
      }
    </Reading>
  );
}

function Margin({ figures: f }: { figures: Figures }) {
  const t = useTexts('market');
  const lang = useLang();
  const yuan = (fen: string | bigint) => formatMoney(fen, lang);
  const to = { to: '/office/margins', search: { from: f.from, to: f.to } };
  const isKnown = f.units > 0;
  const unknown = f.sold - f.units;
  return (
    <Stack>
      <Grid min={180}>
        <Figure
          label={t('margin.each')}
          value={isKnown ? yuan(each(f.marginFen, f.units)) : '—'}
          note={t('margin.of', { n: f.units, sales: yuan(f.salesFen), cost: yuan(f.costFen) })}
          to={to}
        />
        <Figure
          label={t('margin.sales')}
          value={isKnown ? yuan(each(f.salesFen, f.units)) : '—'}
          to={to}
        />
        <Figure
          label={t('margin.cost')}
          value={isKnown ? yuan(each(f.costFen, f.units)) : '—'}
          to={to}
        />
        <Figure
          label={t('margin.rate')}
          value={
            f.salesFen === '0' || !isKnown
              ? '—'
              : formatShare(Number(f.marginFen) / Number(f.salesFen), lang)
          }
          note={t('margin.coveredOf', {
            priced: formatShare(f.priced, lang, 0),
            metered: formatShare(f.metered, lang, 0),
          })}
          to={to}
        />
      </Grid>
      <ByWeek figures={f} />
      <p className="z-note">
        {t('margin.leftOut', {
          n: f.unconfirmed,
          labour: yuan(BigInt(f.rates.labourFenPerHour)),
          energy: yuan(BigInt(f.rates.energyFenPerKwh)),
        })}{' '}
        {unknown > 0 ? t('margin.unknown', { n: unknown }) : null}
      </p>
    </Stack>
  );
}

function ByWeek({ figures: { weeks, units, marginFen } }: { figures: Figures }) {
  const t = useTexts('market');
  const lang = useLang();
  const go = useGo();
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis' as const },
      xAxis: { type: 'category' as const, data: weeks.map((w) => w.from.slice(5)) },
      yAxis: {
        ...{ type: 'value' as const, name: t('margin.byWeek') },
        nameTextStyle: { align: 'left' as const },
      },
      series: [
        {
          ...{ type: 'bar' as const, name: t('margin.margin'), barMaxWidth: 36 },
          data: weeks.map((w) => (w.units > 0 ? Number(each(w.marginFen, w.units)) / 100 : null)),
        },
      ],
    }),
    [weeks, t],
  );
  return (
    <Chart
      option={option}
      height={220}
      summary={t('margin.summary', {
        n: units,
        weeks: weeks.length,
        each: formatMoney(each(marginFen, units), lang),
      })}
      table={{
        head: [t('margin.week'), t('margin.units'), t('margin.each')],
        rows: weeks.map((w) => [
          w.from,
          w.units,
          w.units > 0 ? formatMoney(each(w.marginFen, w.units), lang) : '—',
        ]),
      }}
      onPick={({ dataIndex }) => {
        const week = weeks[dataIndex];
        if (week) go({ to: '/office/margins', search: { from: week.from, to: week.to } });
      }}
    />
  );
}
