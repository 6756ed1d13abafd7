import {
  Button,
  CheckField,
  Dialog,
  EmptyState,
  Facts,
  FormFrame,
  NumberField,
  type Output,
  PermissionGate,
  Reading,
  Row,
  Section,
  SelectField,
  Stack,
  TextField,
  useForm,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import {
  getPackage,
  HANDLING_MARKS,
  LABEL_KINDS,
  LABEL_PLACES,
  PACKAGE_TYPES,
  perm,
  readPart,
  setPackage,
} from '../contract.ts';
import { useChoices } from './names.ts';

type Shown = Output<typeof getPackage>;
type Spec = NonNullable<Shown['spec']>;

/** How the product is packed. Slot `part`: `{ partId }`; of products only. */
export default function PackagePanel({ partId }: { partId: string }) {
  const part = useRead(readPart, { params: { partId } });
  const found = useRead(
    getPackage,
    { params: { partId } },
    { enabled: part.data?.kind === 'product' },
  );
  if (part.data?.kind !== 'product') return null;
  return <Reading of={found}>{(p) => <Package partId={partId} shown={p} />}</Reading>;
}

const size = (s: Spec['outer']) => `${s.lengthMm} × ${s.widthMm} × ${s.heightMm} mm`;

function Package({ partId, shown: p }: { partId: string; shown: Shown }) {
  const t = useTexts('catalog');
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const { spec: s } = p;
  const guards = s
    ? [
        ...(s.esd ? [t('package.esd')] : []),
        ...(s.vci ? [t('package.vci')] : []),
        ...(s.desiccantG ? [t('package.desiccantOf', { g: s.desiccantG })] : []),
      ]
    : [];
  return (
    <Stack>
      <Row>
        {s ? t('package.version', { v: p.version }) : null}
        <PermissionGate access={perm('catalog.part:edit')}>
          <Button size="small" icon="settings" onClick={() => setOpen(true)}>
            {t(s ? 'package.next' : 'package.first')}
          </Button>
        </PermissionGate>
      </Row>
      {s ? (
        <Facts
          rows={[
            [t('package.type'), say(PACKAGE_TYPES[s.type])],
            [t('package.outer'), size(s.outer)],
            [t('package.inner'), size(s.inner)],
            [t('package.tare'), `${s.tareG} g`],
            [
              t('package.materials'),
              s.materials
                .map(
                  (m) =>
                    `${say(m.name)} ${m.massG} g${m.reusable ? ` (${t('package.reusable')})` : ''}`,
                )
                .join(', '),
            ],
            [t('package.perPackage'), String(s.unitsPerPackage)],
            [t('package.layers'), String(s.stackLayers)],
            [t('package.guards'), guards.length > 0 ? guards.join(', ') : undefined],
            [t('package.handling'), s.handling.map((h) => say(HANDLING_MARKS[h])).join(', ')],
            [
              t('package.labels'),
              s.labels
                .map((l) => `${say(LABEL_KINDS[l.kind])}: ${say(LABEL_PLACES[l.place])}`)
                .join('; '),
            ],
            [t('package.checks'), s.checks.map((c) => say(c.text)).join('; ')],
            [t('basis'), say(s.basis) || undefined],
          ]}
        />
      ) : (
        <EmptyState icon="box" title={t('package.none')}>
          {t('package.noneNext')}
        </EmptyState>
      )}
      <Dialog open={isOpen} title={t('package.title')} onClose={() => setOpen(false)} side wide>
        <Edit partId={partId} shown={p} onDone={() => setOpen(false)} />
      </Dialog>
    </Stack>
  );
}

const EMPTY: Spec = {
  type: 'carton',
  materials: [{ name: { zh: '', en: '' }, massG: 0, reusable: false }],
  inner: { lengthMm: 0, widthMm: 0, heightMm: 0 },
  outer: { lengthMm: 0, widthMm: 0, heightMm: 0 },
  ...{ tareG: 0, unitsPerPackage: 1, stackLayers: 1, esd: false, vci: false },
  ...{ handling: [], labels: [{ kind: 'parcel', place: 'long-side' }], basis: '' },
  checks: [{ code: 'C1', text: { zh: '', en: '' } }],
};

function Edit(props: { partId: string; shown: Shown; onDone: () => void }) {
  const t = useTexts('catalog');
  const types = useChoices(PACKAGE_TYPES);
  const form = useForm(setPackage, {
    initial: { spec: props.shown.spec ?? EMPTY, note: '' },
    rest: { params: { partId: props.partId }, version: props.shown.version },
    said: t('saved'),
    onDone: props.onDone,
  });
  // begun above with a whole specification, and changed field by field
  const spec = form.draft.spec as Spec;
  const set = (change: Partial<Spec>) => form.set({ spec: { ...spec, ...change } });
  const fault = (path: string) => form.fault(`spec/${path}`);
  const count = (key: 'tareG' | 'unitsPerPackage' | 'stackLayers', label: string) => (
    <NumberField
      label={label}
      min={0}
      value={spec[key]}
      onChange={(v) => set({ [key]: v ?? 0 })}
      error={fault(key)}
    />
  );
  return (
    <FormFrame form={form} submit={t('package.issue')}>
      <SelectField
        label={t('package.type')}
        choices={types}
        value={spec.type}
        onChange={(type) => type && set({ type })}
      />
      {(['inner', 'outer'] as const).map((side) => (
        <Row key={side}>
          {(['lengthMm', 'widthMm', 'heightMm'] as const).map((edge) => (
            <NumberField
              key={edge}
              label={`${t(`package.${side}`)} ${t(`package.${edge}`)}`}
              min={0}
              value={spec[side][edge]}
              onChange={(v) => set({ [side]: { ...spec[side], [edge]: v ?? 0 } })}
              error={fault(`${side}/${edge}`)}
            />
          ))}
        </Row>
      ))}
      <Row>
        {count('tareG', t('package.tareG'))}
        {count('unitsPerPackage', t('package.perPackage'))}
        {count('stackLayers', t('package.layers'))}
        <NumberField
          label={t('package.desiccant')}
          required={false}
          min={0}
          value={spec.desiccantG}
          onChange={(desiccantG) => set({ desiccantG })}
        />
      </Row>
      <CheckField
        label={t('package.esd')}
        value={spec.esd}
        onChange={(esd) => set({ esd: esd === true })}
      />
      <CheckField
        label={t('package.vci')}
        value={spec.vci}
        onChange={(vci) => set({ vci: vci === true })}
      />
      <Materials spec={spec} set={set} fault={fault} />
      <Labels spec={spec} set={set} />
      <Checks spec={spec} set={set} fault={fault} />
      <TextField label={t('basis')} value={spec.basis} onChange={(b) => set({ basis: b ?? '' })} />
      <TextField label={t('package.note')} {...form.field('note')} />
    </FormFrame>
  );
}

interface PartOf {
  readonly spec: Spec;
  readonly set: (change: Partial<Spec>) => void;
}
type WithFaults = PartOf & { readonly fault: (path: string) => string | undefined };

function Materials({ spec, set, fault }: WithFaults) {
  const t = useTexts('catalog');
  const change = (at: number, m: Partial<Spec['materials'][number]>) =>
    set({ materials: spec.materials.map((x, i) => (i === at ? { ...x, ...m } : x)) });
  return (
    <Section title={t('package.materials')}>
      {spec.materials.map((m, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a material is known by its place
        <Row key={i}>
          <TextField
            label={t('nameZh')}
            value={m.name.zh}
            onChange={(zh) => change(i, { name: { ...m.name, zh: zh ?? '' } })}
            error={fault(`materials/${i}/name/zh`)}
          />
          <TextField
            label={t('nameEn')}
            value={m.name.en}
            onChange={(en) => change(i, { name: { ...m.name, en: en ?? '' } })}
            error={fault(`materials/${i}/name/en`)}
          />
          <NumberField
            label={t('package.massG')}
            min={0}
            value={m.massG}
            onChange={(massG) => change(i, { massG: massG ?? 0 })}
          />
          <CheckField
            label={t('package.reusable')}
            value={m.reusable}
            onChange={(reusable) => change(i, { reusable: reusable === true })}
          />
        </Row>
      ))}
      <Button
        size="small"
        icon="plus"
        onClick={() =>
          set({
            materials: [...spec.materials, { name: { zh: '', en: '' }, massG: 0, reusable: false }],
          })
        }
      >
        {t('package.addMaterial')}
      </Button>
    </Section>
  );
}

function Labels({ spec, set }: PartOf) {
  const t = useTexts('catalog');
  const kinds = useChoices(LABEL_KINDS);
  const places = useChoices(LABEL_PLACES);
  const marks = useChoices(HANDLING_MARKS);
  const change = (at: number, l: Partial<Spec['labels'][number]>) =>
    set({ labels: spec.labels.map((x, i) => (i === at ? { ...x, ...l } : x)) });
  return (
    <Section title={t('package.labels')}>
      {spec.labels.map((l, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a label is known by its place
        <Row key={i}>
          <SelectField
            label={t('package.label')}
            choices={kinds}
            value={l.kind}
            onChange={(kind) => kind && change(i, { kind })}
          />
          <SelectField
            label={t('package.place')}
            choices={places}
            value={l.place}
            onChange={(place) => place && change(i, { place })}
          />
        </Row>
      ))}
      <Button
        size="small"
        icon="plus"
        onClick={() => set({ labels: [...spec.labels, { kind: 'product', place: 'product' }] })}
      >
        {t('package.addLabel')}
      </Button>
      <Row>
        {marks.map((m) => (
          <CheckField
            key={m.value}
            label={m.label}
            value={spec.handling.includes(m.value)}
            onChange={(on) =>
              set({
                handling: on
                  ? [...spec.handling, m.value]
                  : spec.handling.filter((h) => h !== m.value),
              })
            }
          />
        ))}
      </Row>
    </Section>
  );
}

function Checks({ spec, set, fault }: WithFaults) {
  const t = useTexts('catalog');
  const change = (at: number, text: Partial<{ zh: string; en: string }>) =>
    set({
      checks: spec.checks.map((x, i) => (i === at ? { ...x, text: { ...x.text, ...text } } : x)),
    });
  return (
    <Section title={t('package.checks')} note={t('package.checksNote')}>
      {spec.checks.map((c, i) => (
        <Row key={c.code}>
          <TextField
            label={`${c.code} ${t('nameZh')}`}
            value={c.text.zh}
            onChange={(zh) => change(i, { zh: zh ?? '' })}
            error={fault(`checks/${i}/text/zh`)}
          />
          <TextField
            label={`${c.code} ${t('nameEn')}`}
            value={c.text.en}
            onChange={(en) => change(i, { en: en ?? '' })}
            error={fault(`checks/${i}/text/en`)}
          />
        </Row>
      ))}
      <Button
        size="small"
        icon="plus"
        onClick={() =>
          set({
            checks: [
              ...spec.checks,
              { code: `C${spec.checks.length + 1}`, text: { zh: '', en: '' } },
            ],
          })
        }
      >
        {t('package.addCheck')}
      </Button>
    </Section>
  );
}
