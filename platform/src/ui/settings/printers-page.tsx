import { useState } from 'react';
import {
  addPrinter,
  editPrinter,
  listPrinters,
  removePrinter,
  testPrinter,
} from '../../printing/contract.ts';
import type { Output } from '../client/call.ts';
import { type Form, useForm } from '../client/form.ts';
import { useAct, useRead } from '../client/hooks.ts';
import { useTexts } from '../i18n/language.ts';
import { OfficePage } from '../office/page.tsx';
import { Button } from '../parts/button.tsx';
import { Confirm, Dialog } from '../parts/dialog.tsx';
import { SelectField, TextField } from '../parts/fields.tsx';
import { FormFrame } from '../parts/form.tsx';
import { JobProgress } from '../parts/job.tsx';
import { Facts, Grid, Row, Section } from '../parts/layout.tsx';
import { EmptyState, Reading } from '../parts/state.tsx';
import { Code } from '../parts/values.tsx';
import { PermissionGate } from '../session.tsx';

type Printer = Output<typeof listPrinters>['items'][number];

const MEDIA = ['60x40', '50x30', '25x15'] as const;
const PORTS = [9100, 6101] as const;
const DOTS = [
  [8, '203 dpi'],
  [12, '300 dpi'],
  [24, '600 dpi'],
] as const;
const manage = 'platform.printer:manage';

/** 打印机: the label printers of the plant's own network, which the server sends labels to. */
export default function PrintersPage() {
  const t = useTexts('identity');
  const found = useRead(listPrinters, {});
  const [editing, setEditing] = useState<Printer | 'new'>();
  const stop = () => setEditing(undefined);
  const add = (
    <PermissionGate access={manage}>
      <Button kind="primary" icon="plus" onClick={() => setEditing('new')}>
        {t('printers.add')}
      </Button>
    </PermissionGate>
  );
  return (
    <OfficePage title={t('printers.title')} note={t('printers.note')} actions={add}>
      <Reading of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="print" title={t('printers.none')} action={add}>
              {t('printers.noneNext')}
            </EmptyState>
          ) : (
            <Grid min={320}>
              {items.map((p) => (
                <OnePrinter key={p.id} printer={p} edit={() => setEditing(p)} />
              ))}
            </Grid>
          )
        }
      </Reading>
      <Dialog
        open={editing !== undefined}
        title={t(editing === 'new' ? 'printers.add' : 'printers.edit')}
        onClose={stop}
      >
        {editing === 'new' ? <NewPrinter onDone={stop} /> : null}
        {editing && editing !== 'new' ? <Edited printer={editing} onDone={stop} /> : null}
      </Dialog>
    </OfficePage>
  );
}

function OnePrinter({ printer: p, edit }: { printer: Printer; edit: () => void }) {
  const t = useTexts('identity');
  const [jobId, setJob] = useState<string>();
  const [isLeaving, setLeaving] = useState(false);
  const tried = useAct(testPrinter, { onDone: (made) => setJob(made.jobId) });
  const remove = useAct(removePrinter, {
    said: t('printers.gone'),
    onDone: () => setLeaving(false),
  });
  return (
    <Section title={p.name} note={p.place}>
      <Facts
        rows={[
          [t('printers.address'), <Code key="a">{`${p.host}:${p.port}`}</Code>],
          [t('printers.media'), `${p.media.replace('x', ' × ')} mm`],
          [t('printers.dots'), `${p.dpmm} / mm`],
        ]}
      />
      <Row>
        <Button
          icon="print"
          isBusy={tried.isBusy}
          onClick={() => void tried.run({ params: { printerId: p.id } })}
        >
          {t('printers.test')}
        </Button>
        <PermissionGate access={manage}>
          <Button icon="settings" onClick={edit}>
            {t('printers.edit')}
          </Button>
          <Button kind="quiet" onClick={() => setLeaving(true)}>
            {t('printers.remove')}
          </Button>
        </PermissionGate>
      </Row>
      {jobId ? <JobProgress key={jobId} jobId={jobId} title={t('printers.test')} /> : null}
      <Confirm
        open={isLeaving}
        title={t('printers.remove')}
        confirm={t('printers.remove')}
        danger
        isBusy={remove.isBusy}
        onConfirm={() => void remove.run({ params: { printerId: p.id } })}
        onClose={() => setLeaving(false)}
      >
        {t('printers.removeAsk', { name: p.name })}
      </Confirm>
    </Section>
  );
}

const BEGINNING = { name: '', place: '', host: '', port: 9100, media: '60x40', dpmm: 8 } as const;

function NewPrinter({ onDone }: { onDone: () => void }) {
  const t = useTexts('identity');
  const form = useForm(addPrinter, { initial: BEGINNING, said: t('printers.saved'), onDone });
  return <Fields form={form} />;
}

function Edited({ printer: p, onDone }: { printer: Printer; onDone: () => void }) {
  const t = useTexts('identity');
  const { id, version, port, ...same } = p;
  const form = useForm(editPrinter, {
    initial: { ...same, port: port === 6101 ? 6101 : 9100 },
    rest: { params: { printerId: id }, version },
    said: t('printers.saved'),
    onDone,
  });
  return <Fields form={form} />;
}

function Fields({ form }: { form: Form<typeof addPrinter> | Form<typeof editPrinter> }) {
  const t = useTexts('identity');
  const { draft } = form;
  return (
    <FormFrame form={form} submit={t('printers.save')}>
      <TextField label={t('printers.name')} {...form.field('name')} />
      <TextField
        label={t('printers.place')}
        hint={t('printers.placeHint')}
        {...form.field('place')}
        required={false}
      />
      <TextField
        label={t('printers.host')}
        hint={t('printers.hostHint')}
        mono
        {...form.field('host')}
      />
      <SelectField
        label={t('printers.port')}
        choices={PORTS.map((n) => ({ value: String(n), label: String(n) }))}
        value={String(draft.port ?? 9100)}
        onChange={(v) => form.set({ port: v === '6101' ? 6101 : 9100 })}
        error={form.fault('port')}
      />
      <SelectField
        label={t('printers.media')}
        choices={MEDIA.map((value) => ({ value, label: `${value.replace('x', ' × ')} mm` }))}
        {...form.field('media')}
      />
      <SelectField
        label={t('printers.dots')}
        choices={DOTS.map(([n, label]) => ({ value: String(n), label: `${n} / mm (${label})` }))}
        value={String(draft.dpmm ?? 8)}
        onChange={(v) => form.set({ dpmm: Number(v ?? 8) })}
        error={form.fault('dpmm')}
      />
    </FormFrame>
  );
}
