import { Figure, Grid, Reading, Time, useRead, useTexts } from '@zaizao/platform/ui';
import { getLog, getWitnesses } from '../contract.ts';

/** The ledger on the system's page: how long its log is, when it was last signed, who witnesses it. */
export default function SystemPanel() {
  const t = useTexts('ledger');
  const log = useRead(getLog, {});
  const witnesses = useRead(getWitnesses, {});
  const to = { to: '/office/ledger' };
  return (
    <Reading of={log} lines={1}>
      {({ size, signedAt, events, waiting }) => (
        <Grid min={130}>
          <Figure label={t('log.size')} value={size} to={to} />
          <Figure
            label={t('log.signed')}
            value={signedAt ? <Time at={signedAt} ago /> : '—'}
            to={to}
          />
          <Figure label={t('log.events')} value={events} to={to} />
          <Figure label={t('log.waiting')} value={waiting} to={to} />
          <Figure
            label={t('witness.name')}
            value={witnesses.data?.witnesses.length ?? '—'}
            {...(witnesses.data?.witnesses.some((w) => w.isAlarm) ? { tone: 'bad' as const } : {})}
            to={to}
          />
        </Grid>
      )}
    </Reading>
  );
}
