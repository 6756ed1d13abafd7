import { actQueue } from '../client/queue-live.ts';
import { FloorPage } from '../floor/page.tsx';
import { useTexts } from '../i18n/language.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { EmptyState } from '../parts/state.tsx';
import { Time } from '../parts/values.tsx';
import { useWaiting } from './waiting.tsx';

/** What was done without a network, in order; what the server refused, with its reason. */
export default function WaitingPage() {
  const t = useTexts('kit');
  const waiting = useWaiting();
  const isAny = waiting.some((w) => !w.refusal);
  return (
    <FloorPage
      title={t('queue.title')}
      actions={
        isAny ? (
          <Button kind="primary" size="large" wide onClick={() => void actQueue.replay()}>
            {t('queue.now')}
          </Button>
        ) : null
      }
    >
      {waiting.length === 0 ? (
        <EmptyState icon="check" title={t('queue.empty')}>
          {t('queue.emptyNext')}
        </EmptyState>
      ) : (
        <ol className="z-waiting-list">
          {waiting.map((w) => (
            <li key={w.key} className={w.refusal ? 'z-tone-bad' : ''}>
              <Icon name={w.refusal ? 'warn' : 'clock'} />
              <div>
                <strong>{w.title}</strong> <Time at={new Date(w.at)} ago />
                {w.refusal ? <p>{w.refusal.sentence}</p> : null}
              </div>
              {w.refusal ? (
                <span className="z-row" style={{ gap: 8 }}>
                  <Button onClick={() => void actQueue.retry(w.key)}>{t('act.retry')}</Button>
                  <Button kind="danger" onClick={() => void actQueue.discard(w.key)}>
                    {t('queue.discard')}
                  </Button>
                </span>
              ) : null}
            </li>
          ))}
        </ol>
      )}
    </FloorPage>
  );
}
