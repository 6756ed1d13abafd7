import { listCharacteristics, listParts } from '@zaizao/modules/catalog/contract';
import {
  Chart,
  EmptyState,
  formatNumber,
  type Output,
  Reading,
  Section,
  SelectField,
  Stack,
  token,
  useAddress,
  useLang,
  useList,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { listTests, overlayCurves, valueTrend } from '../contract.ts';
import { useLimitLines } from './curve-picture.tsx';

/** How a product tests over many units: its curves on one another, its values in their order. */
export default function CurvesPage() {
  const t = useTexts('quality');
  const say = useSay();
  const [search, change] = useAddress();
  const { items } = useList(listParts, { query: { kind: 'product', limit: 200 } });
  const newest = useList(listTests, { query: { limit: 1 } });
  const tested = newest.items[0]?.unit.part.id;
  const partId = search.part ?? (newest.isLoading ? undefined : (tested ?? items[0]?.id));
  return (
    <OfficePage title={t('overlay.title')} note={t('overlay.note')}>
      <SelectField
        label={t('part')}
        value={partId}
        onChange={(v) => change({ part: v, name: undefined, row: undefined })}
        choices={items.map((p) => ({ value: p.id, label: `${p.number} ${say(p.name)}` }))}
      />
      {partId ? (
        <Stack>
          <Overlay key={`o${partId}`} partId={partId} />
          <Trend key={`t${partId}`} partId={partId} />
        </Stack>
      ) : null}
    </OfficePage>
  );
}

function Overlay({ partId }: { partId: string }) {
  const t = useTexts('quality');
  const [search, change] = useAddress();
  const query = search.name ? { partId, name: search.name } : { partId };
  const overlaid = useRead(overlayCurves, { query });
  return (
    <Reading of={overlaid}>
      {(o) => (
        <Section
          title={t('curve.title')}
          actions={
            o.names.length > 1 ? (
              <SelectField
                label={t('curve.name')}
                value={o.name}
                onChange={(v) => change({ name: v })}
                choices={o.names.map((n) => ({ value: n, label: n }))}
              />
            ) : undefined
          }
        >
          {o.curves.length === 0 ? (
            <EmptyState icon="line" title={t('overlay.none')}>
              {t('overlay.noneNext')}
            </EmptyState>
          ) : (
            <Chart
              height={340}
              summary={t('overlay.summary', { n: o.curves.length, name: o.name })}
              option={{
                grid: { left: 8, right: 16, top: 48, bottom: 8, containLabel: true },
                legend: { type: 'scroll', top: 0 },
                tooltip: { trigger: 'axis' },
                dataZoom: [{ type: 'inside' }],
                xAxis: { type: 'value', name: 's' },
                yAxis: { type: 'value', name: o.unit, scale: true },
                series: o.curves.map((c) => ({
                  type: 'line',
                  name: c.serial,
                  data: c.points,
                  showSymbol: false,
                  lineStyle:
                    c.state === 'failed'
                      ? { width: 2, color: token('red') }
                      : { width: 1, opacity: 0.7 },
                })),
              }}
              table={{
                head: [t('serial'), t('state'), t('curve.max')],
                rows: o.curves.map((c) => [
                  c.serial,
                  t(`testState.${c.state}`),
                  Math.max(...c.points.map(([, v]) => v)),
                ]),
              }}
            />
          )}
        </Section>
      )}
    </Reading>
  );
}

function Trend({ partId }: { partId: string }) {
  const t = useTexts('quality');
  const say = useSay();
  const [search, change] = useAddress();
  const plan = useRead(listCharacteristics, { params: { partId } });
  const rows = (plan.data?.items ?? []).filter(
    (x) => x.purpose !== 'inspection' && x.unit !== 'bool',
  );
  const rowId = rows.find((r) => r.id === search.row)?.id ?? rows[0]?.id;
  if (!rowId) return null;
  return (
    <Section
      title={t('trend.title')}
      note={t('trend.note')}
      actions={
        <SelectField
          label={t('trend.row')}
          value={rowId}
          onChange={(v) => change({ row: v })}
          choices={rows.map((r) => ({ value: r.id, label: `${r.code} ${say(r.name)}` }))}
        />
      }
    >
      <TrendChart characteristicId={rowId} />
    </Section>
  );
}

/** An axis that shows every value and every line, with a little air. */
function rangeOf(v: Output<typeof valueTrend>): { min: number; max: number } {
  const marks = [
    ...v.values.map((x) => x.value),
    ...v.limits.flatMap((l) => [l.min ?? [], l.max ?? []].flat()),
    ...(v.control ? [v.control.lower, v.control.upper] : []),
  ].map(Number);
  const [low, high] = [Math.min(...marks), Math.max(...marks)];
  const air = (high - low || Math.abs(high) || 1) * 0.08;
  const round = (n: number) => Number(n.toPrecision(3));
  return { min: round(low - air), max: round(high + air) };
}

function TrendChart({ characteristicId }: { characteristicId: string }) {
  const t = useTexts('quality');
  const lang = useLang();
  const linesOf = useLimitLines();
  const trend = useRead(valueTrend, { query: { characteristicId } });
  return (
    <Reading of={trend}>
      {(v) => {
        if (v.values.length === 0) return <p className="z-note">{t('trend.none')}</p>;
        const f = (n: number) => formatNumber(n, lang, 2);
        const { control } = v;
        const controls = control
          ? (['upper', 'mean', 'lower'] as const).map((k) => ({
              yAxis: control[k],
              lineStyle: { color: token('text-3'), type: k === 'mean' ? 'solid' : 'dotted' },
              label: {
                formatter: `${t(`trend.${k}`)} ${f(control[k])}`,
                position: 'insideStartTop',
              },
            }))
          : [];
        return (
          <Chart
            height={300}
            summary={
              control
                ? t('trend.summary', { n: v.values.length, mean: f(control.mean), unit: v.unit })
                : t('trend.few', { n: v.values.length })
            }
            option={{
              grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
              tooltip: { trigger: 'axis' },
              xAxis: { type: 'category', data: v.values.map((x) => x.serial) },
              yAxis: { type: 'value', name: v.unit, ...rangeOf(v) },
              series: [
                {
                  type: 'line',
                  name: v.unit,
                  symbolSize: 6,
                  data: v.values.map((x) => Number(x.value)),
                  markLine: {
                    silent: true,
                    symbol: 'none',
                    lineStyle: { color: token('red'), type: 'dashed' },
                    data: [...linesOf(v.limits), ...controls],
                  },
                },
              ],
            }}
            table={{
              head: [t('serial'), v.unit],
              rows: v.values.map((x) => [x.serial, x.value]),
            }}
          />
        );
      }}
    </Reading>
  );
}
