import { checkLinePlan } from '@zaizao/disassembly/line-check';
import {
  Button,
  Chart,
  Figure,
  Grid,
  type Output,
  Reading,
  Row,
  Section,
  StatusTag,
  useAct,
  useMay,
  useParam,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useMemo, useState } from 'react';
import { editBalance, getBalance } from '../contract.ts';
import { lineProblem } from '../domain/line.ts';
import './plan.css';
import { useKind, useShare } from './words.tsx';

type Balance = Output<typeof getBalance>;

/** One line balance: stations with their load against the cycle; a step can be moved. */
export default function BalancePage() {
  const t = useTexts('planning');
  const balanceId = useParam('balanceId');
  const balance = useRead(getBalance, { params: { balanceId } });
  return (
    <Reading of={balance}>
      {(b) => (
        <OfficePage
          title={b.name}
          note={`${b.part.number} · ${t('line.perDayIs', { n: b.unitsPerDay, lines: b.lines })}`}
          up={{ to: '/office/line-balance', title: t('line.title') }}
          status={
            <StatusTag tone={b.status === 'optimal' ? 'good' : 'idle'}>
              {t(`lineStatus.${b.status}`)}
            </StatusTag>
          }
        >
          <Stations key={b.version} balance={b} />
        </OfficePage>
      )}
    </Reading>
  );
}

function Stations({ balance: b }: { balance: Balance }) {
  const t = useTexts('planning');
  const say = useSay();
  const kind = useKind();
  const share = useShare();
  const may = useMay();
  const [stations, setStations] = useState<readonly (readonly string[])[]>(b.stations);
  const save = useAct(editBalance, { said: t('saved') });
  const tasks = useMemo(() => new Map(b.tasks.map((x) => [x.id, x])), [b.tasks]);
  const filled = stations.filter((s) => s.length > 0);
  const isChanged = JSON.stringify(filled) !== JSON.stringify(b.stations);
  const checked = useMemo(
    () => checkLinePlan(lineProblem(b.tasks, Math.round(b.cycle * 1000)), filled),
    [b.tasks, b.cycle, filled],
  );
  const loads = filled.map((s) => s.reduce((n, id) => n + (tasks.get(id)?.paced ?? 0), 0));
  const move = (id: string, to: number) =>
    setStations((all) => {
      const next = all.map((s) => s.filter((x) => x !== id));
      while (next.length <= to) next.push([]);
      return next.map((s, n) => (n === to ? inOrder([...s, id], b) : s));
    });
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 24, top: 20, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis' as const },
      xAxis: { type: 'category' as const, data: loads.map((_, n) => String(n + 1)) },
      yAxis: { type: 'value' as const, max: Math.ceil(b.cycle * 1.1) },
      series: [
        {
          type: 'bar' as const,
          name: t('line.load'),
          data: loads.map((x) => Number(x.toFixed(1))),
          barMaxWidth: 40,
        },
        {
          type: 'line' as const,
          name: t('line.cycle'),
          data: loads.map(() => Number(b.cycle.toFixed(1))),
          symbol: 'none',
          lineStyle: { type: 'dashed' as const },
        },
      ],
    }),
    [loads, b.cycle, t],
  );
  return (
    <>
      <Grid min={130}>
        <Figure label={t('line.takt')} value={b.takt.toFixed(2)} unit="s" />
        <Figure label={t('line.cycle')} value={b.cycle.toFixed(1)} unit="s" />
        <Figure
          label={t('line.stations')}
          value={filled.length}
          note={t('line.boundIs', { n: b.bound.stations })}
        />
        <Figure label={t('line.efficiency')} value={share(efficiency(loads, b.cycle))} />
        <Figure
          label={t('line.smoothness')}
          value={Math.round(checked.value.smoothness / 1e6)}
          note={t('line.smoothnessNote')}
        />
      </Grid>
      <Section title={t('line.load')}>
        <Chart
          option={option}
          height={220}
          summary={t('line.summary', {
            n: filled.length,
            least: Math.min(...loads).toFixed(1),
            most: Math.max(...loads).toFixed(1),
            cycle: b.cycle.toFixed(1),
          })}
          table={{
            head: [t('line.station'), t('line.load')],
            rows: loads.map((x, n) => [String(n + 1), x.toFixed(1)]),
          }}
        />
      </Section>
      {isChanged ? (
        <div className="z-plan-edit" role="status" aria-live="polite">
          <strong>{t(checked.faults.length > 0 ? 'line.fault' : 'line.fine')}</strong>
          {checked.faults.length > 0 ? (
            <ul className="z-plan-causes">
              {checked.faults.slice(0, 5).map((f) => (
                <li key={f}>{f}</li>
              ))}
            </ul>
          ) : null}
          <Row>
            <Button
              kind="primary"
              icon="check"
              disabled={checked.faults.length > 0}
              isBusy={save.isBusy}
              onClick={() =>
                void save.run({
                  params: { balanceId: b.id },
                  version: b.version,
                  body: { name: b.name, stations: filled.map((s) => [...s]) },
                })
              }
            >
              {t('save')}
            </Button>
            <Button icon="undo" onClick={() => setStations(b.stations)}>
              {t('edit.undo')}
            </Button>
          </Row>
        </div>
      ) : null}
      <div className="z-line">
        {stations.map((s, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a station is its place on the line
          <section key={n} className="z-line-station" aria-label={t('line.stationN', { n: n + 1 })}>
            <header>
              <strong>{t('line.stationN', { n: n + 1 })}</strong>
              <small className="z-note z-num">
                {' '}
                {s.reduce((x, id) => x + (tasks.get(id)?.paced ?? 0), 0).toFixed(1)} /{' '}
                {b.cycle.toFixed(1)} s
              </small>
            </header>
            <ol>
              {s.map((id) => {
                const task = tasks.get(id);
                if (!task) return null;
                return (
                  <li key={id}>
                    <span className="z-num">{id}</span> {say(task.name)}
                    <small>
                      {kind(task.kind)} · {task.paced.toFixed(1)} s
                      {task.benches > 1 ? ` · ${t('line.benches', { n: task.benches })}` : ''}
                    </small>
                    {may('planning.line:edit') ? (
                      <select
                        className="z-input z-select"
                        aria-label={t('line.move', { step: say(task.name) })}
                        value={n}
                        onChange={(e) => move(id, Number(e.target.value))}
                      >
                        {[...stations, []].map((_, to) => (
                          // biome-ignore lint/suspicious/noArrayIndexKey: as above
                          <option key={to} value={to}>
                            {t('line.stationN', { n: to + 1 })}
                          </option>
                        ))}
                      </select>
                    ) : null}
                  </li>
                );
              })}
            </ol>
          </section>
        ))}
      </div>
    </>
  );
}

const efficiency = (loads: readonly number[], cycle: number) =>
  loads.length === 0 ? 0 : loads.reduce((n, x) => n + x, 0) / (loads.length * cycle);

/** Steps of one station in the order of the route. */
function inOrder(ids: readonly string[], b: Balance): string[] {
  const rank = new Map(b.tasks.map((x, n) => [x.id, n]));
  return [...ids].sort((x, y) => (rank.get(x) ?? 0) - (rank.get(y) ?? 0));
}
