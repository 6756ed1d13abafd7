import {
  Button,
  Confirm,
  Dialog,
  FormFrame,
  type Output,
  PermissionGate,
  Photo,
  PhotoCapture,
  Row,
  Section,
  SelectField,
  useAct,
  useForm,
  useMay,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { addSample, listSamples, perm, removeSample } from '../contract.ts';
import type { ProgrammeShown } from './names.ts';

type Sample = Output<typeof listSamples>['items'][number];

const edit = perm('catalog.programme:edit');

/** Pictures of what each question of a programme means: good, and not good. */
export function SamplesSection({ programme: p }: { programme: ProgrammeShown }) {
  const t = useTexts('catalog');
  const say = useSay();
  const may = useMay();
  const found = useRead(listSamples, { params: { partId: p.partId } });
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Sample>();
  const remove = useAct(removeSample, {
    said: t('sample.gone'),
    onDone: () => setLeaving(undefined),
  });
  const mine = (found.data?.items ?? []).filter((s) => s.programme === p.code);
  const shown = p.criteria.filter((c) => mine.some((s) => s.criterion === c.code));
  return (
    <Section
      title={t('sample.title')}
      note={t('sample.note')}
      actions={
        <PermissionGate access={edit}>
          <Button icon="camera" onClick={() => setAdding(true)}>
            {t('sample.add')}
          </Button>
        </PermissionGate>
      }
    >
      {shown.length === 0 ? (
        <p className="z-note">{t('sample.none')}</p>
      ) : (
        <PlainTable
          rows={shown}
          rowKey={(c) => c.code}
          columns={[
            { title: t('sample.criterion'), cell: (c) => say(c.text) },
            ...(['good', 'bad'] as const).map((shows) => ({
              title: t(`sample.${shows}`),
              cell: (c: ProgrammeShown['criteria'][number]) => (
                <Row>
                  {mine
                    .filter((s) => s.criterion === c.code && s.shows === shows)
                    .map((s) => (
                      <Photo
                        key={s.id}
                        sha256={s.sha256}
                        alt={`${t(`sample.${shows}`)}: ${say(c.text)}`}
                        {...(may(edit) ? { onRemove: () => setLeaving(s) } : {})}
                      />
                    ))}
                </Row>
              ),
            })),
          ]}
        />
      )}
      {isAdding ? <AddSample programme={p} onClose={() => setAdding(false)} /> : null}
      <Confirm
        open={leaving !== undefined}
        title={t('sample.remove')}
        confirm={t('sample.remove')}
        isBusy={remove.isBusy}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => leaving && void remove.run({ params: { sampleId: leaving.id } })}
      >
        {t('sample.removeAsk')}
      </Confirm>
    </Section>
  );
}

function AddSample(props: { programme: ProgrammeShown; onClose: () => void }) {
  const t = useTexts('catalog');
  const say = useSay();
  const { programme: p } = props;
  const form = useForm(addSample, {
    initial: { programme: p.code },
    rest: { params: { partId: p.partId } },
    said: t('sample.said'),
    onDone: props.onClose,
  });
  return (
    <Dialog open title={t('sample.add')} onClose={props.onClose}>
      <FormFrame form={form} submit={t('sample.add')}>
        <SelectField
          label={t('sample.criterion')}
          choices={p.criteria.map((c) => ({ value: c.code, label: say(c.text) }))}
          {...form.field('criterion')}
        />
        <SelectField
          label={t('sample.shows')}
          choices={(['good', 'bad'] as const).map((value) => ({
            value,
            label: t(`sample.${value}`),
          }))}
          {...form.field('shows')}
        />
        <PhotoCapture
          label={t('sample.picture')}
          hint={t('sample.hint')}
          sha256={form.draft.sha256}
          onStored={(f) => form.set({ sha256: f.sha256 })}
        />
      </FormFrame>
    </Dialog>
  );
}
