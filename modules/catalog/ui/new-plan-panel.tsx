import {
  Button,
  Dialog,
  EmptyState,
  FormFrame,
  type Output,
  PermissionGate,
  Reading,
  Row,
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
import { getNewPlan, listCharacteristics, perm, readPart, setNewPlan } from '../contract.ts';
import type { Characteristic } from './names.ts';

type Plan = Output<typeof getNewPlan>;
type Item = Plan['items'][number];

/** The new product's test plan beside ours, and what ours lacks. Slot `part`: `{ partId }`; of products only. */
export default function NewPlanPanel({ partId }: { partId: string }) {
  const part = useRead(readPart, { params: { partId } });
  const plan = useRead(
    getNewPlan,
    { params: { partId } },
    { enabled: part.data?.kind === 'product' },
  );
  if (part.data?.kind !== 'product') return null;
  return <Reading of={plan}>{(p) => <Shown partId={partId} plan={p} />}</Reading>;
}

function Shown({ partId, plan: p }: { partId: string; plan: Plan }) {
  const t = useTexts('catalog');
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const lacking = new Map(p.shortfalls.map((s) => [s.code, s]));
  return (
    <Stack>
      <Row>
        {p.version > 0 ? (
          <StatusTag tone={p.covered ? 'good' : 'bad'}>
            {t(p.covered ? 'newPlan.covered' : 'newPlan.short', { n: p.shortfalls.length })}
          </StatusTag>
        ) : null}
        {p.version > 0 ? t('newPlan.of', { v: p.version, source: say(p.source) }) : null}
        <PermissionGate access={perm('catalog.part:edit')}>
          <Button size="small" icon="settings" onClick={() => setOpen(true)}>
            {t(p.version > 0 ? 'newPlan.next' : 'newPlan.first')}
          </Button>
        </PermissionGate>
      </Row>
      {p.version === 0 ? (
        <EmptyState icon="ruler" title={t('newPlan.none')}>
          {t('newPlan.noneNext')}
        </EmptyState>
      ) : (
        <PlainTable
          rows={p.items}
          rowKey={(x) => x.code}
          columns={[
            { title: t('code'), cell: (x) => x.code },
            { title: t('name'), cell: (x) => say(x.name) },
            { title: t('newPlan.limit'), cell: (x) => ends(x) },
            {
              title: t('newPlan.ours'),
              cell: (x) => {
                const s = lacking.get(x.code);
                if (!s) return <StatusTag tone="good">{t('newPlan.kept')}</StatusTag>;
                return (
                  <StatusTag tone="bad">
                    {t(`newPlan.kind.${s.kind}`)} {s.ours ? ends(s.ours) : ''}
                  </StatusTag>
                );
              },
            },
            { title: t('source'), className: 'z-note', cell: (x) => say(x.source) },
          ]}
        />
      )}
      <Dialog open={isOpen} title={t('newPlan.title')} onClose={() => setOpen(false)} side wide>
        <Edit partId={partId} plan={p} onDone={() => setOpen(false)} />
      </Dialog>
    </Stack>
  );
}

function ends(x: { min?: string | undefined; max?: string | undefined; unit: string }): string {
  return [x.min === undefined ? '' : `≥ ${x.min}`, x.max === undefined ? '' : `≤ ${x.max}`]
    .filter(Boolean)
    .join(', ')
    .concat(` ${x.unit}`);
}

/** Our own tests as a beginning: each with the limit that is not the plant's alone, else its widest. */
function fromOurs(tests: readonly Characteristic[]): Item[] {
  return tests.flatMap((x) => {
    const limit = x.inForce.find((l) => l.level === 'national') ?? x.inForce[0];
    return limit
      ? {
          ...{ code: x.code, name: x.name, unit: x.unit, condition: x.condition },
          ...{ min: limit.min, max: limit.max, source: limit.source },
        }
      : [];
  });
}

function Edit(props: { partId: string; plan: Plan; onDone: () => void }) {
  const t = useTexts('catalog');
  const { plan } = props;
  const own = useRead(listCharacteristics, { params: { partId: props.partId } });
  const form = useForm(setNewPlan, {
    initial: { source: plan.source, items: plan.items, note: '' },
    rest: { params: { partId: props.partId }, version: plan.version },
    said: t('saved'),
    onDone: props.onDone,
  });
  // a list of whole rows: each field of a row is edited in its place
  const items = (form.draft.items ?? []) as Item[];
  const set = (at: number, change: Partial<Item>) =>
    form.set({ items: items.map((x, i) => (i === at ? { ...x, ...change } : x)) });
  const tests = own.data?.items.filter((x) => x.purpose !== 'inspection') ?? [];
  return (
    <FormFrame form={form} submit={t('newPlan.issue')}>
      <p className="z-note">{t('newPlan.lead')}</p>
      <TextField label={t('newPlan.source')} hint={t('basisHint')} {...form.field('source')} />
      <Row>
        <Button
          size="small"
          icon="layers"
          disabled={tests.length === 0}
          onClick={() => form.set({ items: fromOurs(tests) })}
        >
          {t('newPlan.fromOurs')}
        </Button>
        <Button
          size="small"
          icon="plus"
          onClick={() =>
            form.set({
              items: [
                ...items,
                { code: '', name: { zh: '', en: '' }, unit: '', condition: '', source: '' },
              ],
            })
          }
        >
          {t('newPlan.add')}
        </Button>
      </Row>
      {items.map((x, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place until it has a code
        <fieldset key={i} className="z-catalog-condition">
          <legend>
            {x.code || t('newPlan.row', { n: i + 1 })}{' '}
            <Button
              size="small"
              kind="quiet"
              icon="close"
              iconOnly
              onClick={() => form.set({ items: items.filter((_, j) => j !== i) })}
            >
              {t('newPlan.remove')}
            </Button>
          </legend>
          <Row>
            <TextField
              label={t('code')}
              mono
              value={x.code}
              onChange={(code) => set(i, { code: code ?? '' })}
              error={form.fault(`items/${i}/code`)}
            />
            <TextField
              label={t('nameZh')}
              value={x.name.zh}
              onChange={(zh) => set(i, { name: { ...x.name, zh: zh ?? '' } })}
              error={form.fault(`items/${i}/name/zh`)}
            />
            <TextField
              label={t('nameEn')}
              value={x.name.en}
              onChange={(en) => set(i, { name: { ...x.name, en: en ?? '' } })}
              error={form.fault(`items/${i}/name/en`)}
            />
          </Row>
          <Row>
            <TextField
              label={t('newPlan.unit')}
              value={x.unit}
              onChange={(unit) => set(i, { unit: unit ?? '' })}
              error={form.fault(`items/${i}/unit`)}
            />
            <TextField
              label={t('limits.min')}
              inputMode="decimal"
              required={false}
              value={x.min}
              onChange={(min) => set(i, { min })}
              error={form.fault(`items/${i}/min`)}
            />
            <TextField
              label={t('limits.max')}
              inputMode="decimal"
              required={false}
              value={x.max}
              onChange={(max) => set(i, { max })}
              error={form.fault(`items/${i}/max`)}
            />
            <TextField
              label={t('source')}
              value={x.source}
              onChange={(source) => set(i, { source: source ?? '' })}
              error={form.fault(`items/${i}/source`)}
            />
          </Row>
        </fieldset>
      ))}
    </FormFrame>
  );
}
