import type { Output } from '@zaizao/platform/ui';
import {
  Button,
  Code,
  Dialog,
  Facts,
  Link,
  LinkButton,
  Panels,
  Photo,
  PrintButton,
  Quantity,
  Reading,
  Section,
  TextField,
  Time,
  useAct,
  useMay,
  useParam,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { getComponentView, scrapComponent } from '../contract.ts';
import { componentMachine } from '../domain/component-machine.ts';
import { ComponentTag, usePartName } from './words.tsx';

type Shown = Output<typeof getComponentView>;

/** One component or lot: its core and donor, what happened to it, what is wrong with it. */
export default function ComponentPage() {
  const componentId = useParam('componentId');
  const found = useRead(
    getComponentView,
    { params: { componentId } },
    { live: ['inspection', 'production'] },
  );
  return <Reading of={found}>{(c) => <Component component={c} />}</Reading>;
}

function Component({ component: c }: { component: Shown }) {
  const t = useTexts('dismantling');
  const name = usePartName();
  return (
    <OfficePage
      title={`${c.code} ${name(c.part)}`}
      up={{ to: '/office/components', title: t('components.title') }}
      status={<ComponentTag state={c.state} />}
      actions={<Acts component={c} />}
    >
      <Section title={t('component.what')}>
        <Facts
          rows={[
            [
              t('field.core'),
              <Link key="c" to="/office/cores/$coreId" params={{ coreId: c.fromCoreId }}>
                {c.fromCoreCode}
              </Link>,
            ],
            [t('field.pos'), c.pos],
            [t('field.qty'), c.qty],
            [t('component.identity'), t(c.serialised ? 'component.single' : 'component.lot')],
            [t('field.mass'), <Quantity key="m" value={Math.round(c.massG)} unit="GRM" />],
            [t('field.lives'), c.lives],
            [t('component.restoredTimes'), c.restoredTimes > 0 ? c.restoredTimes : undefined],
            [t('field.stream'), t(`stream.${c.stream}`)],
            [t('field.place'), c.place],
            [
              t('component.unit'),
              c.unitId && (
                <Link key="u" to="/office/units/$unitId" params={{ unitId: c.unitId }}>
                  {t('component.openUnit')}
                </Link>
              ),
            ],
            [t('donor.vin'), c.donor?.vin && <Code key="v">{c.donor.vin}</Code>],
            [t('donor.machineSerial'), c.donor?.machineSerial],
            [
              t('donor.mileage'),
              c.donor?.mileageKm && <Quantity key="k" value={c.donor.mileageKm} unit="KMT" />,
            ],
            [t('field.createdAt'), <Time key="t" at={c.createdAt} />],
            [t('field.epc'), <Code key="e">{c.epc}</Code>],
          ]}
        />
      </Section>
      {c.damages.length > 0 ? (
        <Section title={t('field.damages')}>
          <ul className="z-dis-damages">
            {c.damages.map((d, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the damages of a component never change
              <li key={i}>
                {d.photo ? <Photo sha256={d.photo} alt={t(`damage.${d.mode}`)} size={112} /> : null}
                <span>
                  {t(`damage.${d.mode}`)} {d.place}{' '}
                  {d.sizeMm ? <Quantity value={d.sizeMm} unit="MMT" /> : null}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Panels slot="component" props={{ componentId: c.id, epc: c.epc }} />
      <Panels slot="thing" props={{ epc: c.epc }} />
    </OfficePage>
  );
}

function Acts({ component: c }: { component: Shown }) {
  const t = useTexts('dismantling');
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState<string>();
  const scrap = useAct(scrapComponent, {
    said: t('component.scrapped'),
    onDone: () => setOpen(false),
  });
  const mayScrap =
    may('dismantling.component:scrap') && componentMachine.next(c.state, 'scrap') !== undefined;
  const mayInspect =
    may('inspection.record:measure') && (c.state === 'cleaned' || c.state === 'restored');
  return (
    <>
      <PrintButton href={`/api/v1/quality/labels?format=pdf&epc=${encodeURIComponent(c.epc)}`}>
        {t('teardown.label')}
      </PrintButton>
      {mayInspect ? (
        <LinkButton kind="primary" icon="ruler" to="/floor/inspection" search={{ component: c.id }}>
          {t('component.inspect')}
        </LinkButton>
      ) : null}
      {mayScrap ? (
        <Button kind="danger" icon="recycle" onClick={() => setOpen(true)}>
          {t('component.scrap')}
        </Button>
      ) : null}
      <Dialog
        open={isOpen}
        title={`${t('component.scrap')} ${c.code}`}
        onClose={() => setOpen(false)}
        footer={
          <Button
            kind="danger"
            disabled={!reason}
            isBusy={scrap.isBusy}
            onClick={() =>
              reason
                ? void scrap.run({ params: { componentId: c.id }, body: { reason } })
                : undefined
            }
          >
            {t('component.scrap')}
          </Button>
        }
      >
        <p>{t('component.scrapNote')}</p>
        <TextField
          label={t('component.reason')}
          lines={2}
          autoFocus
          value={reason}
          onChange={setReason}
        />
      </Dialog>
    </>
  );
}
