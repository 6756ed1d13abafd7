import {
  Button,
  Facts,
  formatDuration,
  Row,
  Section,
  Time,
  useAct,
  useLang,
  useNow,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { pauseOperation, startOperation } from '../contract.ts';
import { ChooseProgramme } from './choose-programme.tsx';
import { ExchangeDialog } from './exchange-dialog.tsx';
import { FailDialog } from './fail-dialog.tsx';
import { FinishDialog } from './finish-dialog.tsx';
import { Packing } from './packing.tsx';
import { type Operation, OperationTag, type Order, useStationKind } from './words.tsx';

/** The one operation at hand: what to do, the clock, and the keys. */
export function OperationRun({ operation: o, order }: { operation: Operation; order: Order }) {
  const t = useTexts('production');
  const say = useSay();
  const lang = useLang();
  const kindName = useStationKind();
  const [asking, setAsking] = useState<'finish' | 'fail' | 'exchange'>();
  const start = useAct(startOperation);
  const pause = useAct(pauseOperation);
  const params = { operationId: o.id };
  const isRunning = o.state === 'started' || o.state === 'paused';
  return (
    <Section
      title={`${o.code} ${say(o.name)}`}
      actions={<OperationTag state={o.state} />}
      {...(o.round > 1 ? { note: t('roundNote', { n: o.round }) } : {})}
    >
      {say(o.instruction) ? (
        <p className="z-production-instruction" data-tour="instruction">
          {say(o.instruction)}
        </p>
      ) : null}
      <Facts
        rows={[
          [
            t('station'),
            `${o.planned?.station || say(o.station) || '—'} · ${kindName(o.stationKind)}`,
          ],
          [t('planned'), o.planned ? <Time key="p" at={o.planned.start} /> : undefined],
          [t('method'), o.method || undefined],
          [t('records'), say(o.records) || undefined],
          [
            t('standard'),
            o.stdSeconds === undefined ? undefined : formatDuration(o.stdSeconds, lang),
          ],
        ]}
      />
      <ChooseProgramme operation={o} />
      {isRunning ? <Clock operation={o} /> : null}
      {isRunning && o.stationKind === 'packing' && order.unitId ? (
        <Packing order={order} unitId={order.unitId} />
      ) : null}
      {isRunning && order.kind === 'rework' ? (
        <Button size="large" wide icon="wrench" onClick={() => setAsking('exchange')}>
          {t('exchange.title')}
        </Button>
      ) : null}
      <Row gap={10}>
        {o.state === 'waiting' ? (
          <Button
            kind="primary"
            size="large"
            wide
            icon="play"
            isBusy={start.isBusy}
            onClick={() => void start.run({ params, body: {} })}
          >
            {t('start')}
          </Button>
        ) : (
          <>
            <Button
              size="large"
              icon={o.state === 'paused' ? 'play' : 'stop'}
              isBusy={pause.isBusy}
              onClick={() => void pause.run({ params, body: { paused: o.state !== 'paused' } })}
            >
              {t(o.state === 'paused' ? 'resume' : 'pause')}
            </Button>
            <Button
              size="large"
              icon="warn"
              disabled={o.state === 'paused'}
              onClick={() => setAsking('fail')}
            >
              {t('fail')}
            </Button>
            <Button
              kind="primary"
              size="large"
              wide
              icon="check"
              disabled={o.state === 'paused'}
              onClick={() => setAsking('finish')}
            >
              {t('finish')}
            </Button>
          </>
        )}
      </Row>
      <FinishDialog operation={o} open={asking === 'finish'} onClose={() => setAsking(undefined)} />
      <ExchangeDialog
        order={order}
        open={asking === 'exchange'}
        onClose={() => setAsking(undefined)}
      />
      <FailDialog
        operation={o}
        productId={order.product.id}
        open={asking === 'fail'}
        onClose={() => setAsking(undefined)}
      />
    </Section>
  );
}

/** Time at work, counting while it runs; amber past the standard. */
function Clock({ operation: o }: { operation: Operation }) {
  const t = useTexts('production');
  const lang = useLang();
  const now = useNow(1000);
  const running = o.runningSince ? (now.getTime() - Date.parse(o.runningSince)) / 1000 : 0;
  const seconds = o.activeSeconds + Math.max(0, running);
  const isLate = o.stdSeconds !== undefined && seconds > o.stdSeconds;
  return (
    <p className={`z-production-clock z-num${isLate ? ' z-text-decide' : ''}`}>
      <small>{t('atWork')}</small> {formatDuration(seconds, lang)}
      {isLate ? <small> {t('overStandard')}</small> : null}
    </p>
  );
}
