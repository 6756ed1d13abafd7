import {
  Facts,
  formatDuration,
  Link,
  Loading,
  ProblemBox,
  StatusTag,
  Time,
  useLang,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { getPromise } from '../contract.ts';
import './plan.css';
import { useShare } from './words.tsx';

/** The dates the published plan lets the plant promise for one order, and why it is late if it is. */
export default function PromisePanel({ orderId }: { orderId: string }) {
  const t = useTexts('planning');
  const say = useSay();
  const lang = useLang();
  const share = useShare();
  const promise = useRead(getPromise, { params: { orderId } });
  if (promise.error) {
    if (promise.error.code !== 'PROMISE_NOT_FOUND') return <ProblemBox problem={promise.error} />;
    return <p className="z-note">{t('promise.none')}</p>;
  }
  const p = promise.data;
  if (!p) return <Loading />;
  const isLate = p.dueAt !== undefined && p.p50At > p.dueAt;
  const isRisky = !isLate && p.lateShare > 0.1;
  return (
    <>
      {p.dueAt ? (
        <StatusTag tone={isLate || isRisky ? 'decide' : 'good'}>
          {t(isLate ? 'promise.isLate' : isRisky ? 'promise.isRisky' : 'promise.isGood', {
            share: share(p.lateShare),
          })}
        </StatusTag>
      ) : null}
      <Facts
        rows={[
          [t('promise.due'), p.dueAt ? <Time key="d" at={p.dueAt} /> : undefined],
          [t('promise.planned'), <Time key="p" at={p.plannedAt} />],
          [t('promise.p50'), <Time key="5" at={p.p50At} />],
          [t('promise.p90'), <Time key="9" at={p.p90At} />],
          [
            t('promise.plan'),
            <Link key="l" to="/office/plan" search={{ plan: p.planId, by: 'order' }}>
              {p.planCode}
            </Link>,
          ],
        ]}
      />
      {p.story.remedies.length > 0 ? (
        <>
          <h3>{t('promise.help')}</h3>
          <ul className="z-plan-causes">
            {p.story.remedies.map((r) => (
              <li key={`${r.kind} ${r.subject}`}>
                {t(`remedy.${r.kind}`, {
                  subject: r.subject,
                  by: formatDuration(r.seconds, lang),
                })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {p.story.chain.length > 0 ? (
        <details>
          <summary>{t('promise.why')}</summary>
          <ol className="z-plan-list">
            {p.story.chain.map((s) => (
              <li key={`${s.start} ${s.station}`}>
                <Time at={s.start} />
                <span>
                  {s.order} {say(s.operation)}
                  <small>
                    {s.station} · {t(`cause.${s.cause}`)}
                  </small>
                </span>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </>
  );
}
