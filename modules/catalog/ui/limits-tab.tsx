import {
  Button,
  Code,
  Day,
  DayField,
  Dialog,
  EmptyState,
  FormFrame,
  LimitBar,
  Num,
  PermissionGate,
  QuantityField,
  Reading,
  Row,
  Section,
  SelectField,
  Stack,
  StatusTag,
  TextField,
  useForm,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { addLimit, listCharacteristics, perm } from '../contract.ts';
import { LEVELS, SEVERITIES } from '../domain/code-lists.ts';
import { nextTen } from './edit/bom-form.tsx';
import { EditCharacteristic, NewCharacteristic } from './edit/characteristic-form.tsx';
import { type Characteristic, useBands, useChoices } from './names.ts';
import { PartKey } from './part-key.tsx';

/** What stands beside the tab: a characteristic by id, one being changed, or a new one. */
type Open =
  | { readonly what: 'show' | 'edit'; readonly id: string }
  | { readonly what: 'inspection' | 'test' };

/** What is inspected and tested, each against every limit in force, strictest first to fail. */
export function LimitsTab({ partId, isProduct }: { partId: string; isProduct: boolean }) {
  const t = useTexts('catalog');
  const list = useRead(listCharacteristics, { params: { partId } });
  const [open, setOpen] = useState<Open>();
  const show = (id: string) => setOpen({ what: 'show', id });
  const add = (what: 'inspection' | 'test') => (
    <PartKey icon="plus" onPress={() => setOpen({ what })}>
      {t(what === 'test' ? 'form.addTest' : 'form.addCharacteristic')}
    </PartKey>
  );
  return (
    <Reading of={list}>
      {({ items }) => {
        const tests = items.filter((x) => x.purpose !== 'inspection');
        const inspections = items.filter((x) => x.purpose === 'inspection');
        return (
          <>
            {items.length === 0 ? (
              <EmptyState
                icon="ruler"
                title={t('limits.none')}
                action={
                  isProduct ? (
                    <Row>
                      {add('inspection')}
                      {add('test')}
                    </Row>
                  ) : null
                }
              >
                {t(isProduct ? 'limits.noneNext' : 'limits.noneComponent')}
              </EmptyState>
            ) : null}
            {inspections.length > 0 || (isProduct && items.length > 0) ? (
              <Section
                title={t('limits.inspections', { n: inspections.length })}
                note={t('limits.note')}
                actions={isProduct ? add('inspection') : null}
              >
                <Characteristics items={inspections} open={show} />
              </Section>
            ) : null}
            {tests.length > 0 || (isProduct && items.length > 0) ? (
              <Section
                title={t('limits.tests', { n: tests.length })}
                actions={isProduct ? add('test') : null}
              >
                <Characteristics items={tests} open={show} />
              </Section>
            ) : null}
            <Beside partId={partId} items={items} open={open} setOpen={setOpen} />
          </>
        );
      }}
    </Reading>
  );
}

function Beside(props: {
  partId: string;
  items: readonly Characteristic[];
  open: Open | undefined;
  setOpen: (open: Open | undefined) => void;
}) {
  const t = useTexts('catalog');
  const { partId, items, open, setOpen } = props;
  const chosen = open && 'id' in open ? items.find((x) => x.id === open.id) : undefined;
  const isNew = open?.what === 'inspection' || open?.what === 'test';
  const title =
    chosen?.code ?? t(open?.what === 'test' ? 'form.addTest' : 'form.addCharacteristic');
  return (
    <Dialog
      open={isNew || chosen !== undefined}
      title={title}
      onClose={() => setOpen(undefined)}
      side
    >
      {isNew ? (
        <NewCharacteristic
          partId={partId}
          purpose={open.what === 'test' ? 'test' : 'inspection'}
          seq={nextTen(items.map((x) => x.seq))}
          onDone={(made) => setOpen({ what: 'show', id: made.id })}
        />
      ) : chosen && open?.what === 'edit' ? (
        <EditCharacteristic
          characteristic={chosen}
          onDone={() => setOpen({ what: 'show', id: chosen.id })}
        />
      ) : chosen ? (
        <Detail
          key={chosen.id}
          characteristic={chosen}
          edit={() => setOpen({ what: 'edit', id: chosen.id })}
        />
      ) : null}
    </Dialog>
  );
}

function Characteristics(props: { items: readonly Characteristic[]; open: (id: string) => void }) {
  const t = useTexts('catalog');
  const say = useSay();
  if (props.items.length === 0) return <p className="z-note">{t('limits.noneNext')}</p>;
  return (
    <PlainTable
      rows={props.items}
      rowKey={(x) => x.id}
      columns={[
        { title: t('code'), className: 'z-catalog-code', cell: (x) => <Code>{x.code}</Code> },
        {
          title: t('name'),
          cell: (x) => (
            <>
              {say(x.name)}
              {x.componentPos === undefined ? null : (
                <small className="z-note"> {t('limits.position', { pos: x.componentPos })}</small>
              )}
              {x.purpose === 'both' ? <small className="z-note"> {t('limits.both')}</small> : null}
            </>
          ),
        },
        {
          title: t('limits.inForce'),
          className: 'z-catalog-limit',
          cell: (x) => <InForce characteristic={x} />,
        },
        {
          title: t('limits.method'),
          cell: (x) => [say(x.method), say(x.condition)].filter(Boolean).join(' · ') || '—',
        },
        {
          title: t('limits.severity'),
          cell: (x) => (
            <StatusTag tone={x.severity === 'critical' ? 'decide' : 'idle'}>
              {say(SEVERITIES[x.severity])}
            </StatusTag>
          ),
        },
        { title: t('basis'), className: 'z-note', cell: (x) => say(x.basis) },
        {
          title: t('limits.versions'),
          cell: (x) => (
            <Button size="small" onClick={() => props.open(x.id)}>
              {t('limits.show', { n: x.limits.length })}
            </Button>
          ),
        },
      ]}
    />
  );
}

/** The limits in force: bands on a scale, or the answer that a yes/no question must have. */
function InForce({ characteristic: x }: { characteristic: Characteristic }) {
  const t = useTexts('catalog');
  const bands = useBands();
  if (x.inForce.length === 0) return t('limits.unlimited', { unit: x.unit });
  if (x.unit !== 'bool') return <LimitBar unit={x.unit} limits={bands(x.inForce)} />;
  return x.inForce.map((l) => (
    <p key={`${l.level} ${l.customer ?? ''}`} className="z-catalog-answer">
      {t(l.min === '1' ? 'limits.mustBeYes' : 'limits.mustBeNo')}
    </p>
  ));
}

/** Versions of the limits, a value to try, and a new version. */
function Detail(props: { characteristic: Characteristic; edit: () => void }) {
  const { characteristic: x, edit } = props;
  const t = useTexts('catalog');
  const say = useSay();
  const bands = useBands();
  const [value, setValue] = useState<string>();
  return (
    <Stack>
      <p>{say(x.name)}</p>
      {x.inForce.length > 0 ? (
        <>
          <QuantityField
            label={t('limits.try')}
            unit={x.unit}
            limits={bands(x.inForce)}
            value={value}
            onChange={setValue}
          />
          <LimitBar unit={x.unit} limits={bands(x.inForce)} value={value} />
        </>
      ) : null}
      <PlainTable
        rows={x.limits}
        rowKey={(l) => `${l.level} ${l.customer ?? ''} ${l.version}`}
        columns={[
          { title: t('limits.level'), cell: (l) => l.customer ?? say(LEVELS[l.level]) },
          { title: t('version'), end: true, cell: (l) => <Num value={l.version} /> },
          { title: t('limits.min'), end: true, cell: (l) => (l.min ? <Num value={l.min} /> : '—') },
          { title: t('limits.max'), end: true, cell: (l) => (l.max ? <Num value={l.max} /> : '—') },
          { title: t('validFrom'), cell: (l) => <Day day={l.validFrom} /> },
          { title: t('source'), className: 'z-note', cell: (l) => say(l.source) },
        ]}
      />
      <PermissionGate access={perm('catalog.part:edit')}>
        <Row>
          <Button icon="settings" onClick={edit}>
            {t('form.editCharacteristic')}
          </Button>
        </Row>
        <NewLimit key={x.limits.length} characteristic={x} />
      </PermissionGate>
    </Stack>
  );
}

function NewLimit({ characteristic: x }: { characteristic: Characteristic }) {
  const t = useTexts('catalog');
  const levels = useChoices(LEVELS);
  const [seen] = useState(x.limits);
  const form = useForm(addLimit, {
    initial: { level: 'enterprise', follows: newestOf(seen, 'enterprise', undefined) },
    rest: { params: { characteristicId: x.id } },
    said: t('saved'),
  });
  const { level, customer } = form.draft;
  // each level, and each customer, counts its own versions
  const setOf = (l: Level | undefined, c: string | undefined) =>
    form.set({ level: l, customer: c, follows: newestOf(seen, l, c) });
  return (
    <Section title={t('limits.new')} note={t('limits.newNote')}>
      <FormFrame form={form} submit={t('limits.issue')}>
        <SelectField
          label={t('limits.level')}
          choices={levels}
          {...form.field('level')}
          onChange={(l) => setOf(l, l === 'customer' ? customer : undefined)}
        />
        {level === 'customer' ? (
          <TextField
            label={t('limits.customer')}
            {...form.field('customer')}
            onChange={(c) => setOf(level, c)}
          />
        ) : null}
        <Row>
          <QuantityField label={t('limits.min')} unit={x.unit} {...form.field('min')} />
          <QuantityField label={t('limits.max')} unit={x.unit} {...form.field('max')} />
        </Row>
        <DayField label={t('validFrom')} {...form.field('validFrom')} />
        <TextField label={t('source')} hint={t('basisHint')} {...form.field('source')} />
      </FormFrame>
    </Section>
  );
}

type Level = Characteristic['limits'][number]['level'];

function newestOf(
  limits: Characteristic['limits'],
  level: Level | undefined,
  customer: string | undefined,
): number {
  const series = limits.filter((l) => l.level === level && l.customer === customer);
  return Math.max(0, ...series.map((l) => l.version));
}
