import {
  Button,
  Code,
  EmptyState,
  Facts,
  Loading,
  Money,
  notify,
  PhotoCapture,
  ProblemBox,
  Stack,
  TaskKey,
  useAct,
  useAddress,
  useList,
  useMay,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage, ScanField } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { collectCore, handOver, listCores, listOffers } from '../contract.ts';
import { type Core, StateTag, useCoreName } from './words.tsx';

/** Where to fetch accepted cores, and the proof that they were taken along. */
export default function CollectPage() {
  const t = useTexts('cores');
  const may = useMay();
  const [search, change] = useAddress();
  const ours = useList(
    listCores,
    { query: { state: 'accepted', limit: 100 } },
    { enabled: may('cores.core:read') },
  );
  const mine = useList(
    listOffers,
    { query: { state: 'accepted', limit: 100 } },
    { enabled: may('cores.quote:request') },
  );
  const all = [
    ...ours.items.map((core) => ({ core, side: 'ours' as const })),
    ...mine.items.map((core) => ({ core, side: 'mine' as const })),
  ];
  const chosen = all.find(({ core }) => core.id === search.core);
  if (chosen) {
    const back = () => change({ core: undefined });
    return <Take key={chosen.core.id} {...chosen} onDone={back} />;
  }
  const find = (code: string) => {
    const wanted = code.toUpperCase();
    const hit = all.find(({ core }) => core.code === wanted || code.includes(core.code));
    if (hit) change({ core: hit.core.id }, true);
    else notify({ kind: 'bad', text: t('collect.unknown', { code }) });
  };
  return (
    <FloorPage title={t('collect.title')} note={t('collect.note')}>
      <ScanField onCode={find} placeholder={t('collect.scan')} />
      {ours.problem ? <ProblemBox problem={ours.problem} retry={ours.reload} /> : null}
      {ours.isLoading && mine.isLoading ? (
        <Loading />
      ) : all.length === 0 ? (
        <EmptyState icon="truck" title={t('collect.none')}>
          {t('collect.noneNext')}
        </EmptyState>
      ) : (
        <Stack gap={8}>
          {all.map(({ core }) => (
            <CollectKey key={core.id} core={core} />
          ))}
        </Stack>
      )}
    </FloorPage>
  );
}

function CollectKey({ core }: { core: Core }) {
  const name = useCoreName();
  return (
    <TaskKey
      title={name(core)}
      note={[core.code, core.supplier?.name, core.pickUpAddress].filter(Boolean).join(' · ')}
      icon="truck"
      to={{ to: '/floor/collect', search: { core: core.id } }}
    />
  );
}

function Take({ core, side, onDone }: { core: Core; side: 'ours' | 'mine'; onDone: () => void }) {
  const t = useTexts('cores');
  const name = useCoreName();
  const [photo, setPhoto] = useState<string>();
  const options = { offline: true, said: t('collect.done', { code: core.code }) };
  const collect = useAct(collectCore, options);
  const hand = useAct(handOver, options);
  const take = async () => {
    const input = { params: { coreId: core.id }, body: { photos: photo ? [photo] : [] } };
    const done = side === 'ours' ? await collect.run(input) : await hand.run(input);
    if (done.state !== 'refused') onDone();
  };
  return (
    <FloorPage
      title={side === 'ours' ? t('collect.take') : t('collect.hand')}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          icon="truck"
          isBusy={collect.isBusy || hand.isBusy}
          onClick={() => void take()}
        >
          {side === 'ours' ? t('collect.took') : t('collect.handed')}
        </Button>
      }
    >
      <Facts
        rows={[
          [t('field.code'), <Code key="c">{core.code}</Code>],
          [t('field.part'), name(core)],
          [t('field.state'), <StateTag key="s" state={core.state} />],
          [t('field.supplier'), core.supplier?.name],
          [t('field.address'), core.pickUpAddress],
          [t('field.quoted'), core.quotedFen && <Money key="q" fen={core.quotedFen} />],
        ]}
      />
      <PhotoCapture
        label={t('collect.photo')}
        hint={t('collect.photoHint')}
        sha256={photo}
        onStored={(f) => setPhoto(f.sha256)}
      />
      <Button kind="quiet" onClick={onDone}>
        {t('receive.again')}
      </Button>
    </FloorPage>
  );
}
