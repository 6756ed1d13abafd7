import {
  CheckField,
  Code,
  MoneyField,
  NumberField,
  Row,
  SelectField,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { RemovalLine, setRemoval } from '../../contract.ts';
import { STREAMS } from '../../domain/dismantle-lists.ts';
import type { Dismantle } from '../dismantle-tab.tsx';
import { useChoices } from '../names.ts';
import { LineList } from './line-list.tsx';
import { NextVersion } from './next-version.tsx';
import { BasisField, blank } from './text-fields.tsx';
import { numbersIn, WordsField } from './words-field.tsx';

/** Writes the next version of what is said of positions and groups, beginning with what is shown. */
export function RemovalForm({ shown, onDone }: { shown: Dismantle; onDone: () => void }) {
  const t = useTexts('catalog');
  const say = useSay();
  const streams = useChoices(STREAMS);
  const [seen] = useState(shown);
  const next = seen.removalVersion + 1;
  const form = useForm(setRemoval, {
    initial: { removal: [...seen.removal], note: '' },
    rest: { params: { partId: seen.partId }, version: seen.removalVersion },
    said: t('form.issued', { n: next }),
    onDone,
  });
  const lines = form.draft.removal ?? [];
  return (
    <NextVersion
      title={t('dismantle.formRemoval', { n: next })}
      note={t('form.newVersionNote')}
      form={form}
      submit={t('form.issue', { n: next })}
      onClose={onDone}
    >
      <LineList
        schema={RemovalLine}
        lines={lines}
        onChange={(removal) => form.set({ removal })}
        order={(a, b) => a.item.localeCompare(b.item, 'en', { numeric: true })}
        nameOf={(r) => `${r.item} ${say(r.name)}`}
        faultsAt={(i) => form.faultsBelow(`removal/${i}`)}
        add={t('dismantle.addRemoval')}
        fresh={() => ({
          ...{ name: { zh: '', en: '' }, members: [], mustOut: false, zone: '', basis: '' },
        })}
        columns={[
          { title: t('dismantle.item'), cell: (r) => <Code>{r.item}</Code> },
          { title: t('name'), cell: (r) => say(r.name) || '—' },
          { title: t('dismantle.members'), cell: (r) => r.members.join(' ') || '—' },
          {
            title: t('dismantle.stream'),
            cell: (r) => (r.stream ? say(STREAMS[r.stream]) : '—'),
          },
        ]}
        fields={(line) => {
          const name = { zh: '', en: '', ...line.draft.name };
          return (
            <>
              <TextField
                label={t('dismantle.item')}
                hint={t('dismantle.itemHint')}
                mono
                {...line.field('item')}
              />
              <Row>
                <TextField
                  label={t('nameZh')}
                  required={false}
                  value={name.zh}
                  onChange={(zh) => line.set({ name: { ...name, zh: zh ?? '' } })}
                />
                <TextField
                  label={t('nameEn')}
                  required={false}
                  value={name.en}
                  onChange={(en) => line.set({ name: { ...name, en: en ?? '' } })}
                />
              </Row>
              <WordsField
                label={t('dismantle.members')}
                hint={t('dismantle.partsHint')}
                words={(line.draft.members ?? []).map(String)}
                onChange={(list) => line.set({ members: numbersIn(list) })}
                error={line.fault('members')}
              />
              <CheckField label={t('dismantle.mustOut')} {...line.field('mustOut')} />
              <Row>
                <SelectField
                  label={t('dismantle.stream')}
                  choices={streams}
                  {...line.field('stream')}
                />
                <TextField label={t('dismantle.zone')} {...blank(line.field('zone'))} />
              </Row>
              <Row>
                <MoneyField label={t('dismantle.whole')} {...line.field('wholeFen')} />
                <NumberField label={t('dismantle.goodPct')} unit="P1" {...line.field('goodPct')} />
                <MoneyField label={t('dismantle.look')} {...line.field('lookFen')} />
              </Row>
              <BasisField bound={line.field('basis')} />
            </>
          );
        }}
      />
      <TextField label={t('form.note')} {...blank(form.field('note'))} />
    </NextVersion>
  );
}
