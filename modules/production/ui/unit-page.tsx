import { printLabel } from '@zaizao/modules/quality/contract';
import {
  addressOf,
  Button,
  Code,
  Dialog,
  Facts,
  Figure,
  FormFrame,
  formatShare,
  Grid,
  Link,
  LinkButton,
  Panels,
  PermissionGate,
  PrintButton,
  Quantity,
  Reading,
  Row,
  Section,
  TextField,
  Time,
  useForm,
  useGo,
  useLang,
  useParam,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { getUnitView, perm, releaseRework, releaseUnit } from '../contract.ts';
import { AsBuilt } from './as-built.tsx';
import { MadeSections } from './made-sections.tsx';
import { type Unit, UnitTag, usePartName } from './words.tsx';

/** One unit: its identity, its previous lives, what it is made of, and what other modules know of it. */
export default function UnitPage() {
  const t = useTexts('production');
  const part = usePartName();
  const unitId = useParam('unitId');
  const unit = useRead(getUnitView, { params: { unitId } }, { live: ['quality', 'market'] });
  return (
    <Reading of={unit}>
      {(u) => (
        <OfficePage
          title={u.serial}
          note={part(u.part)}
          up={{ to: '/office/units', title: t('units.title') }}
          status={<UnitTag state={u.state} />}
          actions={<Actions unit={u} />}
        >
          <Numbers unit={u} />
          <Identity unit={u} />
          <Section title={t('unit.asBuilt')} note={t('unit.asBuiltNote')} flush>
            <AsBuilt unit={u} />
          </Section>
          <MadeSections unitId={u.id} />
          <Panels slot="unit" props={{ unitId: u.id }} />
          <Panels slot="thing" props={{ epc: u.epc }} />
        </OfficePage>
      )}
    </Reading>
  );
}

function Numbers({ unit: u }: { unit: Unit }) {
  const t = useTexts('production');
  const lang = useLang();
  return (
    <Grid min={150}>
      <Figure label={t('unit.life')} value={t('unit.lifeOf', { n: u.life })} />
      <Figure
        label={t('unit.rateMass')}
        value={formatShare(u.rates.byMass, lang)}
        note={t('unit.rateMassNote')}
      />
      <Figure
        label={t('unit.rateCount')}
        value={formatShare(u.rates.byCount, lang)}
        note={t('unit.rateCountNote')}
      />
      <Figure
        label={t('unit.counts')}
        value={u.counts.reused + u.counts.restored + u.counts.new}
        note={t('unit.countsOf', {
          reused: u.counts.reused,
          restored: u.counts.restored,
          new: u.counts.new,
        })}
      />
      <Figure label={t('unit.mass')} value={<Quantity value={u.massG} unit="GRM" />} />
    </Grid>
  );
}

function Identity({ unit: u }: { unit: Unit }) {
  const t = useTexts('production');
  return (
    <Section title={t('unit.identity')}>
      <Facts
        rows={[
          [t('unit.epc'), <Code key="e">{u.epc}</Code>],
          [t('unit.assembledAt'), <Time key="a" at={u.assembledAt} />],
          [
            t('unit.order'),
            <Link key="o" to="/office/work-orders/$orderId" params={{ orderId: u.orderId }}>
              {t('unit.openOrder')}
            </Link>,
          ],
          [
            t('unit.previous'),
            u.previousCores.length === 0 ? (
              t('unit.noPrevious')
            ) : (
              <Row key="c">
                {u.previousCores.map((c) => (
                  <Link key={c.id} to="/office/cores/$coreId" params={{ coreId: c.id }}>
                    {c.code}
                  </Link>
                ))}
              </Row>
            ),
          ],
        ]}
      />
    </Section>
  );
}

function Actions({ unit: u }: { unit: Unit }) {
  const t = useTexts('production');
  const [asking, setAsking] = useState<'release' | 'rework'>();
  const close = () => setAsking(undefined);
  return (
    <Row>
      <LinkButton icon="tree" to="/office/genealogy/$epc" params={{ epc: u.epc }}>
        {t('unit.genealogy')}
      </LinkButton>
      <PrintButton href={addressOf(printLabel, { query: { epc: u.epc, format: 'pdf' } })}>
        {t('unit.label')}
      </PrintButton>
      {u.state === 'certified' ? (
        <PermissionGate access={perm('production.unit:move')}>
          <Button kind="primary" icon="warehouse" onClick={() => setAsking('release')}>
            {t('unit.release')}
          </Button>
        </PermissionGate>
      ) : null}
      {u.state === 'rework' ? (
        <PermissionGate access={perm('production.order:release')}>
          <Button kind="primary" icon="wrench" onClick={() => setAsking('rework')}>
            {t('release.rework')}
          </Button>
        </PermissionGate>
      ) : null}
      <Dialog open={asking === 'release'} title={t('unit.release')} onClose={close}>
        <ReleaseForm unit={u} onDone={close} />
      </Dialog>
      <Dialog open={asking === 'rework'} title={t('release.rework')} onClose={close}>
        <ReworkForm unit={u} />
      </Dialog>
    </Row>
  );
}

function ReleaseForm({ unit, onDone }: { unit: Unit; onDone: () => void }) {
  const t = useTexts('production');
  const form = useForm(releaseUnit, {
    rest: { params: { unitId: unit.id } },
    initial: {},
    said: t('unit.released'),
    onDone,
  });
  return (
    <FormFrame form={form} submit={t('unit.release')}>
      <p className="z-note">{t('unit.releaseLead')}</p>
      <TextField label={t('unit.place')} {...form.field('place')} />
    </FormFrame>
  );
}

function ReworkForm({ unit }: { unit: Unit }) {
  const t = useTexts('production');
  const go = useGo();
  const form = useForm(releaseRework, {
    initial: { unitId: unit.id },
    said: (o) => t('release.said', { code: o.code }),
    onDone: (o) => go({ to: '/office/work-orders/$orderId', params: { orderId: o.id } }),
  });
  return (
    <FormFrame form={form} submit={t('release.now')}>
      <p className="z-note">{t('release.reworkLead')}</p>
      <TextField label={t('release.instruction')} lines={3} {...form.field('instruction')} />
    </FormFrame>
  );
}
