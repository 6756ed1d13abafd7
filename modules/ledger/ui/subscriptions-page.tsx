import {
  Button,
  CheckField,
  Code,
  Confirm,
  EmptyState,
  Num,
  type Output,
  Row,
  StatusTag,
  Time,
  type Tone,
  useAct,
  useMay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import {
  dismissLetter,
  listDeadLetters,
  listNamedQueries,
  listWebhooks,
  removeNamedQuery,
  removeWebhook,
  resendLetter,
  resumeWebhook,
} from '../subscription/contract.ts';
import './ledger.css';
import { useNames } from './names.ts';
import { NewQuery } from './new-query.tsx';
import { NewSubscription } from './new-subscription.tsx';

type Query = Output<typeof listNamedQueries>['items'][number];
type Subscription = Output<typeof listWebhooks>['items'][number];
type Letter = Output<typeof listDeadLetters>['items'][number];

const MANAGE = 'ledger.subscription:manage';

/** Named queries, who is told of their events, and what could not be delivered. */
export default function SubscriptionsPage() {
  const t = useTexts('ledger');
  return (
    <OfficePage title={t('sub.title')} note={t('sub.note')}>
      <h2 className="z-ledger-heading">{t('sub.list')}</h2>
      <Subscriptions />
      <h2 className="z-ledger-heading">{t('letter.title')}</h2>
      <Letters />
      <h2 className="z-ledger-heading">{t('query.title')}</h2>
      <Queries />
    </OfficePage>
  );
}

const STATES: Readonly<Record<Subscription['state'], Tone>> = {
  active: 'good',
  retrying: 'busy',
  stopped: 'bad',
};

function Subscriptions() {
  const t = useTexts('ledger');
  const may = useMay()(MANAGE);
  const [isOpen, setOpen] = useState(false);
  const [gone, setGone] = useState<Subscription>();
  const remove = useAct(removeWebhook, { said: t('sub.removed') });
  const resume = useAct(resumeWebhook, { said: t('sub.resumed') });
  return (
    <>
      <DataTable
        id="ledger.subscriptions"
        title={t('sub.list')}
        list={listWebhooks}
        rowKey={(s) => s.id}
        actions={
          may ? (
            <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
              {t('sub.new')}
            </Button>
          ) : undefined
        }
        columns={[
          {
            id: 'query',
            title: t('sub.query'),
            cell: (s) => s.queryName,
            plain: (s) => s.queryName,
          },
          {
            id: 'dest',
            title: t('sub.dest'),
            cell: (s) => <Code>{s.dest}</Code>,
            plain: (s) => s.dest,
          },
          {
            id: 'state',
            title: t('sub.state'),
            cell: (s) => (
              <div>
                <StatusTag tone={STATES[s.state]}>{t(`sub.states.${s.state}`)}</StatusTag>
                {s.state !== 'active' && s.problem ? (
                  <p className="z-ledger-why">{s.problem}</p>
                ) : null}
              </div>
            ),
            plain: (s) => `${t(`sub.states.${s.state}`)} ${s.problem ?? ''}`,
          },
          {
            id: 'when',
            title: t('sub.when'),
            cell: (s) => (s.schedule ? <Code>{scheduleText(s.schedule)}</Code> : t('sub.stream')),
            plain: (s) => (s.schedule ? scheduleText(s.schedule) : t('sub.stream')),
          },
          {
            id: 'behind',
            title: t('sub.behind'),
            align: 'end',
            cell: (s) => <Num value={s.behind} />,
            plain: (s) => s.behind,
          },
          {
            id: 'last',
            title: t('sub.last'),
            cell: (s) => (s.lastNotifiedAt ? <Time at={s.lastNotifiedAt} ago /> : '—'),
            plain: (s) => s.lastNotifiedAt,
          },
          {
            id: 'next',
            title: t('sub.next'),
            cell: (s) => (s.nextAt ? <Time at={s.nextAt} /> : '—'),
            plain: (s) => s.nextAt,
            optional: true,
          },
          {
            id: 'signature',
            title: t('sub.signature'),
            cell: (s) => t(`sub.signatures.${s.signature}`),
            plain: (s) => s.signature,
            optional: true,
          },
          {
            id: 'act',
            title: t('sub.act'),
            cell: (s) =>
              may ? (
                <Row>
                  {s.state === 'active' ? null : (
                    <Button
                      kind="quiet"
                      isBusy={resume.isBusy}
                      onClick={() => void resume.run({ params: { subscriptionId: s.id } })}
                    >
                      {t('sub.resume')}
                    </Button>
                  )}
                  <Button kind="quiet" onClick={() => setGone(s)}>
                    {t('sub.remove')}
                  </Button>
                </Row>
              ) : (
                '—'
              ),
            plain: () => '',
          },
        ]}
        empty={
          <EmptyState icon="bell" title={t('sub.none')}>
            {t('sub.noneNext')}
          </EmptyState>
        }
      />
      <NewSubscription open={isOpen} onClose={() => setOpen(false)} />
      <Confirm
        open={gone !== undefined}
        title={t('sub.removeTitle')}
        confirm={t('sub.remove')}
        onClose={() => setGone(undefined)}
        onConfirm={() => {
          if (gone) void remove.run({ params: { subscriptionId: gone.id } });
          setGone(undefined);
        }}
      >
        {t('sub.removeNote', { dest: gone?.dest ?? '' })}
      </Confirm>
    </>
  );
}

const FIELDS = ['dayOfWeek', 'month', 'dayOfMonth', 'hour', 'minute', 'second'] as const;

/** A schedule as it is written, from coarse to fine: `hour 1, minute 5`. */
function scheduleText(schedule: NonNullable<Subscription['schedule']>): string {
  return FIELDS.flatMap((name) =>
    schedule[name] === undefined ? [] : [`${name} ${schedule[name]}`],
  ).join(', ');
}

const LETTERS: Readonly<Record<Letter['state'], Tone>> = {
  waiting: 'decide',
  sending: 'busy',
  delivered: 'good',
  dismissed: 'idle',
};

function Letters() {
  const t = useTexts('ledger');
  const may = useMay()(MANAGE);
  const resend = useAct(resendLetter, { said: t('letter.resent') });
  const dismiss = useAct(dismissLetter, { said: t('letter.dismissed') });
  const input = (l: Letter) => ({ params: { letterId: l.id }, version: l.version });
  return (
    <DataTable
      id="ledger.deadLetters"
      title={t('letter.title')}
      list={listDeadLetters}
      rowKey={(l) => l.id}
      columns={[
        {
          id: 'state',
          title: t('sub.state'),
          cell: (l) => (
            <StatusTag tone={LETTERS[l.state]}>{t(`letter.states.${l.state}`)}</StatusTag>
          ),
          plain: (l) => t(`letter.states.${l.state}`),
        },
        {
          id: 'dest',
          title: t('sub.dest'),
          cell: (l) => <Code>{l.dest}</Code>,
          plain: (l) => l.dest,
        },
        { id: 'query', title: t('sub.query'), cell: (l) => l.queryName, plain: (l) => l.queryName },
        {
          id: 'events',
          title: t('letter.events'),
          align: 'end',
          cell: (l) => <Num value={l.eventCount} />,
          plain: (l) => l.eventCount,
        },
        {
          id: 'problem',
          title: t('letter.problem'),
          cell: (l) => l.problem,
          plain: (l) => l.problem,
        },
        {
          id: 'attempts',
          title: t('letter.attempts'),
          align: 'end',
          cell: (l) => <Num value={l.attempts} />,
          plain: (l) => l.attempts,
        },
        {
          id: 'at',
          title: t('letter.at'),
          cell: (l) => <Time at={l.deadAt} ago />,
          plain: (l) => l.deadAt,
        },
        {
          id: 'id',
          title: t('letter.id'),
          cell: (l) => <Code>{l.deliveryId}</Code>,
          plain: (l) => l.deliveryId,
          optional: true,
        },
        {
          id: 'act',
          title: t('sub.act'),
          cell: (l) =>
            may && l.state === 'waiting' ? (
              <Row>
                <Button
                  kind="quiet"
                  isBusy={resend.isBusy}
                  onClick={() => void resend.run(input(l))}
                >
                  {t('letter.resend')}
                </Button>
                <Button
                  kind="quiet"
                  isBusy={dismiss.isBusy}
                  onClick={() => void dismiss.run(input(l))}
                >
                  {t('letter.dismiss')}
                </Button>
              </Row>
            ) : (
              '—'
            ),
          plain: () => '',
        },
      ]}
      empty={
        <EmptyState icon="check" title={t('letter.none')}>
          {t('letter.noneNext')}
        </EmptyState>
      }
    />
  );
}

function Queries() {
  const t = useTexts('ledger');
  const names = useNames();
  const may = useMay()(MANAGE);
  const [isOpen, setOpen] = useState(false);
  const [gone, setGone] = useState<Query>();
  const [isSure, setSure] = useState(false);
  const remove = useAct(removeNamedQuery, { said: t('query.removed') });
  return (
    <>
      <DataTable
        id="ledger.queries"
        title={t('query.title')}
        list={listNamedQueries}
        rowKey={(q) => q.name}
        actions={
          may ? (
            <Button icon="plus" onClick={() => setOpen(true)}>
              {t('query.new')}
            </Button>
          ) : undefined
        }
        columns={[
          { id: 'name', title: t('query.name'), cell: (q) => q.name, plain: (q) => q.name },
          {
            id: 'query',
            title: t('query.asks'),
            cell: (q) => wordsOf(q, names.step),
            plain: (q) => JSON.stringify(q.query),
          },
          {
            id: 'address',
            title: t('query.address'),
            cell: (q) => <Code>{`/epcis/queries/${q.name}/events`}</Code>,
            plain: (q) => `/epcis/queries/${q.name}/events`,
          },
          {
            id: 'act',
            title: t('sub.act'),
            cell: (q) =>
              may ? (
                <Button kind="quiet" onClick={() => setGone(q)}>
                  {t('sub.remove')}
                </Button>
              ) : (
                '—'
              ),
            plain: () => '',
          },
        ]}
        empty={
          <EmptyState icon="search" title={t('query.none')}>
            {t('query.noneNext')}
          </EmptyState>
        }
      />
      <NewQuery open={isOpen} onClose={() => setOpen(false)} />
      <Confirm
        open={gone !== undefined}
        title={t('query.removeTitle', { name: gone?.name ?? '' })}
        confirm={t('sub.remove')}
        onClose={() => setGone(undefined)}
        onConfirm={() => {
          if (gone && isSure) void remove.run({ params: { queryName: gone.name } });
          setGone(undefined);
          setSure(false);
        }}
      >
        <CheckField
          label={t('query.removeSure')}
          value={isSure}
          onChange={(sure) => setSure(sure === true)}
        />
      </Confirm>
    </>
  );
}

/** The parameters in the words of the page where they are steps, otherwise as the standard has them. */
function wordsOf(q: Query, step: (step: string, type: string) => string): string {
  const parts = Object.entries(q.query).map(([name, value]) => {
    const values = (Array.isArray(value) ? value : [value]).map(String);
    const told = name === 'EQ_bizStep' ? values.map((v) => step(v, 'ObjectEvent')) : values;
    return `${name}: ${told.join(', ')}`;
  });
  return parts.join(' · ') || '*';
}
