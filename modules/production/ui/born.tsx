import { printLabel } from '@zaizao/modules/quality/contract';
import {
  addressOf,
  Button,
  Code,
  Facts,
  LinkButton,
  PrintButton,
  Quantity,
  Reading,
  Row,
  useRead,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import { getUnitView } from '../contract.ts';
import { type Order, Rates, usePartName } from './words.tsx';

/** The new identity: its serial, its life, what it is made of, and its label. */
export function Born(props: { order: Order; unitId: string; back: () => void }) {
  const t = useTexts('production');
  const part = usePartName();
  const unit = useRead(getUnitView, { params: { unitId: props.unitId } });
  return (
    <FloorPage
      title={part(props.order.product)}
      note={props.order.code}
      actions={
        <Button kind="primary" size="large" wide icon="layers" onClick={props.back}>
          {t('born.next')}
        </Button>
      }
    >
      <Reading of={unit}>
        {(u) => (
          <>
            <Verdict tone="good" title={u.serial}>
              {t('born.said', { life: u.life })}
            </Verdict>
            <Facts
              rows={[
                [t('unit.state'), t(`unitState.${u.state}`)],
                [t('unit.epc'), <Code key="e">{u.epc}</Code>],
                [t('unit.mass'), <Quantity key="m" value={u.massG} unit="GRM" />],
                [
                  t('unit.counts'),
                  t('unit.countsOf', {
                    reused: u.counts.reused,
                    restored: u.counts.restored,
                    new: u.counts.new,
                  }),
                ],
                [t('unit.rates'), <Rates key="r" unit={u} />],
              ]}
            />
            <Row gap={10}>
              <PrintButton
                kind="primary"
                href={addressOf(printLabel, { query: { epc: u.epc, format: 'pdf' } })}
              >
                {t('born.label')}
              </PrintButton>
              <LinkButton icon="eye" to="/office/units/$unitId" params={{ unitId: u.id }}>
                {t('born.open')}
              </LinkButton>
              <LinkButton icon="gear" to="/floor/operations" search={{ order: props.order.id }}>
                {t('traveller')}
              </LinkButton>
            </Row>
          </>
        )}
      </Reading>
    </FloorPage>
  );
}
