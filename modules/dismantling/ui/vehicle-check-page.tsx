import { listCores } from '@zaizao/modules/cores/contract';
import {
  Button,
  EmptyState,
  formatNumber,
  Icon,
  LinkButton,
  NumberField,
  notify,
  type Output,
  PhotoCapture,
  Reading,
  Section,
  Stack,
  TaskKey,
  TextField,
  useAct,
  useAddress,
  useLang,
  useList,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage, Keys, ScanTask } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { type CheckState, getCheckForm, recordCheck } from '../contract.ts';
import { thingBehind } from './scanned.ts';
import { isWhole, usePartName } from './words.tsx';

type Form = Output<typeof getCheckForm>;
type Item = Form['zones'][number]['items'][number];
type State = (typeof CheckState)['options'][number];
interface Given {
  readonly state?: State;
  readonly note?: string;
  readonly photos: readonly string[];
}

/** A deep check of each car or machine: zone by zone, every item, with photos. */
export default function VehicleCheckPage() {
  const [search] = useAddress();
  return search.core ? <Check key={search.core} coreId={search.core} /> : <Choose />;
}

function Choose() {
  const t = useTexts('dismantling');
  const name = usePartName();
  const [, change] = useAddress();
  const cores = useList(listCores, { query: { inStock: 'yes', limit: 50 } }, { live: ['cores'] });
  const whole = cores.items.filter((c) => c.donor?.vin || isWhole(c.massG ?? 0));
  const find = async (code: string) => {
    const thing = await thingBehind(code);
    if (thing?.kind === 'core') change({ core: thing.ref }, true);
    else notify({ kind: 'bad', text: t('teardown.notCore', { code }) });
  };
  return (
    <FloorPage title={t('check.title')} note={t('check.note')}>
      <ScanTask onCode={find} placeholder={t('teardown.scan')} />
      {whole.length === 0 && !cores.isLoading ? (
        <EmptyState icon="truck" title={t('check.none')}>
          {t('check.noneNext')}
        </EmptyState>
      ) : null}
      <Stack gap={8}>
        {whole.map((c) => (
          <TaskKey
            key={c.id}
            icon="truck"
            title={`${c.code} ${c.part ? name(c.part) : c.numberSeen}`}
            note={c.donor?.vin ?? c.donor?.machineSerial}
            to={{ to: '/floor/vehicle-check', search: { core: c.id } }}
          />
        ))}
      </Stack>
    </FloorPage>
  );
}

function Check({ coreId }: { coreId: string }) {
  const form = useRead(getCheckForm, { params: { coreId } });
  return <Reading of={form}>{(f) => <Answering coreId={coreId} form={f} />}</Reading>;
}

function Answering({ coreId, form }: { coreId: string; form: Form }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const lang = useLang();
  const name = usePartName();
  const [, change] = useAddress();
  const [answers, setAnswers] = useState<Readonly<Record<string, Given>>>({});
  const [mileage, setMileage] = useState<number>();
  const [note, setNote] = useState<string>();
  const [kept, setKept] = useState(false);
  const record = useAct(recordCheck, { onDone: () => setKept(true) });
  const all = form.zones.flatMap((z) => z.items);
  const open = all.filter((i) => {
    const a = answers[i.item];
    return !a?.state || (i.needsPhoto && a.photos.length === 0);
  });
  const set = (item: string, given: Partial<Given>) =>
    setAnswers((before) => ({
      ...before,
      [item]: { photos: [], ...before[item], ...given },
    }));
  if (kept) {
    const bad = all.filter((i) => ['broken', 'missing'].includes(answers[i.item]?.state ?? ''));
    return (
      <FloorPage title={t('check.of', { code: form.core.code })}>
        <Verdict tone={bad.length > 0 ? 'decide' : 'good'} title={t('check.kept')}>
          {bad.length > 0
            ? t('check.bad', { names: bad.map((i) => say(i.name)).join(t('plan.and')) })
            : t('check.allGood')}
        </Verdict>
        <LinkButton kind="primary" size="large" wide to="/floor/teardown" search={{ core: coreId }}>
          {t('teardown.start')}
        </LinkButton>
        <Button size="large" wide onClick={() => change({ core: undefined })}>
          {t('check.next')}
        </Button>
      </FloorPage>
    );
  }
  const send = () =>
    record.run({
      params: { coreId },
      body: {
        answers: all.map((i) => {
          const a = answers[i.item];
          return {
            item: i.item,
            state: a?.state ?? 'hidden',
            note: a?.note ?? '',
            photos: [...(a?.photos ?? [])],
          };
        }),
        ...(mileage === undefined ? {} : { mileageKm: mileage }),
        note: note ?? '',
      },
    });
  return (
    <FloorPage
      title={t('check.of', { code: form.core.code })}
      note={`${name(form.core.part)} ${form.core.vin ?? ''}`}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          icon="check"
          disabled={open.length > 0}
          isBusy={record.isBusy}
          onClick={() => void send()}
        >
          {open.length > 0
            ? t('check.left', { n: formatNumber(open.length, lang) })
            : t('check.finish')}
        </Button>
      }
    >
      {form.zones.map((z) => {
        const pending = z.items.filter((i) => !answers[i.item]?.state);
        return (
          <Section
            key={z.zone}
            title={say(z.name)}
            note={t('check.done', { n: z.items.length - pending.length, of: z.items.length })}
            actions={
              z.zone !== 'whole' && pending.length > 0 ? (
                <Button
                  size="small"
                  onClick={() => {
                    for (const i of pending) set(i.item, { state: 'good' });
                  }}
                >
                  {t('check.restGood', { n: pending.length })}
                </Button>
              ) : null
            }
          >
            <div className="z-dis-zone">
              {z.items.map((i) => (
                <CheckItem
                  key={i.item}
                  item={i}
                  given={answers[i.item]}
                  onSet={(given) => set(i.item, given)}
                />
              ))}
            </div>
          </Section>
        );
      })}
      <Section title={t('check.more')}>
        <NumberField
          label={t('donor.mileage')}
          unit="KMT"
          required={false}
          value={mileage}
          onChange={setMileage}
        />
        <TextField
          label={t('plan.note')}
          lines={2}
          required={false}
          value={note}
          onChange={setNote}
        />
      </Section>
    </FloorPage>
  );
}

const STATES: readonly { value: State; tone: 'good' | 'decide' | 'bad' | 'idle' }[] = [
  { value: 'good', tone: 'good' },
  { value: 'worn', tone: 'idle' },
  { value: 'broken', tone: 'bad' },
  { value: 'missing', tone: 'decide' },
  { value: 'hidden', tone: 'idle' },
];

function CheckItem(props: {
  item: Item;
  given: Given | undefined;
  onSet: (given: Partial<Given>) => void;
}) {
  const t = useTexts('dismantling');
  const say = useSay();
  const { item, given, onSet } = props;
  const [isOpen, setOpen] = useState(false);
  const wantsMore = item.needsPhoto || given?.state === 'broken' || isOpen;
  return (
    <div className="z-dis-check">
      <div className="z-dis-check-head">
        <strong>{say(item.name)}</strong>
        <small>
          {item.hint ? say(item.hint) : ''}{' '}
          {item.needsPhoto ? <Icon name="camera" size={14} /> : ''}
        </small>
      </div>
      <Keys
        label={say(item.name)}
        value={given?.state}
        onChange={(state) => onSet({ state })}
        choices={STATES.map((s) => ({ ...s, label: t(`check.state.${s.value}`) }))}
      />
      {wantsMore ? (
        <>
          <PhotoCapture
            label={t('check.photo')}
            sha256={given?.photos[0]}
            onStored={(f) => onSet({ photos: [f.sha256] })}
          />
          <TextField
            label={t('plan.note')}
            required={false}
            value={given?.note}
            onChange={(note) => onSet({ note: note ?? '' })}
          />
        </>
      ) : (
        <Button size="small" icon="camera" onClick={() => setOpen(true)}>
          {t('check.add')}
        </Button>
      )}
    </div>
  );
}
