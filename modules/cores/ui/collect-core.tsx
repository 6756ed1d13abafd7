import { listPartners } from '@zaizao/modules/parties/contract';
import {
  Button,
  Code,
  Facts,
  LookupField,
  Money,
  PhotoCapture,
  Section,
  useAct,
  useMay,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { askPickUp, cancelPickUp, collectCore, handOver } from '../contract.ts';
import { type Core, type PickUp, StateTag, useCoreName } from './words.tsx';

/** One core: taken along by us, handed over by its seller, or left to a collector. */
export function CollectCore(props: {
  core: Core;
  side: 'ours' | 'mine';
  /** Accepted cores, among which others may wait at the same place. */
  all: readonly Core[];
  pickUp: PickUp | undefined;
  onDone: () => void;
}) {
  const t = useTexts('cores');
  const name = useCoreName();
  const { core, side, onDone } = props;
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
      {side === 'ours' ? <ByCollector {...props} /> : null}
      <Button kind="quiet" onClick={onDone}>
        {t('receive.again')}
      </Button>
    </FloorPage>
  );
}

/** Leaves the core, and others at the same place, to a collector; or says whom it is left to. */
function ByCollector(props: {
  core: Core;
  all: readonly Core[];
  pickUp: PickUp | undefined;
  onDone: () => void;
}) {
  const t = useTexts('cores');
  const may = useMay();
  const { core, pickUp, onDone } = props;
  const [collectorId, setCollector] = useState<string>();
  const cancel = useAct(cancelPickUp, { said: t('pickUp.calledOff') });
  const ask = useAct(askPickUp, {
    said: t('pickUp.askedOf'),
    undo: async (made) => {
      await cancel.run({ params: { pickUpId: made.id } });
    },
    onDone,
  });
  if (pickUp) {
    return (
      <Section title={t('pickUp.by', { name: pickUp.collector })} note={pickUp.code}>
        <Button
          isBusy={cancel.isBusy}
          onClick={() => void cancel.run({ params: { pickUpId: pickUp.id } })}
        >
          {t('pickUp.callOff')}
        </Button>
      </Section>
    );
  }
  if (!may('parties.partner:read')) return null;
  const here = props.all.filter(
    (c) => c.supplier?.id === core.supplier?.id && c.pickUpAddress === core.pickUpAddress,
  );
  return (
    <Section title={t('pickUp.ask')} note={t('pickUp.askNote', { n: here.length })}>
      <LookupField
        label={t('pickUp.collector')}
        list={listPartners}
        by="q"
        fixed={{ kind: 'collector', active: 'yes' }}
        choice={(p) => ({
          value: p.id,
          label: p.name,
          disabled: p.orgId === undefined,
          ...(p.orgId === undefined ? { note: t('pickUp.noAccount') } : {}),
        })}
        value={collectorId}
        onChange={setCollector}
      />
      <Button
        size="large"
        wide
        disabled={!collectorId}
        isBusy={ask.isBusy}
        onClick={() =>
          void ask.run({
            body: { collectorId: collectorId ?? '', coreIds: here.map((c) => c.id) },
          })
        }
      >
        {t('pickUp.askNow')}
      </Button>
    </Section>
  );
}
