import { LinkButton, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { thingLifeLine } from '../contract.ts';
import { LifeLinePicture } from './life-line-picture.tsx';

/** The life line inside another module's page. Slot `thing`: `{ epc }`. */
export default function LifeLinePanel({ epc }: { epc: string }) {
  const t = useTexts('ledger');
  const line = useRead(thingLifeLine, { params: { epc } });
  return (
    <Reading of={line}>
      {(l) => (
        <>
          <LifeLinePicture line={l} step={56} siblings={false} />
          <LinkButton size="small" to="/office/things/$epc" params={{ epc }}>
            {t('life.open')}
          </LinkButton>
        </>
      )}
    </Reading>
  );
}
