import { listUnits, releaseUnit } from '@zaizao/modules/production/contract';
import {
  EmptyState,
  Loading,
  Problem,
  Stack,
  TaskKey,
  TextField,
  useAct,
  useList,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { ScanField } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { unitBehind } from './things.ts';
import { usePartName } from './words.tsx';

/** Certified units go onto the shelf: scan the place once, then each unit. */
export function PutAwayTask() {
  const t = useTexts('market');
  const part = usePartName();
  const [place, setPlace] = useState<string>();
  const [answer, setAnswer] = useState<{ tone: 'good' | 'bad'; title: string; why?: string }>();
  const list = useList(listUnits, { query: { state: 'certified', limit: 50 } });
  const release = useAct(releaseUnit, { quiet: true });
  const put = async (unitId: string, serial: string) => {
    const done = await release.run({ params: { unitId }, body: place ? { place } : {} });
    if (done.state === 'done')
      setAnswer({ tone: 'good', title: t('warehouse.inStock', { serial }) });
    if (done.state === 'refused') {
      setAnswer({ tone: 'bad', title: serial, why: done.problem.message });
    }
  };
  const scanned = async (code: string) => {
    try {
      const unit = await unitBehind(code);
      if (unit) await put(unit.id, unit.serial);
      else setAnswer({ tone: 'bad', title: code, why: t('warehouse.notUnit') });
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      setAnswer({ tone: 'bad', title: code, why: e.message });
    }
  };
  return (
    <>
      <ScanField
        onCode={(code) => void scanned(code)}
        placeholder={t('warehouse.scanUnit')}
        isBusy={release.isBusy}
      />
      {answer ? (
        <Verdict tone={answer.tone} title={answer.title}>
          {answer.why}
        </Verdict>
      ) : null}
      <TextField
        label={t('warehouse.place')}
        required={false}
        mono
        value={place}
        onChange={setPlace}
      />
      {list.isLoading ? <Loading /> : null}
      {!list.isLoading && list.items.length === 0 ? (
        <EmptyState icon="check" title={t('warehouse.nothing')}>
          {t('warehouse.nothingToPut')}
        </EmptyState>
      ) : null}
      <Stack gap={8}>
        {list.items.map((u) => (
          <TaskKey
            key={u.id}
            icon="box"
            title={u.serial}
            note={part(u.part)}
            onClick={() => void put(u.id, u.serial)}
          />
        ))}
      </Stack>
    </>
  );
}
