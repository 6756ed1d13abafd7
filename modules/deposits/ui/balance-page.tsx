import type { Output } from '@zaizao/platform/ui';
import {
  Chart,
  type ChartOption,
  EmptyState,
  Figure,
  Grid,
  Link,
  Money,
  Reading,
  Section,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useMemo } from 'react';
import { depositBalance } from '../contract.ts';
import { Expire } from './deposits-page.tsx';
import { AGES } from './words.tsx';

type Balance = Output<typeof depositBalance>;

/** The liability by account and by age; the accounts add up to nothing, which is the proof. */
export default function BalancePage() {
  const t = useTexts('deposits');
  const found = useRead(depositBalance, {}, { live: ['market'] });
  return (
    <OfficePage
      title={t('balance.title')}
      note={t('balance.note')}
      up={{ to: '/office/deposits', title: t('list.title') }}
      actions={<Expire />}
    >
      <Reading of={found}>
        {(b) =>
          b.accounts.length === 0 ? (
            <EmptyState icon="coin" title={t('list.none')}>
              {t('list.noneNext')}
            </EmptyState>
          ) : (
            <Content balance={b} />
          )
        }
      </Reading>
    </OfficePage>
  );
}

function Content({ balance }: { balance: Balance }) {
  const t = useTexts('deposits');
  const sum = balance.accounts.reduce((n, a) => n + BigInt(a.balanceFen), 0n);
  return (
    <>
      <Grid min={150}>
        {AGES.map((age) => {
          const row = balance.ages.find((a) => a.age === age);
          return (
            <Figure
              key={age}
              label={t(`age.${age}`)}
              value={<Money fen={row?.amountFen ?? '0'} />}
              note={t('balance.count', { n: row?.count ?? 0 })}
              {...(age === 'over' && row ? { tone: 'decide' as const } : {})}
              to={{ to: '/office/deposits', search: { age } }}
            />
          );
        })}
      </Grid>
      <Section title={t('balance.byAge')}>
        <Ages balance={balance} />
      </Section>
      <Section title={t('balance.accounts')} note={t('balance.accountsNote')} flush>
        <div className="z-table-scroll">
          <table className="z-table">
            <thead>
              <tr>
                <th scope="col">{t('balance.account')}</th>
                <th scope="col" className="z-end">
                  {t('balance.balance')}
                </th>
              </tr>
            </thead>
            <tbody>
              {balance.accounts.map((a) => (
                <tr key={`${a.account} ${a.customer?.id}`}>
                  <td data-title={t('balance.account')}>
                    {a.customer ? (
                      <Link to="/office/deposits" search={{ customerId: a.customer.id }}>
                        {t('account.of', { customer: a.customer.name })}
                      </Link>
                    ) : (
                      t(`account.${a.account}`)
                    )}
                  </td>
                  <td data-title={t('balance.balance')} className="z-end z-num">
                    <Money fen={a.balanceFen} />
                  </td>
                </tr>
              ))}
              <tr>
                <td data-title={t('balance.account')}>
                  <strong>{t('balance.sum')}</strong>
                </td>
                <td data-title={t('balance.balance')} className="z-end z-num">
                  <strong>
                    <Money fen={sum} />
                  </strong>
                </td>
              </tr>
            </tbody>
          </table>
        </div>
      </Section>
      <Section title={t('balance.byState')}>
        <Grid min={150}>
          {balance.outstanding.map((o) => (
            <Figure
              key={o.state}
              label={t(`state.${o.state}`)}
              value={<Money fen={o.amountFen} />}
              note={t('balance.count', { n: o.count })}
              to={{ to: '/office/deposits', search: { state: o.state } }}
            />
          ))}
        </Grid>
      </Section>
    </>
  );
}

function Ages({ balance }: { balance: Balance }) {
  const t = useTexts('deposits');
  const names = AGES.map((a) => t(`age.${a}`)).join('|');
  const yuan = AGES.map((a) => Number(balance.ages.find((x) => x.age === a)?.amountFen ?? 0) / 100);
  const key = yuan.join('|');
  const option: ChartOption = useMemo(
    () => ({
      xAxis: { type: 'category', data: names.split('|') },
      yAxis: { type: 'value', name: '¥' },
      series: [{ type: 'bar', data: key.split('|').map(Number) }],
    }),
    [names, key],
  );
  return (
    <Chart
      option={option}
      height={240}
      summary={t('balance.summary')}
      table={{
        head: [t('field.age'), t('field.amount')],
        rows: AGES.map((a, i) => [t(`age.${a}`), yuan[i] ?? 0]),
      }}
    />
  );
}
