import {
  Button,
  formatDuration,
  JobProgress,
  NumberField,
  PermissionGate,
  Reading,
  Row,
  Section,
  StatusTag,
  Time,
  useAct,
  useLang,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { listRuns, perm, runPlan } from '../contract.ts';
import { momentOf } from './moment.ts';
import { type Plan, useShare } from './words.tsx';

/** Simulations and repetitions of the plan, its promised dates, and what people decided. */
export function History({ plan }: { plan: Plan }) {
  return (
    <>
      <Promised plan={plan} />
      <Runs plan={plan} />
      {plan.decisions.length > 0 ? <Decisions plan={plan} /> : null}
    </>
  );
}

function Promised({ plan }: { plan: Plan }) {
  const t = useTexts('planning');
  const lang = useLang();
  const share = useShare();
  const { forecast, board } = plan;
  if (!forecast || !board) return null;
  const origin = Date.parse(board.origin);
  const jobs = new Map(forecast.jobs.map((j) => [j.job, j]));
  const at = (seconds: number) => momentOf(origin + seconds * 1000, lang);
  return (
    <Section title={t('promise.title')} note={t('promise.note', { n: forecast.scenarios })} flush>
      <div className="z-scroll">
        <table className="z-plain-table z-plan-table">
          <thead>
            <tr>
              <th scope="col">{t('promise.order')}</th>
              <th scope="col">{t('promise.due')}</th>
              <th scope="col">P50</th>
              <th scope="col">P90</th>
              <th scope="col">{t('promise.late')}</th>
            </tr>
          </thead>
          <tbody>
            {board.orders.map((o) => {
              const j = jobs.get(o.id);
              const risky = o.due !== undefined && (j?.lateShare ?? 0) > 0.1;
              return (
                <tr key={o.id}>
                  <td>
                    {o.code} <small>{o.customer || o.about}</small>
                  </td>
                  <td className="z-num">{o.due === undefined ? '—' : at(o.due)}</td>
                  <td className="z-num">{j ? at(j.p50) : '—'}</td>
                  <td className="z-num">{j ? at(j.p90) : '—'}</td>
                  <td className={risky ? 'z-text-decide z-num' : 'z-num'}>
                    {o.due === undefined || !j ? '—' : share(j.lateShare)}
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

function Runs({ plan }: { plan: Plan }) {
  const t = useTexts('planning');
  const lang = useLang();
  const share = useShare();
  const params = { planId: plan.id };
  const runs = useRead(listRuns, { params, query: { limit: 20 } });
  const start = useAct(runPlan);
  const [seed, setSeed] = useState<number | undefined>(1);
  const [scenarios, setScenarios] = useState<number | undefined>(200);
  return (
    <Section title={t('run.title')} note={t('run.note')}>
      <PermissionGate access={perm('planning.plan:make')}>
        <Row gap={12}>
          <NumberField label={t('run.seed')} min={1} value={seed} onChange={setSeed} />
          <NumberField
            label={t('run.scenarios')}
            min={10}
            max={2000}
            value={scenarios}
            onChange={setScenarios}
          />
          <Button
            icon="play"
            isBusy={start.isBusy}
            onClick={() =>
              void start.run({
                params,
                body: { kind: 'simulation', seed: seed ?? 1, scenarios: scenarios ?? 200 },
              })
            }
          >
            {t('run.simulate')}
          </Button>
          {plan.iterationsDone === 0 ? null : (
            <Button
              icon="undo"
              isBusy={start.isBusy}
              onClick={() => void start.run({ params, body: { kind: 'repetition' } })}
            >
              {t('run.repeat')}
            </Button>
          )}
        </Row>
      </PermissionGate>
      <Reading of={runs} lines={1}>
        {({ items }) => (
          <ol className="z-plan-list">
            {items.map((r) => (
              <li key={r.id}>
                <Time at={r.at} />
                <span>
                  {t(`run.${r.kind}`)} · {t('run.seed')} {r.seed}
                  {r.engine ? null : r.jobId ? (
                    <JobProgress
                      jobId={r.jobId}
                      title={t(`run.${r.kind}`)}
                      onDone={() => void runs.refetch()}
                    />
                  ) : null}
                  {r.same === undefined ? null : (
                    <>
                      {' '}
                      <StatusTag tone={r.same ? 'good' : 'decide'}>
                        {t(r.same ? 'run.same' : 'run.other')}
                      </StatusTag>
                    </>
                  )}
                  {r.forecast ? (
                    <small>
                      {t('run.figures', {
                        n: r.scenarios,
                        onTime: share(r.onTime ?? 0),
                        p50: formatDuration(r.forecast.makespan.p50, lang),
                        p90: formatDuration(r.forecast.makespan.p90, lang),
                        worst: formatDuration(r.forecast.makespan.cvar90, lang),
                      })}
                    </small>
                  ) : null}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Reading>
      {plan.engine ? (
        <p className="z-note">
          {t('run.made', {
            engine: plan.engine,
            seed: plan.seed,
            iterations: plan.iterationsDone ?? 0,
          })}
        </p>
      ) : null}
    </Section>
  );
}

function Decisions({ plan }: { plan: Plan }) {
  const t = useTexts('planning');
  return (
    <Section title={t('decide.title')}>
      <ol className="z-plan-list">
        {plan.decisions.map((d) => (
          <li key={d.id}>
            <Time at={d.at} />
            <span>
              {t(`verdict.${d.verdict}`)}
              {d.reason ? <small>{d.reason}</small> : null}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
