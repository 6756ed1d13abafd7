import {
  formatDuration,
  Grid,
  type Output,
  Reading,
  Section,
  SelectField,
  useAddress,
  useLang,
  useNow,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { getPlan, listPlans } from '../contract.ts';
import { Gantt } from './gantt.tsx';
import './plan.css';
import { type Figures, type Plan, useShare } from './words.tsx';

/** Two plans side by side: figures with the better one marked, and both over the same time. */
export default function ComparePage() {
  const t = useTexts('planning');
  const [search, change] = useAddress();
  const plans = useRead(listPlans, { query: { limit: 50 } });
  return (
    <OfficePage
      title={t('compare.title')}
      note={t('compare.note')}
      up={{ to: '/office/plan', title: t('board.title') }}
    >
      <Reading of={plans} lines={2}>
        {({ items }) => (
          <Grid min={260}>
            {(['a', 'b'] as const).map((side) => (
              <SelectField
                key={side}
                label={t(`compare.${side}`)}
                value={search[side]}
                onChange={(id) => change({ [side]: id })}
                choices={choicesOf(items, t)}
              />
            ))}
          </Grid>
        )}
      </Reading>
      {search.a && search.b ? <Two a={search.a} b={search.b} /> : <p>{t('compare.choose')}</p>}
    </OfficePage>
  );
}

function choicesOf(items: Output<typeof listPlans>['items'], t: ReturnType<typeof useTexts>) {
  return items
    .filter((p) => p.figures)
    .map((p) => ({
      value: p.id,
      label: [p.code, p.name, t(`planState.${p.state}`)].filter(Boolean).join(' · '),
    }));
}

function Two({ a, b }: { a: string; b: string }) {
  const one = useRead(getPlan, { params: { planId: a } });
  const two = useRead(getPlan, { params: { planId: b } });
  return (
    <Reading of={one}>{(p) => <Reading of={two}>{(q) => <Both a={p} b={q} />}</Reading>}</Reading>
  );
}

function Both({ a, b }: { a: Plan; b: Plan }) {
  const t = useTexts('planning');
  const now = useNow(60_000);
  const until = Math.max(a.figures?.makespan ?? 0, b.figures?.makespan ?? 0);
  return (
    <>
      {a.figures && b.figures ? (
        <FigureTable a={a.figures} b={b.figures} names={[a.code, b.code]} />
      ) : null}
      {[a, b].map((p) =>
        p.board ? (
          <Section key={p.id} title={`${p.code} ${p.name}`}>
            <Gantt
              plan={p}
              board={p.board}
              assignments={p.assignments}
              by="station"
              zoom="hour"
              foldsClosed
              now={now.getTime()}
              until={until}
            />
          </Section>
        ) : null,
      )}
      <p className="z-note">{t('compare.same')}</p>
    </>
  );
}

const ROWS = [
  ['lateOrders', 'n'],
  ['weightedLateness', 's'],
  ['lateness', 's'],
  ['worstLateness', 's'],
  ['makespan', 's'],
  ['meanEnd', 's'],
  ['meanUtilisation', '%'],
  ['setups', 'n'],
  ['moved', 'n'],
  ['meanShift', 's'],
  ['orders', ''],
] as const;

function FigureTable({
  a,
  b,
  names,
}: {
  a: Figures;
  b: Figures;
  names: readonly [string, string];
}) {
  const t = useTexts('planning');
  const lang = useLang();
  const share = useShare();
  const show = (value: number, unit: string) =>
    unit === 's' ? formatDuration(value, lang) : unit === '%' ? share(value) : String(value);
  return (
    <Section title={t('compare.figures')} flush>
      <div className="z-scroll">
        <table className="z-plain-table z-plan-table">
          <thead>
            <tr>
              <th scope="col">{t('compare.figure')}</th>
              <th scope="col">{names[0]}</th>
              <th scope="col">{names[1]}</th>
            </tr>
          </thead>
          <tbody>
            {ROWS.map(([id, unit]) => {
              const up = id === 'meanUtilisation';
              const better = (x: number, y: number) =>
                unit !== '' && show(x, unit) !== show(y, unit) && (up ? x > y : x < y);
              const mark = (x: number, y: number) => (better(x, y) ? ' z-plan-better' : '');
              return (
                <tr key={id}>
                  <th scope="row">{t(`compare.${id}`)}</th>
                  <td className={`z-num${mark(a[id], b[id])}`}>
                    {show(a[id], unit)}
                    {better(a[id], b[id]) ? ` ${t('compare.better')}` : ''}
                  </td>
                  <td className={`z-num${mark(b[id], a[id])}`}>
                    {show(b[id], unit)}
                    {better(b[id], a[id]) ? ` ${t('compare.better')}` : ''}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
