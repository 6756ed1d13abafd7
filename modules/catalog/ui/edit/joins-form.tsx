import {
  CheckField,
  Code,
  MoneyField,
  Num,
  NumberField,
  Row,
  SelectField,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { JoinLine, setJoins } from '../../contract.ts';
import { DIRECTIONS, JOIN_KINDS, SKILLS } from '../../domain/dismantle-lists.ts';
import type { Dismantle } from '../dismantle-tab.tsx';
import { useChoices } from '../names.ts';
import { LineList } from './line-list.tsx';
import { NextVersion } from './next-version.tsx';
import { BasisField, blank, PairFields } from './text-fields.tsx';
import { numbersIn, WordsField } from './words-field.tsx';

/** Writes the next version of the joints of a product, beginning with those shown. */
export function JoinsForm({ shown, onDone }: { shown: Dismantle; onDone: () => void }) {
  const t = useTexts('catalog');
  const say = useSay();
  const [seen] = useState(shown);
  const [kinds, directions, skills] = [
    useChoices(JOIN_KINDS),
    useChoices(DIRECTIONS),
    useChoices(SKILLS),
  ];
  const next = seen.joinsVersion + 1;
  const form = useForm(setJoins, {
    initial: { joins: [...seen.joins], note: '' },
    rest: { params: { partId: seen.partId }, version: seen.joinsVersion },
    said: t('form.issued', { n: next }),
    onDone,
  });
  const joins = form.draft.joins ?? [];
  return (
    <NextVersion
      title={t('dismantle.formJoins', { n: next })}
      note={t('form.newVersionNote')}
      form={form}
      submit={t('form.issue', { n: next })}
      onClose={onDone}
    >
      <LineList
        schema={JoinLine}
        lines={joins}
        onChange={(list) => form.set({ joins: list })}
        order={(a, b) => a.code.localeCompare(b.code)}
        nameOf={(j) => `${j.code} · ${say(j.name)}`}
        faultsAt={(i) => form.faultsBelow(`joins/${i}`)}
        add={t('dismantle.addJoin')}
        fresh={() => ({
          ...{ kind: 'screw' as const, parts: [], after: [], tool: '', hazard: 0, crew: 1 },
          ...{ hazardNote: { zh: '', en: '' }, destructive: false, zone: '', basis: '' },
        })}
        columns={[
          { title: t('code'), cell: (j) => <Code>{j.code}</Code> },
          { title: t('name'), cell: (j) => say(j.name) },
          { title: t('dismantle.parts'), cell: (j) => j.parts.join(' ') },
          { title: t('dismantle.after'), cell: (j) => j.after.join(' ') },
          { title: t('dismantle.seconds'), end: true, cell: (j) => <Num value={j.seconds} /> },
        ]}
        fields={(join) => (
          <>
            <TextField label={t('code')} mono {...join.field('code')} />
            <PairFields
              label={t('name')}
              bound={join.field('name')}
              fault={join.fault}
              path="name"
            />
            <SelectField label={t('dismantle.kind')} choices={kinds} {...join.field('kind')} />
            <WordsField
              label={t('dismantle.parts')}
              hint={t('dismantle.partsHint')}
              words={(join.draft.parts ?? []).map(String)}
              onChange={(list) => join.set({ parts: numbersIn(list) })}
              error={join.fault('parts')}
            />
            <WordsField
              label={t('dismantle.after')}
              hint={t('dismantle.afterHint')}
              words={join.draft.after ?? []}
              onChange={(after) => join.set({ after })}
              error={join.fault('after')}
            />
            <Row>
              <NumberField label={t('dismantle.seconds')} {...join.field('seconds')} />
              <TextField label={t('dismantle.tool')} {...blank(join.field('tool'))} />
              <SelectField
                label={t('dismantle.direction')}
                choices={directions}
                {...join.field('direction')}
              />
            </Row>
            <NumberField
              label={t('dismantle.hazard')}
              hint={t('dismantle.hazardHint')}
              {...join.field('hazard')}
            />
            <Row>
              <TextField
                label={t('dismantle.hazardZh')}
                required={false}
                value={join.draft.hazardNote?.zh}
                onChange={(zh) =>
                  join.set({ hazardNote: { zh: zh ?? '', en: join.draft.hazardNote?.en ?? '' } })
                }
              />
              <TextField
                label={t('dismantle.hazardEn')}
                required={false}
                value={join.draft.hazardNote?.en}
                onChange={(en) =>
                  join.set({ hazardNote: { en: en ?? '', zh: join.draft.hazardNote?.zh ?? '' } })
                }
              />
            </Row>
            <CheckField label={t('dismantle.destructive')} {...join.field('destructive')} />
            <Row>
              <NumberField
                label={t('dismantle.seizedPct')}
                unit="P1"
                {...join.field('seizedPct')}
              />
              <MoneyField label={t('dismantle.force')} {...join.field('forceFen')} />
            </Row>
            <Row>
              <NumberField label={t('dismantle.crew')} {...join.field('crew')} />
              <SelectField label={t('dismantle.skill')} choices={skills} {...join.field('skill')} />
              <TextField label={t('dismantle.zone')} {...blank(join.field('zone'))} />
            </Row>
            <BasisField bound={join.field('basis')} />
          </>
        )}
      />
      <TextField label={t('form.note')} {...blank(form.field('note'))} />
    </NextVersion>
  );
}
