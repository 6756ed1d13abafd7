import { listMembers } from '../../identity/contract.ts';
import { systemStatus } from '../../system/contract.ts';
import { useList, useRead } from '../client/hooks.ts';
import { useTexts } from '../i18n/language.ts';
import { Figure, Grid } from '../parts/layout.tsx';
import { Reading } from '../parts/state.tsx';

/** What an administrator looks after: the people, and the work behind the pages. */
export default function AdminCard() {
  const t = useTexts('identity');
  const members = useList(listMembers, { query: { limit: 100 } });
  const status = useRead(systemStatus, {});
  const system = { to: '/office/settings/system' };
  return (
    <Reading of={status} lines={1}>
      {({ jobs, outbox }) => (
        <Grid min={120}>
          <Figure
            label={t('people.title')}
            value={members.isLoading ? '—' : `${members.items.length}${members.hasMore ? '+' : ''}`}
            to={{ to: '/office/settings/people' }}
          />
          <Figure
            label={t('system.failed')}
            value={jobs.failed}
            {...(jobs.failed > 0 ? { tone: 'decide' as const } : {})}
            to={{ ...system, search: { state: 'failed' } }}
          />
          <Figure label={t('system.outbox')} value={outbox.waiting} to={system} />
          <Figure
            label={t('system.parked')}
            value={outbox.parked}
            {...(outbox.parked > 0 ? { tone: 'bad' as const } : {})}
            to={system}
          />
        </Grid>
      )}
    </Reading>
  );
}
