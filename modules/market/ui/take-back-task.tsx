import type { getUnitView } from '@zaizao/modules/production/contract';
import {
  Button,
  Facts,
  LinkButton,
  type Output,
  Problem,
  Section,
  useAct,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { ScanField } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { receiveReturn } from '../contract.ts';
import { unitBehind } from './things.ts';
import { usePartName } from './words.tsx';

/** A unit that we sold comes home: it is the core of its next life. */
export function TakeBackTask() {
  const t = useTexts('market');
  const part = usePartName();
  const [unit, setUnit] = useState<Output<typeof getUnitView>>();
  const [wrong, setWrong] = useState<{ code: string; why: string }>();
  const [core, setCore] = useState<Output<typeof receiveReturn>>();
  const back = useAct(receiveReturn, { quiet: true, refreshes: ['production', 'cores'] });
  const scanned = async (code: string) => {
    setCore(undefined);
    try {
      const found = await unitBehind(code);
      setUnit(found);
      setWrong(found ? undefined : { code, why: t('warehouse.notUnit') });
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      setWrong({ code, why: e.message });
    }
  };
  const take = async () => {
    if (!unit) return;
    const done = await back.run({ body: { unitId: unit.id } });
    if (done.state === 'done') {
      setCore(done.value);
      setUnit(undefined);
    } else if (done.state === 'refused') {
      setWrong({ code: unit.serial, why: done.problem.message });
    }
  };
  return (
    <>
      <ScanField
        onCode={(code) => void scanned(code)}
        placeholder={t('warehouse.scanUnit')}
        isBusy={back.isBusy}
      />
      {wrong ? (
        <Verdict tone="bad" title={wrong.code}>
          {wrong.why}
        </Verdict>
      ) : null}
      {unit ? (
        <Section title={unit.serial}>
          <Facts
            rows={[
              [t('order.unit'), part(unit.part)],
              [t('listing.life'), t('life', { n: unit.life })],
            ]}
          />
          <Button
            kind="primary"
            size="large"
            wide
            icon="recycle"
            isBusy={back.isBusy}
            onClick={() => void take()}
          >
            {t('warehouse.takeBackNow')}
          </Button>
        </Section>
      ) : null}
      {core ? (
        <>
          <Verdict tone="good" title={core.code}>
            {t('warehouse.isCore', { life: core.life })}
          </Verdict>
          <LinkButton icon="inbox" to="/floor/receive" search={{ core: core.coreId }}>
            {t('warehouse.toGrading')}
          </LinkButton>
        </>
      ) : null}
    </>
  );
}
