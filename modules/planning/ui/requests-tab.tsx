import {
  Button,
  ChoiceField,
  Dialog,
  EmptyState,
  Facts,
  Money,
  MoneyField,
  NumberField,
  type Output,
  PermissionGate,
  Reading,
  Row,
  Section,
  SelectField,
  StatusTag,
  TextField,
  Time,
  type Tone,
  useAct,
  useList,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import {
  agreeRequest,
  answerRequest,
  finishRequest,
  listRequests,
  listStationRules,
  perm,
  withdrawRequest,
} from '../contract.ts';
import { type Span, SpanFields } from './span.tsx';
import { useKind } from './words.tsx';

type Request = Output<typeof listRequests>['items'][number];

const TONES: Readonly<Record<Request['state'], Tone>> = {
  asked: 'decide',
  countered: 'decide',
  accepted: 'good',
  declined: 'idle',
  withdrawn: 'idle',
  done: 'good',
};

/** Requests for capacity, of both sides, with each side's version of what is to be made. */
export function RequestsTab() {
  const t = useTexts('planning');
  const requests = useRead(listRequests, { query: { limit: 100 } });
  const [answering, setAnswering] = useState<Request>();
  return (
    <>
      <Reading of={requests}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="inbox" title={t('request.none')}>
              {t('request.noneNext')}
            </EmptyState>
          ) : (
            items.map((r) => <One key={r.id} request={r} onAnswer={() => setAnswering(r)} />)
          )
        }
      </Reading>
      <Dialog
        open={answering !== undefined}
        title={t('request.answer')}
        onClose={() => setAnswering(undefined)}
      >
        {answering ? (
          <AnswerForm request={answering} onDone={() => setAnswering(undefined)} />
        ) : null}
      </Dialog>
    </>
  );
}

function One({ request: r, onAnswer }: { request: Request; onAnswer: () => void }) {
  const t = useTexts('planning');
  const kind = useKind();
  const params = { requestId: r.id };
  const agree = useAct(agreeRequest, { said: t('request.agreed') });
  const withdraw = useAct(withdrawRequest, { said: t('request.takenBack') });
  const finish = useAct(finishRequest, { said: t('request.finished') });
  const isBuyer = r.side === 'buyer';
  const isOpen = r.state === 'asked' || r.state === 'countered';
  return (
    <Section
      title={`${r.offerCode} · ${kind(r.stationKind)} · ${isBuyer ? r.provider : r.buyer}`}
      actions={
        <PermissionGate access={perm('planning.capacity:offer')}>
          <Row>
            {!isBuyer && r.state === 'asked' ? (
              <Button kind="primary" onClick={onAnswer}>
                {t('request.answer')}
              </Button>
            ) : null}
            {!isBuyer && r.state === 'accepted' ? (
              <Button icon="check" onClick={() => void finish.run({ params })}>
                {t('request.finish')}
              </Button>
            ) : null}
            {isBuyer && isOpen ? (
              <Button onClick={() => void withdraw.run({ params })}>{t('request.withdraw')}</Button>
            ) : null}
            {isBuyer && r.state === 'countered' ? (
              <Button kind="primary" onClick={() => void agree.run({ params })}>
                {t('request.agree')}
              </Button>
            ) : null}
          </Row>
        </PermissionGate>
      }
    >
      <StatusTag tone={TONES[r.state]}>{t(`requestState.${r.state}`)}</StatusTag>{' '}
      <span className="z-note">{t(isBuyer ? 'request.asBuyer' : 'request.asProvider')}</span>
      <Facts
        rows={[
          [
            t('offer.when'),
            <span key="w">
              <Time at={r.from} /> – <Time at={r.to} />
            </span>,
          ],
          [t('offer.amount'), t('request.minutes', { n: r.minutes })],
          [t('request.total'), <Money key="m" fen={r.totalFen} />],
        ]}
      />
      <ol className="z-plan-list">
        {r.revisions.map((v) => (
          <li key={v.at}>
            <Time at={v.at} />
            <span>
              {v.text}
              <small>{v.by === 'buyer' ? r.buyer : r.provider}</small>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

const ANSWERS = ['accept', 'counter', 'decline'] as const;

function AnswerForm({ request: r, onDone }: { request: Request; onDone: () => void }) {
  const t = useTexts('planning');
  const answer = useAct(answerRequest, { said: t('request.answered'), onDone });
  const stations = useList(listStationRules, { query: { limit: 200 } });
  const [which, setWhich] = useState<(typeof ANSWERS)[number]>('accept');
  const [stationId, setStation] = useState<string>();
  const [words, setWords] = useState<string>();
  const [minutes, setMinutes] = useState<number | undefined>(r.minutes);
  const [priceFen, setPrice] = useState<string | undefined>(r.priceFen);
  const [span, setSpan] = useState<Span>({ from: r.from, to: r.to });
  const submit = () => {
    const params = { requestId: r.id };
    if (which === 'decline') {
      if (words) void answer.run({ params, body: { answer: 'decline', reason: words } });
      return;
    }
    if (!stationId) return;
    if (which === 'accept') {
      void answer.run({ params, body: { answer: 'accept', stationId } });
      return;
    }
    if (!minutes || !priceFen || !words || !span.from || !span.to) return;
    const terms = { minutes, priceFen, from: span.from, to: span.to, specification: words };
    void answer.run({ params, body: { answer: 'counter', stationId, ...terms } });
  };
  return (
    <form
      className="z-form"
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <ChoiceField
        label={t('request.answer')}
        value={which}
        onChange={(v) => setWhich(v ?? 'accept')}
        choices={ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) }))}
      />
      {which === 'decline' ? null : (
        <SelectField
          label={t('request.station')}
          choices={stations.items
            .filter((s) => s.kind === r.stationKind)
            .map((s) => ({ value: s.stationId, label: s.name }))}
          value={stationId}
          onChange={setStation}
        />
      )}
      {which === 'counter' ? (
        <>
          <NumberField
            label={t('offer.amount')}
            unit="MIN"
            min={10}
            value={minutes}
            onChange={setMinutes}
          />
          <MoneyField label={t('offer.price')} value={priceFen} onChange={setPrice} />
          <SpanFields span={span} onChange={setSpan} />
        </>
      ) : null}
      {which === 'accept' ? null : (
        <TextField
          label={t(which === 'decline' ? 'reason' : 'request.specification')}
          lines={3}
          value={words}
          onChange={setWords}
        />
      )}
      <Button kind="primary" submit wide isBusy={answer.isBusy}>
        {t('request.send')}
      </Button>
    </form>
  );
}
