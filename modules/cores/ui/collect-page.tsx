import {
  Button,
  EmptyState,
  Loading,
  notify,
  ProblemBox,
  Section,
  Stack,
  TaskKey,
  useAddress,
  useList,
  useMay,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage, ScanField } from '@zaizao/platform/ui/floor';
import { listCores, listMyPickUps, listOffers, listPickUps } from '../contract.ts';
import { CollectCore } from './collect-core.tsx';
import { PickUpTask } from './pick-up-task.tsx';
import { type Core, type PickUp, useCoreName } from './words.tsx';

const LIMIT = 100;

/**
 * What is to be fetched, for whoever fetches: what plants ask this organisation to pick up, what it
 * bought itself, what it sold and hands over.
 */
export default function CollectPage() {
  const t = useTexts('cores');
  const may = useMay();
  const [search, change] = useAddress();
  const buys = may('cores.core:read');
  const tasks = useList(listMyPickUps, { query: { state: 'asked', limit: LIMIT } });
  const given = useList(
    listPickUps,
    { query: { state: 'asked', limit: LIMIT } },
    { enabled: buys },
  );
  const ours = useList(
    listCores,
    { query: { state: 'accepted', limit: LIMIT } },
    { enabled: buys },
  );
  const mine = useList(
    listOffers,
    { query: { state: 'accepted', limit: LIMIT } },
    { enabled: may('cores.quote:request') },
  );
  const all = [
    ...ours.items.map((core) => ({ core, side: 'ours' as const })),
    ...mine.items.map((core) => ({ core, side: 'mine' as const })),
  ];
  const back = () => change({ core: undefined, pickUp: undefined });
  const task = tasks.items.find((p) => p.id === search.pickUp);
  if (task) return <PickUpTask key={task.id} pickUp={task} onDone={back} />;
  const chosen = all.find(({ core }) => core.id === search.core);
  const pickUpOf = (core: Core) =>
    given.items.find((p) => p.cores.some((c) => c.coreId === core.id));
  if (chosen) {
    const pickUp = pickUpOf(chosen.core);
    return (
      <CollectCore
        key={chosen.core.id}
        {...chosen}
        all={ours.items}
        pickUp={pickUp}
        onDone={back}
      />
    );
  }
  const find = (code: string) => {
    const wanted = code.toUpperCase();
    const isIt = (known: string) => known === wanted || code.includes(known);
    const asked = tasks.items.find((p) => isIt(p.code) || p.cores.some((c) => isIt(c.code)));
    const hit = all.find(({ core }) => isIt(core.code));
    if (asked) change({ pickUp: asked.id }, true);
    else if (hit) change({ core: hit.core.id }, true);
    else notify({ kind: 'bad', text: t('collect.unknown', { code }) });
  };
  const problem = tasks.problem ?? ours.problem ?? mine.problem;
  return (
    <FloorPage title={t('collect.title')} note={t('collect.note')}>
      <ScanField onCode={find} placeholder={t('collect.scan')} />
      {problem ? <ProblemBox problem={problem} retry={tasks.reload} /> : null}
      {tasks.isLoading ? (
        <Loading />
      ) : tasks.items.length + all.length === 0 ? (
        <EmptyState icon="truck" title={t('collect.none')}>
          {t('collect.noneNext')}
        </EmptyState>
      ) : null}
      {tasks.items.length > 0 ? (
        <Section title={t('pickUp.asked', { n: tasks.items.length })}>
          <Stack gap={8}>
            {tasks.items.map((p) => (
              <TaskKey
                key={p.id}
                title={`${p.supplier} · ${t('pickUp.pieces', { n: p.cores.length })}`}
                note={[p.code, p.plant, p.address].filter(Boolean).join(' · ')}
                icon="truck"
                to={{ to: '/floor/collect', search: { pickUp: p.id } }}
              />
            ))}
          </Stack>
          {tasks.hasMore ? <Button onClick={tasks.more}>{t('offers.more')}</Button> : null}
        </Section>
      ) : null}
      <Stack gap={8}>
        {all.map(({ core }) => (
          <CollectKey key={core.id} core={core} pickUp={pickUpOf(core)} />
        ))}
      </Stack>
    </FloorPage>
  );
}

function CollectKey({ core, pickUp }: { core: Core; pickUp: PickUp | undefined }) {
  const t = useTexts('cores');
  const name = useCoreName();
  const asked = pickUp ? t('pickUp.by', { name: pickUp.collector }) : undefined;
  return (
    <TaskKey
      title={name(core)}
      note={[core.code, core.supplier?.name, core.pickUpAddress, asked].filter(Boolean).join(' · ')}
      icon="truck"
      to={{ to: '/floor/collect', search: { core: core.id } }}
    />
  );
}
