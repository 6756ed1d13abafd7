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
import { workInProgress } from '../contract.ts';

/** What customers paid for cores that are not back yet, in fen. */
export function outstandingOf(balance: Output<typeof depositBalance>): bigint {
  return balance.outstanding
    .filter((o) => o.state === 'charged' || o.state === 'due')
    .reduce((n, o) => n + BigInt(o.amountFen), 0n);
}

/** The owner’s five numbers, each opening its records. */
export function CockpitFigures() {
  const t = useTexts('production');
  const lang = useLang();
  const may = useMay();
  const mayDeposits = may('deposits.deposit:read');
  const production = useRead(workInProgress, {});
  const cores = useRead(coreFigures, {});
  const quality = useRead(qualityFigures, {});
  const deposits = useRead(depositBalance, {}, { enabled: mayDeposits });
  const pass = quality.data?.firstPass;
  return (
    <Reading of={production} lines={1}>
      {({ openOrders, assembledByDay, today }) => (
        <Grid min={130}>
          <Figure
            label={t('cockpit.receivedToday')}
            value={cores.data?.receivedToday ?? '—'}
            to={{ to: '/office/cores' }}
          />
          <Figure
            label={t('cockpit.openOrders')}
            value={openOrders}
            to={{ to: '/office/work-orders', search: { open: 'yes' } }}
          />
          <Figure
            label={t('cockpit.outputToday')}
            value={assembledByDay.find((d) => d.day === today)?.count ?? 0}
            to={{ to: '/office/units', search: { from: today, to: today } }}
          />
          <Figure
            label={t('cockpit.firstPass')}
            value={pass && pass.tested > 0 ? formatShare(pass.passed / pass.tested, lang) : '—'}
            {...(pass ? { note: t('cockpit.firstPassOf', { n: pass.tested }) } : {})}
            to={{ to: '/office/tests' }}
          />
          {mayDeposits ? (
            <Figure
              label={t('cockpit.deposits')}
              value={deposits.data ? formatMoney(outstandingOf(deposits.data), lang) : '—'}
              note={t('cockpit.depositsNote')}
              to={{ to: '/office/deposits' }}
            />
          ) : null}
        </Grid>
      )}
    </Reading>
  );
}
