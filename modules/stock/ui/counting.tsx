import {
  Button,
  Confirm,
  LinkButton,
  PermissionGate,
  type Problem,
  ProblemBox,
  Row,
  Section,
  Stack,
  TextField,
  Time,
  useAct,
  useList,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { BigNumber, ScanField } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import {
  cancelStocktake,
  finishCounting,
  listRemaining,
  perm,
  resumeCounting,
  scanStock,
} from '../contract.ts';
import { type Answer, Told } from './told.tsx';
import { type Remaining, type Stocktake, StocktakeTag, useScope } from './words.tsx';

/** One stocktake on the floor: scan after scan, how far it is, and what is still to be found. */
export function Counting({ stocktake: s }: { stocktake: Stocktake }) {
  const scope = useScope();
  const isCounting = s.state === 'counting';
  return (
    <>
      <Row>
        <strong>{s.code}</strong>
        <StocktakeTag state={s.state} />
        <span className="z-note">{scope(s)}</span>
      </Row>
      {isCounting ? <Scanning stocktake={s} /> : <Progress stocktake={s} />}
      {isCounting ? null : <After stocktake={s} />}
      {isCounting || s.state === 'counted' ? <StillToFind stocktake={s} /> : null}
      {isCounting ? <Ends stocktake={s} /> : null}
    </>
  );
}

function Progress({ stocktake: s }: { stocktake: Stocktake }) {
  const t = useTexts('stock');
  const share = s.expected > 0 ? (100 * s.counted) / s.expected : 0;
  return (
    <div>
      <p className="z-stock-progress">
        <strong>{t('progress', { a: s.counted, b: s.expected })}</strong>
        <span className="z-note">{t('left', { n: s.expected - s.counted })}</span>
      </p>
      <div className="z-stock-bar" aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}

function Scanning({ stocktake: s }: { stocktake: Stocktake }) {
  const t = useTexts('stock');
  const [told, setTold] = useState<Answer>();
  const [refused, setRefused] = useState<{ code: string; problem: Problem }>();
  const [waiting, setWaiting] = useState<string>();
  const [place, setPlace] = useState<string>();
  const [pieces, setPieces] = useState<string>();
  const act = useAct(scanStock, { offline: true, quiet: true });
  const send = async (code: string, qty?: number) => {
    const body = { code, ...(qty ? { qty } : {}), ...(place ? { place } : {}) };
    const done = await act.run({ params: { stocktakeId: s.id }, body });
    setRefused(done.state === 'refused' ? { code, problem: done.problem } : undefined);
    setWaiting(done.state === 'waiting' ? code : undefined);
    setTold(done.state === 'done' ? done.value : undefined);
    setPieces(undefined);
  };
  // A scanner is faster than the network: acts take their turn, none is lost.
  const scanned = (code: string, qty?: number) => void send(code, qty);
  return (
    <>
      <ScanField onCode={(code) => scanned(code)} placeholder={t('scan')} isBusy={act.isBusy} />
      {told ? <Told answer={told} /> : null}
      {refused ? (
        <Verdict tone="bad" title={refused.code}>
          {refused.problem.message}
        </Verdict>
      ) : null}
      {waiting ? (
        <Verdict tone="decide" title={waiting}>
          {t('kept')}
        </Verdict>
      ) : null}
      {told?.isLot && told.verdict !== 'elsewhere' && told.verdict !== 'aside' ? (
        <Stack gap={8}>
          <BigNumber
            label={t('piecesOf', { code: told.code })}
            value={pieces}
            onChange={setPieces}
            min={1}
          />
          <Button
            kind="primary"
            size="large"
            wide
            icon="check"
            disabled={!Number.isInteger(Number(pieces)) || Number(pieces) < 1}
            isBusy={act.isBusy}
            onClick={() => scanned(told.code, Number(pieces))}
          >
            {t('piecesNow')}
          </Button>
        </Stack>
      ) : null}
      <Progress stocktake={s} />
      {s.place ? null : (
        <TextField
          label={t('atPlace')}
          hint={t('atPlaceHint')}
          required={false}
          mono
          value={place}
          onChange={setPlace}
        />
      )}
    </>
  );
}

/** Counted, settled or cancelled: nothing is scanned any more. */
function After({ stocktake: s }: { stocktake: Stocktake }) {
  const t = useTexts('stock');
  const resume = useAct(resumeCounting, { said: t('resumed') });
  return (
    <>
      <Verdict tone={s.state === 'closed' ? 'good' : 'decide'} title={t(`state.${s.state}`)}>
        {t(`after.${s.state}`)} {s.countedAt ? <Time at={s.countedAt} ago /> : null}
      </Verdict>
      <LinkButton
        wide
        icon="right"
        to="/office/stocktakes/$stocktakeId"
        params={{ stocktakeId: s.id }}
      >
        {t('toResult')}
      </LinkButton>
      {s.state === 'counted' ? (
        <Button
          wide
          icon="scan"
          isBusy={resume.isBusy}
          onClick={() => void resume.run({ params: { stocktakeId: s.id }, version: s.version })}
        >
          {t('resume')}
        </Button>
      ) : null}
    </>
  );
}

function StillToFind({ stocktake: s }: { stocktake: Stocktake }) {
  const t = useTexts('stock');
  const list = useList(
    listRemaining,
    { params: { stocktakeId: s.id }, query: { limit: 10 } },
    { live: ['cores', 'dismantling', 'production', 'market'] },
  );
  if (list.isLoading) return null;
  return (
    <Section title={t('remaining')} note={list.items.length > 0 ? t('remainingNote') : undefined}>
      {list.problem ? <ProblemBox problem={list.problem} retry={list.reload} /> : null}
      {list.items.length === 0 && !list.hasMore && !list.problem ? (
        <p className="z-note">{t('nothingRemains')}</p>
      ) : null}
      <ul className="z-stock-list">
        {list.items.map((r) => (
          <RemainingRow key={r.subject} of={r} />
        ))}
      </ul>
      {list.hasMore ? (
        <Button wide isBusy={list.isMoreLoading} onClick={list.more}>
          {t('more')}
        </Button>
      ) : null}
    </Section>
  );
}

function RemainingRow({ of: r }: { of: Remaining }) {
  const t = useTexts('stock');
  const say = useSay();
  return (
    <li>
      <span>
        <strong>{r.code}</strong>
        <small>
          {say(r.name)}
          {r.qty > 1 ? ` · ${t('pieces', { n: r.qty })}` : ''}
        </small>
      </span>
      <span className="z-stock-place">
        {r.asksPieces ? t('asksPieces') : (r.place ?? t('noPlace'))}
      </span>
    </li>
  );
}

function Ends({ stocktake: s }: { stocktake: Stocktake }) {
  const t = useTexts('stock');
  const [asking, setAsking] = useState<'finish' | 'cancel'>();
  const finish = useAct(finishCounting, { said: t('finished'), offline: true });
  const cancel = useAct(cancelStocktake, { said: t('cancelled') });
  const input = { params: { stocktakeId: s.id }, version: s.version };
  const close = () => setAsking(undefined);
  return (
    <PermissionGate access={perm('stock.stocktake:count')}>
      <Button kind="primary" size="large" wide icon="check" onClick={() => setAsking('finish')}>
        {t('finish')}
      </Button>
      <Button wide onClick={() => setAsking('cancel')}>
        {t('cancel')}
      </Button>
      <Confirm
        open={asking === 'finish'}
        title={t('finish')}
        confirm={t('finish')}
        isBusy={finish.isBusy}
        onConfirm={() => void finish.run(input).then(close)}
        onClose={close}
      >
        {t('finishAsk', { n: s.expected - s.counted })}
      </Confirm>
      <Confirm
        open={asking === 'cancel'}
        title={t('cancel')}
        confirm={t('cancel')}
        danger
        isBusy={cancel.isBusy}
        onConfirm={() => void cancel.run(input).then(close)}
        onClose={close}
      >
        {t('cancelAsk')}
      </Confirm>
    </PermissionGate>
  );
}
