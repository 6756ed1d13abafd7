import {
  EmptyState,
  Loading,
  Reading,
  Section,
  Stack,
  TaskKey,
  Time,
  useAddress,
  useList,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import { getCleaning, listCleaning } from '../contract.ts';
import { NewBatch } from './batch-new.tsx';
import { BatchWork } from './batch-work.tsx';
import { useMethods } from './methods.ts';

/** Put things into a batch, run it, say how it came out; a good one unlocks inspection. */
export default function CleaningPage() {
  const [search] = useAddress();
  if (search.batch) return <Known batchId={search.batch} />;
  if (search.core || search.add || search.new) return <NewBatch />;
  return <Choose />;
}

function Known({ batchId }: { batchId: string }) {
  const found = useRead(getCleaning, { params: { batchId } });
  return <Reading of={found}>{(batch) => <BatchWork key={batch.id} batch={batch} />}</Reading>;
}

function Choose() {
  const t = useTexts('dismantling');
  const methods = useMethods();
  const running = useList(listCleaning, { query: { state: 'running', limit: 50 } });
  return (
    <FloorPage title={t('cleaning.title')} note={t('cleaning.note')}>
      <TaskKey
        icon="plus"
        title={t('cleaning.new')}
        note={t('cleaning.newNote')}
        to={{ to: '/floor/cleaning', search: { new: 'yes' } }}
      />
      {running.isLoading ? (
        <Loading />
      ) : running.items.length === 0 ? (
        <EmptyState icon="drop" title={t('cleaning.none')}>
          {t('cleaning.noneNext')}
        </EmptyState>
      ) : (
        <Section title={t('cleaning.running')} flush>
          <Stack gap={8}>
            {running.items.map((b) => (
              <TaskKey
                key={b.id}
                icon="drop"
                title={`${b.code} ${methods.name(b.method)}`}
                note={
                  <>
                    {[b.machine, t('cleaning.things', { n: b.count })].filter(Boolean).join(' · ')}{' '}
                    · <Time at={b.startedAt} ago />
                  </>
                }
                to={{ to: '/floor/cleaning', search: { batch: b.id } }}
              />
            ))}
          </Stack>
        </Section>
      )}
    </FloorPage>
  );
}
