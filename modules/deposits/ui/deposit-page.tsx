import type { Output } from '@zaizao/platform/ui';
import {
  Button,
  Code,
  Confirm,
  Day,
  Facts,
  Link,
  Money,
  Reading,
  Section,
  StatusTag,
  Time,
  useAct,
  useMay,
  useParam,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { getDeposit, payOutDeposit } from '../contract.ts';
import { StateTag, usePartName } from './words.tsx';

type Shown = Output<typeof getDeposit>;

/** One deposit with every posting of its double entry. */
export default function DepositPage() {
  const depositId = useParam('depositId');
  const found = useRead(getDeposit, { params: { depositId } }, { live: ['cores'] });
  return <Reading of={found}>{(d) => <Deposit deposit={d} />}</Reading>;
}

function Deposit({ deposit: d }: { deposit: Shown }) {
  const t = useTexts('deposits');
  const name = usePartName();
  return (
    <OfficePage
      title={`${d.code} ${name(d.part)}`}
      up={{ to: '/office/deposits', title: t('list.title') }}
      status={<StateTag state={d.state} />}
      actions={<PayOut deposit={d} />}
    >
      <Section title={t('deposit.what')}>
        <Facts
          rows={[
            [
              t('field.customer'),
              <Link key="c" to="/office/partners/$partnerId" params={{ partnerId: d.customerId }}>
                {d.customer}
              </Link>,
            ],
            [t('field.amount'), <Money key="a" fen={d.amountFen} />],
            [t('field.credited'), <Money key="g" fen={d.creditedFen} />],
            [t('field.paid'), <Money key="p" fen={d.paidFen} />],
            [t('field.kept'), <Money key="k" fen={d.forfeitedFen} />],
            [
              t('field.order'),
              <Link key="o" to="/office/sales/$orderId" params={{ orderId: d.orderId }}>
                <Code>{d.orderCode}</Code>
              </Link>,
            ],
            [
              t('field.unit'),
              <Link key="u" to="/office/things/$epc" params={{ epc: d.unitEpc }}>
                <Code>{serialIn(d.unitEpc)}</Code>
              </Link>,
            ],
            [t('field.chargedAt'), <Time key="t" at={d.chargedAt} />],
            [t('field.due'), d.dueDay && <Day key="d" day={d.dueDay} />],
            [
              t('field.core'),
              d.coreId && (
                <Link key="r" to="/office/cores/$coreId" params={{ coreId: d.coreId }}>
                  <Code>{d.coreCode ?? d.coreId}</Code> {d.grade}
                </Link>
              ),
            ],
          ]}
        />
      </Section>
      <Section title={t('deposit.postings')} note={t('deposit.postingsNote')} flush>
        <Postings deposit={d} />
      </Section>
    </OfficePage>
  );
}

function Postings({ deposit }: { deposit: Shown }) {
  const t = useTexts('deposits');
  const account = (name: string) =>
    name.startsWith('receivable:')
      ? t('account.of', { customer: deposit.customer })
      : t(`account.${name}`);
  return (
    <PlainTable
      rows={deposit.postings}
      rowKey={(p) => `${p.kind} ${p.at}`}
      columns={[
        { title: t('posting.at'), cell: (p) => <Time at={p.at} /> },
        {
          title: t('posting.kind'),
          cell: (p) => <StatusTag tone="idle">{t(`kind.${p.kind}`)}</StatusTag>,
        },
        { title: t('posting.debit'), cell: (p) => account(p.debit) },
        { title: t('posting.credit'), cell: (p) => account(p.credit) },
        { title: t('field.amount'), end: true, cell: (p) => <Money fen={p.amountFen} /> },
      ]}
    />
  );
}

function PayOut({ deposit: d }: { deposit: Shown }) {
  const t = useTexts('deposits');
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const pay = useAct(payOutDeposit, { said: t('pay.done'), onDone: () => setOpen(false) });
  if (d.state !== 'credited' || !may('deposits.deposit:settle')) return null;
  const open = BigInt(d.creditedFen) - BigInt(d.paidFen);
  const title = t(open < 0n ? 'pay.backTitle' : 'pay.title');
  return (
    <>
      <Button kind="primary" icon="coin" onClick={() => setOpen(true)}>
        {title}
      </Button>
      <Confirm
        open={isOpen}
        title={title}
        confirm={title}
        isBusy={pay.isBusy}
        onConfirm={() => void pay.run({ params: { depositId: d.id } })}
        onClose={() => setOpen(false)}
      >
        <p>
          {t(open < 0n ? 'pay.backAsk' : 'pay.ask', { customer: d.customer })}{' '}
          <strong>
            <Money fen={String(open < 0n ? -open : open)} />
          </strong>
        </p>
      </Confirm>
    </>
  );
}

/** The serial number at the end of a unit’s identifier. */
function serialIn(epc: string): string {
  return decodeURIComponent(epc.split('/').at(-1) ?? epc);
}
