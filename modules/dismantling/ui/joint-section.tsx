import {
  Chart,
  Code,
  formatNumber,
  LinkButton,
  Reading,
  Row,
  Section,
  StatusTag,
  Time,
  useLang,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { getTeardownPlan } from '../contract.ts';
import type { TeardownPlanShown } from './plan-words.tsx';

/** In the record of a teardown: its plan, and each joint as a person or a station undid it. */
export function JointSection({ teardownId }: { teardownId: string }) {
  const t = useTexts('dismantling');
  const found = useRead(getTeardownPlan, { params: { teardownId } });
  return (
    <Reading of={found} lines={2}>
      {(shown) => (
        <Section
          title={t('plan.joints', { n: shown.joints.length })}
          note={t('joint.note')}
          actions={
            <Row>
              {shown.plan ? (
                <LinkButton to="/office/teardown-plans/$planId" params={{ planId: shown.plan.id }}>
                  {t('plan.no', { n: shown.plan.no })}
                </LinkButton>
              ) : null}
              <LinkButton to="/office/teardowns/$teardownId/balance" params={{ teardownId }}>
                {t('balance.short')}
              </LinkButton>
            </Row>
          }
        >
          {shown.joints.length > 0 ? <Joints joints={shown.joints} /> : <p>{t('joint.none')}</p>}
        </Section>
      )}
    </Reading>
  );
}

type Joint = TeardownPlanShown['joints'][number];

function Joints({ joints }: { joints: readonly Joint[] }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const lang = useLang();
  const number = (n: number | undefined, unit: string) =>
    n === undefined ? '—' : `${formatNumber(n, lang)} ${unit}`;
  const measured = joints.filter((j) => (j.curve?.length ?? 0) > 1);
  return (
    <>
      <div className="z-table-scroll">
        <table className="z-table">
          <thead>
            <tr>
              {(
                ['joint', 'outcome', 'source', 'tool', 'torque', 'angle', 'time', 'at'] as const
              ).map((h) => (
                <th
                  key={h}
                  scope="col"
                  className={['torque', 'angle', 'time'].includes(h) ? 'z-end' : ''}
                >
                  {t(`joint.${h}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {joints.map((j) => (
              <tr key={j.id}>
                <td data-title={t('joint.joint')}>
                  <Code>{j.joint}</Code> {say(j.name)}
                </td>
                <td data-title={t('joint.outcome')}>
                  <StatusTag tone={j.outcome === 'undone' ? 'good' : 'decide'}>
                    {t(`plan.outcome.${j.outcome}`)}
                  </StatusTag>{' '}
                  {j.note}
                </td>
                <td data-title={t('joint.source')}>
                  {j.source === 'station' ? j.station : t('joint.person')}
                </td>
                <td data-title={t('joint.tool')}>{j.tool ? say(j.tool) : null}</td>
                <td data-title={t('joint.torque')} className="z-end z-num">
                  {number(j.torqueNm, 'N·m')}
                </td>
                <td data-title={t('joint.angle')} className="z-end z-num">
                  {number(j.angleDeg, '°')}
                </td>
                <td data-title={t('joint.time')} className="z-end z-num">
                  {number(j.seconds, 's')}
                </td>
                <td data-title={t('joint.at')}>
                  <Time at={j.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {measured.length > 0 ? (
        <Chart
          summary={t('joint.curves', { n: measured.length })}
          height={260}
          option={{
            legend: {},
            xAxis: { type: 'value', name: '°' },
            yAxis: { type: 'value', name: 'N·m' },
            series: measured.map((j) => ({
              type: 'line',
              name: `${j.joint} ${say(j.name)}`,
              showSymbol: false,
              data: j.curve ?? [],
            })),
          }}
          table={{
            head: [t('joint.joint'), t('joint.torque'), t('joint.angle')],
            rows: measured.map((j) => [j.joint, j.torqueNm ?? 0, j.angleDeg ?? 0]),
          }}
        />
      ) : null}
    </>
  );
}
