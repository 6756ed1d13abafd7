import { coreFigures } from '@zaizao/modules/cores/contract';
import { depositBalance } from '@zaizao/modules/deposits/contract';
import { qualityFigures } from '@zaizao/modules/quality/contract';
import {
  Figure,
  formatMoney,
  formatShare,
  Grid,
  type Output,
  Reading,
  useLang,
  useMay,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { onTime, workInProgress } from '../contract.ts';

/** What customers paid for cores that are not back yet, in fen. */
export function outstandingOf(balance: Output<typeof depositBalance>): bigint {
  return balance.outstanding
    .filter((o) => o.state === 'charged' || o.state === 'due')
    .reduce((n, o) => n + BigInt(o.amountFen), 0n);
}

/** The owner’s five numbers, each opening its records; `all` of them on the cockpit itself. */
export function CockpitFigures({ all = false }: { all?: boolean }) {
  const t = useTexts('production');
  const lang = useLang();
  const may = useMay();
  const mayDeposits = may('deposits.deposit:read');
  const production = useRead(workInProgress, {});
  const cores = useRead(coreFigures, {});
  const quality = useRead(qualityFigures, {});
  const deposits = useRead(depositBalance, {}, { enabled: mayDeposits });
  const dates = useRead(onTime, {});
  const pass = quality.data?.firstPass;
  const received = cores.data;
  return (
    <Reading of={production} lines={1}>
      {({ openOrders, assembledByDay, today }) => (
        <Grid min={130}>
          <Figure
            label={t('cockpit.receivedToday')}
            value={received?.receivedToday ?? '—'}
            to={{
              to: '/office/cores',
              search: received ? { from: received.today, to: received.today } : {},
            }}
          />
          {all ? (
            <Figure
              label={t('cockpit.openOrders')}
              value={openOrders}
              to={{ to: '/office/work-orders', search: { open: 'yes' } }}
            />
          ) : null}
          <Figure
            label={t('cockpit.outputToday')}
            value={assembledByDay.find((d) => d.day === today)?.count ?? 0}
            to={{ to: '/office/units', search: { from: today, to: today } }}
          />
          <Figure
            label={t('cockpit.firstPass')}
            value={pass && pass.tested > 0 ? formatShare(pass.passed / pass.tested, lang) : '—'}
            {...(pass ? { note: t('cockpit.firstPassOf', { n: pass.tested }) } : {})}
            to={{
              to: '/office/tests',
              search: pass ? { first: 'yes', from: pass.from, to: pass.to } : {},
            }}
          />
          <OnTime of={dates.data} />
          {mayDeposits ? (
            <Figure
              label={t('cockpit.deposits')}
              value={deposits.data ? formatMoney(outstandingOf(deposits.data), lang) : '—'}
              note={t('cockpit.depositsNote')}
              to={{ to: '/office/deposits', search: { waiting: 'yes' } }}
            />
          ) : null}
        </Grid>
      )}
    </Reading>
  );
}

/** Orders finished by their due date, of those whose date has passed. */
function OnTime({ of }: { of: Output<typeof onTime> | undefined }) {
  const t = useTexts('production');
  const lang = useLang();
  return (
    <Figure
      label={t('cockpit.onTime')}
      value={of && of.due > 0 ? formatShare(of.kept / of.due, lang) : '—'}
      {...(of ? { note: t('cockpit.onTimeOf', { n: of.due, weeks: of.weeks.length }) } : {})}
      to={{
        to: '/office/work-orders',
        search: of ? { judged: 'due', dueFrom: of.from, dueTo: of.to } : {},
      }}
    />
  );
}
