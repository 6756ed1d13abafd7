import {
  Button,
  CheckField,
  Code,
  DayField,
  FormFrame,
  Section,
  SelectField,
  TextField,
  useAct,
  useForm,
  useTexts,
} from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import type { z } from 'zod';
import {
  type getInterchange,
  KnownNumber,
  putLink,
  removeLink,
  setNumbers,
} from '../../contract.ts';
import { LineList } from './line-list.tsx';
import { NextVersion } from './next-version.tsx';
import { BasisField, blank } from './text-fields.tsx';

type Interchange = z.output<(typeof getInterchange)['response']>;
const KINDS = ['oe', 'aftermarket', 'reman', 'internal'] as const;

/** The numbers others use for a part, and what replaces or interchanges with what. */
export function NumbersForm(props: {
  partId: string;
  number: string;
  interchange: Interchange;
  onClose: () => void;
}) {
  const t = useTexts('catalog');
  const [seen] = useState(props.interchange);
  const form = useForm(setNumbers, {
    initial: { numbers: seen.numbers },
    rest: { params: { partId: props.partId }, version: seen.version },
    said: t('saved'),
    onDone: props.onClose,
  });
  return (
    <>
      <NextVersion
        title={t('form.numbers')}
        note={t('form.numbersNote')}
        form={form}
        submit={t('save')}
        onClose={props.onClose}
      >
        <LineList
          schema={KnownNumber}
          lines={form.draft.numbers ?? []}
          onChange={(numbers) => form.set({ numbers })}
          nameOf={(n) => n.number}
          faultsAt={(i) => form.faultsBelow(`numbers/${i}`)}
          add={t('form.addNumber')}
          fresh={() => ({ kind: 'oe' as const, maker: '', basis: '' })}
          columns={[
            { title: t('numbers.number'), cell: (n) => <Code>{n.number}</Code> },
            { title: t('kind'), cell: (n) => t(`numbers.kind.${n.kind}`) },
            { title: t('form.maker'), cell: (n) => n.maker || '—' },
          ]}
          fields={(n) => (
            <>
              <TextField label={t('numbers.number')} mono {...n.field('number')} />
              <SelectField
                label={t('kind')}
                choices={KINDS.map((value) => ({ value, label: t(`numbers.kind.${value}`) }))}
                {...n.field('kind')}
              />
              <TextField label={t('form.maker')} {...blank(n.field('maker'))} />
              <BasisField bound={n.field('basis')} />
            </>
          )}
        />
      </NextVersion>
      <Links interchange={props.interchange} number={props.number} />
    </>
  );
}

function Links({ interchange, number }: { interchange: Interchange; number: string }) {
  const t = useTexts('catalog');
  const remove = useAct(removeLink, { said: t('saved') });
  return (
    <Section title={t('form.links')} note={t('form.linksNote')}>
      {interchange.links.length > 0 ? (
        <PlainTable
          rows={interchange.links}
          rowKey={(l) => `${l.from} ${l.to} ${l.relation}`}
          columns={[
            { title: t('numbers.number'), cell: (l) => <Code>{l.from}</Code> },
            { title: t('numbers.relation'), cell: (l) => t(`numbers.${l.relation}`) },
            { title: t('form.linkTo'), cell: (l) => <Code>{l.to}</Code> },
            {
              title: t('form.line'),
              cell: ({ from, to, relation }) => (
                <Button
                  size="small"
                  icon="close"
                  iconOnly
                  isBusy={remove.isBusy}
                  onClick={() => void remove.run({ body: { from, to, relation } })}
                >{`${t('form.removeLine')} ${from} ${to}`}</Button>
              ),
            },
          ]}
        />
      ) : null}
      <NewLink key={interchange.links.length} number={number} />
    </Section>
  );
}

function NewLink({ number }: { number: string }) {
  const t = useTexts('catalog');
  const form = useForm(putLink, {
    initial: {
      ...{ from: number, relation: 'supersession', needsCoding: false, vinBound: false, basis: '' },
    },
    said: t('saved'),
  });
  return (
    <FormFrame form={form} submit={t('form.addLink')}>
      <TextField label={t('numbers.number')} mono {...form.field('from')} />
      <SelectField
        label={t('numbers.relation')}
        choices={(['supersession', 'interchange'] as const).map((value) => ({
          value,
          label: t(`numbers.${value}`),
        }))}
        {...form.field('relation')}
      />
      <TextField label={t('form.linkTo')} mono {...form.field('to')} />
      <DayField label={t('validFrom')} {...form.field('validFrom')} />
      <CheckField label={t('needsCoding')} {...form.field('needsCoding')} />
      <CheckField label={t('vinBound')} {...form.field('vinBound')} />
      <BasisField bound={form.field('basis')} />
    </FormFrame>
  );
}
