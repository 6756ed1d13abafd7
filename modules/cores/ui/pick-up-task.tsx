import {
  Button,
  CheckField,
  Facts,
  PhotoCapture,
  Stack,
  TextField,
  useAct,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { BigNumber, FloorPage } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { confirmPickUp } from '../contract.ts';
import type { PickUp } from './words.tsx';

/** The driver's page at the supplier's door: tick what is there, count it, photograph it, go. */
export function PickUpTask({ pickUp, onDone }: { pickUp: PickUp; onDone: () => void }) {
  const t = useTexts('cores');
  const say = useSay();
  const [taken, setTaken] = useState<readonly string[]>(pickUp.cores.map((c) => c.coreId));
  const [counted, setCounted] = useState<string>();
  const [photos, setPhotos] = useState<readonly string[]>([]);
  const [note, setNote] = useState<string>();
  const confirm = useAct(confirmPickUp, {
    offline: true,
    said: t('pickUp.done', { code: pickUp.code }),
  });
  const pieces = counted === undefined ? undefined : Number(counted);
  const differs = pieces !== undefined && pieces !== taken.length;
  const isReady = photos.length > 0 && pieces !== undefined && (!differs || note !== undefined);
  const send = async () => {
    const done = await confirm.run({
      params: { pickUpId: pickUp.id },
      body: {
        ...{ taken: [...taken], counted: pieces ?? 0, photos: [...photos] },
        ...(note ? { note } : {}),
      },
    });
    if (done.state !== 'refused') onDone();
  };
  const tick = (coreId: string, isThere: boolean) =>
    setTaken((before) =>
      isThere
        ? [...before.filter((id) => id !== coreId), coreId]
        : before.filter((id) => id !== coreId),
    );
  return (
    <FloorPage
      title={t('pickUp.title')}
      note={`${pickUp.code} · ${pickUp.plant}`}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          icon="truck"
          disabled={!isReady}
          isBusy={confirm.isBusy}
          onClick={() => void send()}
        >
          {t('pickUp.confirm')}
        </Button>
      }
    >
      <Facts
        rows={[
          [t('field.supplier'), pickUp.supplier],
          [t('field.address'), pickUp.address],
        ]}
      />
      <fieldset className="z-cores-ticks">
        <legend>{t('pickUp.there')}</legend>
        {pickUp.cores.map((c) => (
          <CheckField
            key={c.coreId}
            label={`${c.code} · ${c.number}${c.name ? ` ${say(c.name)}` : ''}`}
            value={taken.includes(c.coreId)}
            onChange={(v) => tick(c.coreId, v ?? false)}
          />
        ))}
      </fieldset>
      <BigNumber
        label={t('pickUp.counted')}
        unit="H87"
        step={1}
        value={counted}
        onChange={setCounted}
      />
      {differs ? (
        <TextField
          label={t('pickUp.why', { counted: pieces, ticked: taken.length })}
          value={note}
          onChange={setNote}
        />
      ) : null}
      <Stack>
        {photos.map((sha256) => (
          <PhotoCapture
            key={sha256}
            label={t('pickUp.photo')}
            sha256={sha256}
            onStored={(f) =>
              setPhotos((before) => before.map((p) => (p === sha256 ? f.sha256 : p)))
            }
          />
        ))}
        <PhotoCapture
          key={photos.length}
          label={t(photos.length === 0 ? 'pickUp.photo' : 'pickUp.morePhotos')}
          hint={t('pickUp.photoHint')}
          sha256={undefined}
          onStored={(f) => setPhotos((before) => [...before, f.sha256])}
        />
      </Stack>
      {isReady ? null : <p className="z-note">{t('pickUp.needs')}</p>}
      <Button kind="quiet" onClick={onDone}>
        {t('receive.again')}
      </Button>
    </FloorPage>
  );
}
