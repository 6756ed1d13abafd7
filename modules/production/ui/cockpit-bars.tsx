import { Chart, EmptyState, useTexts } from '@zaizao/platform/ui';
import { useMemo } from 'react';

interface BarsProps {
  readonly summary: string;
  readonly what: string;
  readonly rows: readonly { readonly id: string; readonly name: string; readonly value: number }[];
  readonly lying?: boolean;
  readonly show?: (value: number) => string;
  readonly onPick?: (id: string) => void;
}

/** One row of bars, with its table; lying when the names are long. */
export function Bars({ summary, what, rows, lying = false, show = String, onPick }: BarsProps) {
  const option = useMemo(() => {
    const names = { type: 'category' as const, data: rows.map((r) => r.name), inverse: lying };
    const values = {
      ...{ type: 'value' as const, name: what, minInterval: 1 },
      ...(lying
        ? { nameLocation: 'middle' as const, nameGap: 26 }
        : { nameTextStyle: { align: 'left' as const } }),
    };
    return {
      grid: { left: 8, right: 24, top: lying ? 8 : 36, bottom: lying ? 26 : 8, containLabel: true },
      tooltip: { trigger: 'axis' as const },
      xAxis: lying ? values : names,
      yAxis: lying ? names : values,
      series: [
        { type: 'bar' as const, name: what, data: rows.map((r) => r.value), barMaxWidth: 36 },
      ],
    };
  }, [rows, what, lying]);
  if (rows.every((r) => r.value === 0)) {
    return <NothingYet />;
  }
  return (
    <Chart
      option={option}
      summary={summary}
      height={240}
      table={{ head: ['', what], rows: rows.map((r) => [r.name, show(r.value)]) }}
      onPick={(point) => {
        const row = rows[point.dataIndex];
        if (row) onPick?.(row.id);
      }}
    />
  );
}

/** Said where a chart would be empty. */
export function NothingYet() {
  const t = useTexts('production');
  return (
    <EmptyState icon="chart" title={t('cockpit.nothing')}>
      {t('cockpit.nothingNext')}
    </EmptyState>
  );
}
