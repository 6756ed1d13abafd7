import {
  Button,
  Code,
  Dialog,
  EmptyState,
  FormFrame,
  type Output,
  PermissionGate,
  QuantityField,
  Row,
  Section,
  TextField,
  Time,
  useForm,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { addProgramme, addProgrammeVersion, listProgrammes, perm } from '../contract.ts';
import { ParameterRows } from './parameter-rows.tsx';

type Programme = Output<typeof listProgrammes>['items'][number];

/** 加工程序: machining programmes and the windows of the measured dimension that their versions fit. */
export default function ProgrammesPage() {
  const t = useTexts('production');
  const programmes = useRead(listProgrammes, { query: { limit: 200 } });
  const [adding, setAdding] = useState<Programme | 'new'>();
  const close = () => setAdding(undefined);
  const add = (
    <PermissionGate access={perm('production.programme:edit')}>
      <Button kind="primary" icon="plus" onClick={() => setAdding('new')}>
        {t('programme.add')}
      </Button>
    </PermissionGate>
  );
  const items = programmes.data?.items ?? [];
  return (
    <OfficePage title={t('programme.titles')} note={t('programme.note')} actions={add}>
      {programmes.data && items.length === 0 ? (
        <EmptyState icon="gear" title={t('programme.none')} action={add}>
          {t('programme.noneNext')}
        </EmptyState>
      ) : null}
      {items.map((p) => (
        <One key={p.id} programme={p} onAdd={() => setAdding(p)} />
      ))}
      <Dialog open={adding === 'new'} title={t('programme.add')} onClose={close}>
        <AddForm onDone={close} />
      </Dialog>
      <Dialog
        open={adding !== undefined && adding !== 'new'}
        title={t('programme.addVersion')}
        onClose={close}
      >
        {adding !== undefined && adding !== 'new' ? (
          <VersionForm programme={adding} onDone={close} />
        ) : null}
      </Dialog>
    </OfficePage>
  );
}

function One({ programme: p, onAdd }: { programme: Programme; onAdd: () => void }) {
  const t = useTexts('production');
  return (
    <Section
      title={`${p.code} ${p.name}`}
      note={`${t('order.step')} ${p.stepCode} · ${p.dimension} (${p.unit})`}
      actions={
        <PermissionGate access={perm('production.programme:edit')}>
          <Button size="small" icon="plus" onClick={onAdd}>
            {t('programme.addVersion')}
          </Button>
        </PermissionGate>
      }
      flush
    >
      <PlainTable
        rows={p.versions}
        rowKey={(v) => String(v.no)}
        columns={[
          { title: t('programme.version'), cell: (v) => <Code>{`v${v.no}`}</Code> },
          {
            title: p.dimension,
            className: 'z-num',
            cell: (v) => (
              <>
                {v.low} ≤ x &lt; {v.high} {p.unit}
              </>
            ),
          },
          {
            title: t('programme.parameters'),
            cell: (v) => v.parameters.map((x) => `${x.name} ${x.value} ${x.unit}`).join(' · '),
          },
          { title: t('note'), cell: (v) => v.note },
          { title: t('programme.made'), cell: (v) => <Time at={v.madeAt} /> },
        ]}
      />
    </Section>
  );
}

function AddForm({ onDone }: { onDone: () => void }) {
  const t = useTexts('production');
  const form = useForm(addProgramme, { said: t('programme.added'), onDone });
  return (
    <FormFrame form={form} submit={t('programme.add')}>
      <TextField label={t('programme.code')} mono {...form.field('code')} />
      <TextField label={t('programme.name')} {...form.field('name')} />
      <TextField
        label={t('programme.step')}
        hint={t('programme.stepHint')}
        mono
        {...form.field('stepCode')}
      />
      <Row gap={12}>
        <TextField label={t('programme.dimension')} {...form.field('dimension')} />
        <TextField label={t('finishing.unit')} {...form.field('unit')} />
      </Row>
    </FormFrame>
  );
}

function VersionForm({ programme: p, onDone }: { programme: Programme; onDone: () => void }) {
  const t = useTexts('production');
  const form = useForm(addProgrammeVersion, {
    rest: { params: { programmeId: p.id } },
    said: t('programme.versionAdded'),
    onDone,
  });
  return (
    <FormFrame form={form} submit={t('programme.addVersion')}>
      <p className="z-note">{t('programme.versionNote')}</p>
      <Row gap={12}>
        <QuantityField label={t('programme.low')} unit="" {...form.field('low')} />
        <QuantityField label={t('programme.high')} unit="" {...form.field('high')} />
      </Row>
      <ParameterRows
        rows={form.draft.parameters ?? []}
        onChange={(parameters) => form.set({ parameters })}
      />
      <TextField label={t('note')} {...form.field('note')} />
    </FormFrame>
  );
}
