import { SKILLS } from '@zaizao/modules/catalog/contract';
import {
  Button,
  Code,
  Facts,
  Figure,
  formatDay,
  formatDuration,
  formatInstant,
  formatNumber,
  Grid,
  JobProgress,
  type Output,
  Reading,
  Section,
  StatusTag,
  Time,
  useLang,
  useParam,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { getStudy } from '../contract.ts';
import { Reckoned, useDirection } from './plan-words.tsx';
import { usePartName } from './words.tsx';

type Study = Output<typeof getStudy>;
type Line = NonNullable<Study['line']>;
type Crew = NonNullable<Study['crew']>;

/** One study: its answer with how far it is from the best there can be. */
export default function StudyPage() {
  const t = useTexts('dismantling');
  const name = usePartName();
  const say = useSay();
  const studyId = useParam('studyId');
  const found = useRead(getStudy, { params: { studyId } });
  return (
    <Reading of={found}>
      {(s) => (
        <OfficePage
          title={s.title}
          note={`${t(`study.kinds.${s.kind}`)} · ${name(s.part)}`}
          up={{ to: '/office/teardown-studies', title: t('study.title') }}
          actions={
            <Button icon="print" onClick={() => print()}>
              {t('study.print')}
            </Button>
          }
        >
          {s.state === 'queued' && s.jobId ? (
            <JobProgress
              jobId={s.jobId}
              title={t('study.solving')}
              onDone={() => void found.refetch()}
            />
          ) : null}
          {s.failure ? <Verdict tone="bad" title={say(s.failure)} /> : null}
          {s.line ? <LineShown line={s.line} study={s} /> : null}
          {s.crew ? <CrewShown crew={s.crew} study={s} /> : null}
        </OfficePage>
      )}
    </Reading>
  );
}

function Proof(props: { study: Study; status: string; faults: readonly string[]; ms: number }) {
  const t = useTexts('dismantling');
  const { study, faults, status, ms } = props;
  return (
    <p className="z-note z-dis-proof">
      <StatusTag tone={faults.length > 0 ? 'bad' : status === 'optimal' ? 'good' : 'decide'}>
        {faults.length > 0 ? faults.join(' · ') : t(`study.proof.${status}`)}
      </StatusTag>{' '}
      {t('study.checked')} · {t('study.seed', { seed: study.seed, n: study.iterations, ms })}
    </p>
  );
}

function LineShown({ line, study }: { line: Line; study: Study }) {
  const t = useTexts('dismantling');
  const lang = useLang();
  const say = useSay();
  const direction = useDirection();
  const work = line.stations.reduce((sum, s) => sum + s.seconds, 0);
  const busy = (100 * work) / (line.takt * line.stations.length);
  return (
    <>
      <Section>
        <Grid min={140}>
          <Figure
            label={t('line.stations')}
            value={line.stations.length}
            note={t('line.least', { n: line.bound.stations })}
          />
          <Figure label={t('line.busy')} value={formatNumber(busy, lang, 1)} unit="%" />
          <Figure label={t('line.cycle')} value={formatNumber(line.takt, lang)} unit="s" />
          <Figure
            label={t('line.smooth')}
            value={formatNumber(line.value.smoothness, lang)}
            note={t('line.bound', { n: formatNumber(line.bound.smoothness, lang) })}
          />
          <Figure
            label={t('line.hazard')}
            value={line.value.hazard}
            note={t('line.bound', { n: line.bound.hazard })}
          />
          <Figure
            label={t('line.demand')}
            value={formatNumber(line.value.demand, lang)}
            note={t('line.bound', { n: formatNumber(line.bound.demand, lang) })}
          />
          <Figure
            label={t('line.turns')}
            value={line.value.turns}
            note={t('line.bound', { n: line.bound.turns })}
          />
        </Grid>
        <Proof study={study} status={line.status} faults={line.faults} ms={line.elapsedMs} />
      </Section>
      <Section title={t('line.picture')} note={t('line.measures')}>
        <div className="z-dis-stations">
          {line.stations.map((s, at) => (
            <div key={s.tasks[0]?.joint ?? at} className="z-dis-station">
              <h3>
                {t('line.station', { n: at + 1 })}{' '}
                <small className="z-num">
                  {s.seconds} / {line.takt} s
                </small>
              </h3>
              <div className="z-dis-load" aria-hidden="true">
                <i style={{ width: `${(100 * s.seconds) / line.takt}%` }} />
              </div>
              <ol>
                {s.tasks.map((x) => (
                  <li key={x.joint}>
                    {say(x.name)}{' '}
                    <small className="z-num">
                      {x.seconds} s{' '}
                      {[say(x.tool), direction(x.direction)].filter(Boolean).join(' · ')}
                    </small>{' '}
                    {x.hazard > 0 ? (
                      <StatusTag tone="decide">{t('plan.hazard', { n: x.hazard })}</StatusTag>
                    ) : null}
                  </li>
                ))}
              </ol>
            </div>
          ))}
        </div>
      </Section>
    </>
  );
}

const HOUR_MS = 3_600_000;
const ROW = 26;
const SIDE = 120;

function CrewShown({ crew, study }: { crew: Crew; study: Study }) {
  const t = useTexts('dismantling');
  const lang = useLang();
  const say = useSay();
  const people = [...new Set(crew.tasks.flatMap((x) => x.people))];
  const skillName = (code: string | undefined) => {
    const found = Object.entries(SKILLS).find(([k]) => k === code);
    return found ? say(found[1]) : '';
  };
  const late = (Date.parse(crew.end) - Date.parse(crew.bound)) / 1000;
  return (
    <>
      <Section>
        <Facts
          rows={[
            [t('crew.start'), <Time key="s" at={crew.start} />],
            [t('crew.end'), <Time key="e" at={crew.end} />],
            [
              t('crew.bound'),
              <span key="b">
                <Time at={crew.bound} />{' '}
                {late > 0 ? t('crew.gap', { time: formatDuration(late, lang) }) : t('crew.noGap')}
              </span>,
            ],
            [
              t('crew.wages'),
              <span key="w">
                <Reckoned fen={crew.wagesFen} /> {t('crew.least')}{' '}
                <Reckoned fen={crew.wagesBoundFen} />
              </span>,
            ],
          ]}
        />
        <Proof study={study} status={crew.status} faults={crew.faults} ms={crew.elapsedMs} />
      </Section>
      <Section title={t('crew.picture')}>
        <Gantt crew={crew} people={people} />
      </Section>
      <Section title={t('crew.list')} flush>
        <PlainTable
          rows={crew.tasks}
          rowKey={(x) => x.joint}
          columns={[
            {
              title: t('crew.when'),
              className: 'z-num',
              cell: (x) => (
                <>
                  {formatInstant(x.start, lang)} – {formatInstant(x.end, lang).slice(-5)}
                </>
              ),
            },
            {
              title: t('crew.joint'),
              cell: (x) => (
                <>
                  <Code>{x.joint}</Code> {say(x.name)}{' '}
                  {x.hazard > 3 ? (
                    <StatusTag tone="decide">{t('plan.hazard', { n: x.hazard })}</StatusTag>
                  ) : null}
                </>
              ),
            },
            { title: t('crew.zone'), cell: (x) => say(x.zone) },
            { title: t('crew.skill'), cell: (x) => skillName(x.skill) },
            { title: t('crew.who'), cell: (x) => x.people.join('、') },
          ]}
        />
      </Section>
    </>
  );
}

/** Who is where when: a row for each person, hours of the days side by side. */
function Gantt({ crew, people }: { crew: Crew; people: readonly string[] }) {
  const t = useTexts('dismantling');
  const lang = useLang();
  const say = useSay();
  const from = Date.parse(crew.start);
  const until = Date.parse(crew.end);
  const px = Math.max(3, Math.min(160, 900 / ((until - from) / HOUR_MS)));
  const x = (at: string) => SIDE + ((Date.parse(at) - from) / HOUR_MS) * px;
  const width = SIDE + ((until - from) / HOUR_MS) * px + 20;
  const days: number[] = [];
  for (let d = from; d < until; d += 24 * HOUR_MS) days.push(d);
  return (
    <section className="z-dis-gantt" aria-label={t('crew.picture')}>
      <svg width={width} height={people.length * ROW + 30} role="img">
        <title>{t('crew.summary', { n: crew.tasks.length, people: people.length })}</title>
        {days.map((d) => (
          <g key={d}>
            <path
              className="z-dis-day"
              d={`M ${SIDE + ((d - from) / HOUR_MS) * px} 0 V ${people.length * ROW + 30}`}
            />
            <text className="z-dis-soft" x={SIDE + ((d - from) / HOUR_MS) * px + 4} y={14}>
              {formatDay(new Date(d).toISOString().slice(0, 10), lang)}
            </text>
          </g>
        ))}
        {people.map((p, row) => (
          <text key={p} x={6} y={24 + row * ROW + 16}>
            {p}
          </text>
        ))}
        {crew.tasks.flatMap((task) =>
          task.people.map((p) => {
            const w = x(task.end) - x(task.start);
            return (
              <g key={`${task.joint} ${p}`} className={task.hazard > 3 ? 'z-dis-risky' : ''}>
                <title>{`${task.joint} ${say(task.name)} ${formatInstant(task.start, lang)}`}</title>
                <rect
                  x={x(task.start)}
                  y={24 + people.indexOf(p) * ROW + 2}
                  width={Math.max(2, w - 1)}
                  height={ROW - 6}
                  rx="3"
                />
                {w > 34 ? (
                  <text x={x(task.start) + 4} y={24 + people.indexOf(p) * ROW + 16}>
                    {task.joint}
                  </text>
                ) : null}
              </g>
            );
          }),
        )}
      </svg>
    </section>
  );
}
