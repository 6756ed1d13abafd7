import {
  CheckField,
  Code,
  LookupField,
  Num,
  NumberField,
  Row,
  SelectField,
  StatusTag,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { BomLine, listParts, setBom } from '../../contract.ts';
import { POLICIES } from '../../domain/code-lists.ts';
import { type BomShown, useChoices } from '../names.ts';
import { newestOf } from '../versions.tsx';
import { LineList } from './line-list.tsx';
import { NextVersion } from './next-version.tsx';
import { BasisField, blank } from './text-fields.tsx';

/**
 * Writes the next version of a bill of material, beginning with the one shown. The version that
 * stood when the form was opened is the one it follows: whoever was faster is not overwritten.
 */
export function BomForm(props: {
  partId: string;
  bom: BomShown | undefined;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useTexts('catalog');
  const say = useSay();
  const policies = useChoices(POLICIES);
  const [seen] = useState(props.bom);
  const newest = newestOf(seen);
  const form = useForm(setBom, {
    initial: {
      items: (seen?.items ?? []).map(({ part, ...line }) => ({ ...line, component: part.number })),
      note: '',
    },
    rest: { params: { partId: props.partId }, version: newest },
    said: t('form.issued', { n: newest + 1 }),
    onDone: props.onDone,
  });
  const lines = form.draft.items ?? [];
  const share = (n: number | undefined) => (n === undefined ? '—' : String(n));
  return (
    <NextVersion
      title={t('form.bom', { n: newest + 1 })}
      note={t('form.newVersionNote')}
      form={form}
      submit={t('form.issue', { n: newest + 1 })}
      onClose={props.onClose}
    >
      <LineList
        schema={BomLine}
        lines={lines}
        onChange={(items) => form.set({ items })}
        order={(a, b) => a.pos - b.pos}
        nameOf={(l) => `${l.pos} · ${l.component}`}
        faultsAt={(i) => form.faultsBelow(`items/${i}`)}
        add={t('form.addPosition')}
        fresh={() => ({
          ...{ pos: nextTen(lines.map((l) => l.pos)), qty: 1, policy: 'inspect-reuse' as const },
          ...{ critical: false, serialised: false, basis: '' },
        })}
        columns={[
          { title: t('bom.pos'), end: true, cell: (l) => <Num value={l.pos} /> },
          { title: t('number'), cell: (l) => <Code>{l.component}</Code> },
          { title: t('bom.qty'), end: true, cell: (l) => <Num value={l.qty} /> },
          { title: t('bom.policy'), cell: (l) => say(POLICIES[l.policy]) },
          {
            title: t('bom.shares'),
            cell: (l) => [l.reusePct, l.restorePct, l.replacePct].map(share).join(' / '),
          },
          {
            title: t('flags'),
            cell: (l) => (
              <>
                {l.critical ? <StatusTag tone="decide">{t('bom.critical')}</StatusTag> : null}
                {l.serialised ? <StatusTag tone="busy">{t('bom.serialised')}</StatusTag> : null}
              </>
            ),
          },
        ]}
        fields={(line) => (
          <>
            <NumberField label={t('bom.pos')} {...line.field('pos')} />
            <LookupField
              label={t('form.component')}
              hint={t('form.componentHint')}
              list={listParts}
              by="q"
              fixed={{ active: 'yes' }}
              choice={(p) => ({ value: p.number, label: p.number, note: say(p.name) })}
              {...line.field('component')}
            />
            <NumberField label={t('bom.qty')} {...line.field('qty')} />
            <SelectField label={t('bom.policy')} choices={policies} {...line.field('policy')} />
            <Row>
              <NumberField
                label={t('form.reusePct')}
                unit="P1"
                {...line.field('reusePct')}
                hint={t('form.sharesHint')}
              />
              <NumberField label={t('form.restorePct')} unit="P1" {...line.field('restorePct')} />
              <NumberField label={t('form.replacePct')} unit="P1" {...line.field('replacePct')} />
            </Row>
            <CheckField label={t('bom.critical')} {...line.field('critical')} />
            <CheckField label={t('bom.serialised')} {...line.field('serialised')} />
            <BasisField bound={line.field('basis')} />
          </>
        )}
      />
      <TextField label={t('form.note')} {...blank(form.field('note'))} />
    </NextVersion>
  );
}

/** The next free ten: positions and operations are numbered so that something fits between. */
export function nextTen(taken: readonly number[]): number {
  return (Math.floor(Math.max(0, ...taken) / 10) + 1) * 10;
}
