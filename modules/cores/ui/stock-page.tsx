import {
  Chart,
  type ChartOption,
  EmptyState,
  Figure,
  Grid,
  Link,
  LinkButton,
  Money,
  Num,
  Reading,
  Section,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { useMemo } from 'react';
import { coreStock } from '../contract.ts';
import { GRADES, GradeMark, type Output } from './words.tsx';

type Row = Output<typeof coreStock>['rows'][number];

/** What lies on the shelves, by family, part and grade, with its age and what it cost. */
export default function StockPage() {
  const t = useTexts('cores');
  const stock = useRead(coreStock, {});
  return (
    <OfficePage title={t('stock.title')} note={t('stock.note')}>
      <Reading of={stock}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState
              icon="warehouse"
              title={t('stock.none')}
              action={<LinkButton to="/floor/receive">{t('receive.title')}</LinkButton>}
            >
              {t('stock.noneNext')}
            </EmptyState>
          ) : (
            <Stock rows={rows} />
          )
        }
      </Reading>
    </OfficePage>
  );
}

function Stock({ rows }: { rows: readonly Row[] }) {
  const t = useTexts('cores');
  const count = rows.reduce((n, r) => n + r.count, 0);
  const aged = rows.reduce((n, r) => n + r.over30Days, 0);
  const value = rows.reduce((n, r) => n + BigInt(r.creditFen), 0n);
  return (
    <>
      <Grid>
        <Figure
          label={t('stock.count')}
          value={<Num value={count} />}
          to={{ to: '/office/cores', search: { inStock: 'yes' } }}
        />
        <Figure
          label={t('stock.value')}
          value={<Money fen={value} />}
          to={{ to: '/office/cores', search: { inStock: 'yes' } }}
        />
        <Figure
          label={t('stock.aged')}
          value={<Num value={aged} />}
          {...(aged > 0 ? { tone: 'decide' as const } : {})}
          to={{ to: '/office/cores', search: { inStock: 'yes', aged: 'yes' } }}
        />
      </Grid>
      <Section title={t('stock.byGrade')}>
        <GradeChart rows={rows} />
      </Section>
      <Section title={t('stock.rows')} flush>
        <StockTable rows={rows} />
      </Section>
    </>
  );
}

function GradeChart({ rows }: { rows: readonly Row[] }) {
  const t = useTexts('cores');
  const say = useSay();
  const families = [...new Map(rows.map((r) => [r.family.code, say(r.family.name)])).entries()];
  const of = (family: string, grade: string) =>
    rows
      .filter((r) => r.family.code === family && r.grade === grade)
      .reduce((n, r) => n + r.count, 0);
  const key = JSON.stringify(rows);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows' own content is the key
  const option: ChartOption = useMemo(
    () => ({
      legend: {},
      xAxis: { type: 'value' },
      yAxis: { type: 'category', data: families.map(([, name]) => name) },
      series: GRADES.map((grade) => ({
        type: 'bar',
        stack: 'grade',
        name: grade,
        data: families.map(([code]) => of(code, grade)),
      })),
    }),
    [key],
  );
  return (
    <Chart
      option={option}
      height={120 + 40 * families.length}
      summary={t('stock.summary')}
      table={{
        head: [t('field.family'), ...GRADES],
        rows: families.map(([code, name]) => [name, ...GRADES.map((g) => of(code, g))]),
      }}
    />
  );
}

function StockTable({ rows }: { rows: readonly Row[] }) {
  const t = useTexts('cores');
  const say = useSay();
  const cores = (r: Row) => ({ inStock: 'yes', partId: r.part.id, grade: r.grade });
  return (
    <PlainTable
      rows={rows}
      rowKey={(r) => `${r.part.id} ${r.grade}`}
      columns={[
        {
          title: t('field.part'),
          cell: (r) => (
            <Link to="/office/cores" search={cores(r)}>
              {r.part.number} {say(r.part.name)}
            </Link>
          ),
        },
        { title: t('field.family'), cell: (r) => say(r.family.name) },
        { title: t('field.grade'), cell: (r) => <GradeMark grade={r.grade} /> },
        {
          title: t('stock.count'),
          end: true,
          cell: (r) => (
            <Link to="/office/cores" search={cores(r)}>
              {r.count}
            </Link>
          ),
        },
        { title: t('stock.value'), end: true, cell: (r) => <Money fen={r.creditFen} /> },
        {
          title: t('stock.aged'),
          end: true,
          cell: (r) => (
            <Link to="/office/cores" search={{ ...cores(r), aged: 'yes' }}>
              {r.over30Days}
            </Link>
          ),
        },
        { title: t('stock.oldest'), end: true, cell: (r) => t('stock.days', { n: r.oldestDays }) },
      ]}
    />
  );
}
