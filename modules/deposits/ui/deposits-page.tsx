import {
  Button,
  Code,
  Confirm,
  Day,
  EmptyState,
  formatMoney,
  LinkButton,
  Money,
  notify,
  Time,
  useAct,
  useAddress,
  useLang,
  useMay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { expireDeposits, listDeposits } from '../contract.ts';
import { AGES, STATES, StateTag, usePartName } from './words.tsx';

/** Deposits that we hold: whose, for what, until when, and how each ended. */
export default function DepositsPage() {
  const t = useTexts('deposits');
  const name = usePartName();
  const [search] = useAddress();
  const { customerId } = search;
  return (
    <OfficePage
      title={t('list.title')}
      note={t('list.note')}
      actions={
        <>
          <LinkButton icon="chart" to="/office/deposit-balance">
            {t('balance.title')}
          </LinkButton>
          <Expire />
        </>
      }
    >
      <DataTable
        id="deposits.list"
        title={t('list.title')}
        list={listDeposits}
        live={['cores', 'market']}
        rowKey={(d) => d.id}
        filters={[
          { kind: 'search', id: 'q', label: t('list.search') },
          {
            kind: 'choice',
            id: 'state',
            label: t('field.state'),
            choices: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            kind: 'choice',
            id: 'age',
            label: t('field.age'),
            choices: AGES.map((value) => ({ value, label: t(`age.${value}`) })),
          },
          {
            kind: 'choice',
            id: 'waiting',
            label: t('list.waiting'),
            choices: [{ value: 'yes', label: t('list.waitingYes') }],
          },
          ...(customerId
            ? [
                {
                  kind: 'choice' as const,
                  id: 'customerId',
                  label: t('field.customer'),
                  choices: [{ value: customerId, label: t('list.chosen') }],
                },
              ]
            : []),
        ]}
        columns={[
          {
            id: 'code',
            title: t('field.code'),
            width: 110,
            cell: (d) => <Code>{d.code}</Code>,
            plain: (d) => d.code,
          },
          {
            id: 'customer',
            title: t('field.customer'),
            cell: (d) => d.customer,
            plain: (d) => d.customer,
          },
          {
            id: 'part',
            title: t('field.part'),
            cell: (d) => name(d.part),
            plain: (d) => name(d.part),
          },
          {
            id: 'state',
            title: t('field.state'),
            cell: (d) => <StateTag state={d.state} />,
            plain: (d) => t(`state.${d.state}`),
          },
          {
            id: 'amount',
            title: t('field.amount'),
            align: 'end',
            cell: (d) => <Money fen={d.amountFen} />,
            plain: (d) => Number(d.amountFen) / 100,
          },
          {
            id: 'credited',
            title: t('field.credited'),
            align: 'end',
            cell: (d) => (d.creditedFen === '0' ? '—' : <Money fen={d.creditedFen} />),
            plain: (d) => Number(d.creditedFen) / 100,
          },
          {
            id: 'kept',
            title: t('field.kept'),
            align: 'end',
            cell: (d) => (d.forfeitedFen === '0' ? '—' : <Money fen={d.forfeitedFen} />),
            plain: (d) => Number(d.forfeitedFen) / 100,
          },
          {
            id: 'due',
            title: t('field.due'),
            width: 110,
            cell: (d) => (d.dueDay ? <Day day={d.dueDay} /> : '—'),
            plain: (d) => d.dueDay,
          },
          {
            id: 'core',
            title: t('field.core'),
            cell: (d) => (d.coreCode ? `${d.coreCode} ${d.grade ?? ''}` : '—'),
            plain: (d) => d.coreCode,
          },
          {
            id: 'order',
            title: t('field.order'),
            cell: (d) => d.orderCode,
            plain: (d) => d.orderCode,
            optional: true,
          },
          {
            id: 'at',
            title: t('field.chargedAt'),
            cell: (d) => <Time at={d.chargedAt} ago />,
            plain: (d) => d.chargedAt,
          },
        ]}
        open={(d) => ({ to: '/office/deposits/$depositId', params: { depositId: d.id } })}
        empty={
          <EmptyState icon="coin" title={t('list.none')}>
            {t('list.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}

/** Keeps what is overdue, after asking: money changes its owner. */
export function Expire() {
  const t = useTexts('deposits');
  const lang = useLang();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const expire = useAct(expireDeposits, {
    onDone: ({ forfeited, amountFen }) => {
      setOpen(false);
      const text =
        forfeited === 0
          ? t('expire.none')
          : t('expire.done', { n: forfeited, amount: formatMoney(amountFen, lang) });
      notify({ kind: 'good', text });
    },
  });
  if (!may('deposits.deposit:settle')) return null;
  return (
    <>
      <Button icon="clock" onClick={() => setOpen(true)}>
        {t('expire.title')}
      </Button>
      <Confirm
        open={isOpen}
        title={t('expire.title')}
        confirm={t('expire.confirm')}
        isBusy={expire.isBusy}
        danger
        onConfirm={() => void expire.run({})}
        onClose={() => setOpen(false)}
      >
        <p>{t('expire.note')}</p>
      </Confirm>
    </>
  );
}
