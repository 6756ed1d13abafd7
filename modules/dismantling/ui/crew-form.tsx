import { SKILLS } from '@zaizao/modules/catalog/contract';
import {
  Button,
  DayField,
  dayOf,
  FormFrame,
  NumberField,
  Row,
  TextField,
  useForm,
  useGo,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { planCrew } from '../contract.ts';
import { Without } from './line-form.tsx';
import { ProductField } from './product-field.tsx';

const DAY_MS = 86_400_000;

/** A crew to begin with; the planner changes it. */
const CREW = [
  { skills: ['lifting'] },
  { skills: ['electric', 'high-voltage', 'airbag', 'refrigerant'] },
  { skills: ['precision', 'hydraulic', 'cutting'] },
  { skills: [] },
] as const;

/** Asks for the days of a whole machine: who, when, what each can do. */
export function CrewForm(props: { partId: string | undefined; coreId: string | undefined }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const go = useGo();
  const { partId, coreId } = props;
  const form = useForm(planCrew, {
    initial: {
      ...(partId ? { partId } : {}),
      ...(coreId ? { coreId } : {}),
      title: '',
      from: dayOf(Date.now() + DAY_MS),
      days: 5,
      slotMinutes: 30,
      shifts: [
        { fromHour: 8, toHour: 12 },
        { fromHour: 13, toHour: 17 },
      ],
      people: CREW.map((p, i) => ({
        name: t('crew.person', { n: i + 1 }),
        skills: [...p.skills],
        fenPerHour: 4500,
      })),
      zones: [],
      without: [],
    },
    onDone: (s) => go({ to: '/office/teardown-studies/$studyId', params: { studyId: s.id } }),
  });
  const { draft } = form;
  const people = draft.people ?? [];
  const setPerson = (at: number, change: Partial<(typeof people)[number]>) =>
    form.set({ people: people.map((p, i) => (i === at ? { ...p, ...change } : p)) });
  return (
    <FormFrame form={form} submit={t('study.solve')}>
      <ProductField {...form.field('partId')} />
      <TextField label={t('study.name')} {...form.field('title')} required={false} />
      <Row>
        <DayField label={t('crew.from')} {...form.field('from')} />
        <NumberField label={t('crew.days')} min={1} max={60} {...form.field('days')} />
        <NumberField label={t('crew.slot')} unit="MIN" {...form.field('slotMinutes')} />
      </Row>
      <fieldset className="z-dis-zone">
        <legend>{t('crew.shifts')}</legend>
        {(draft.shifts ?? []).map((s, at) => {
          const set = (change: object) =>
            form.set({
              shifts: (draft.shifts ?? []).map((x, i) => (i === at ? { ...x, ...change } : x)),
            });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a shift has no name but its place
            <Row key={at}>
              <NumberField
                label={t('crew.fromHour')}
                value={s.fromHour}
                onChange={(fromHour) => set({ fromHour: fromHour ?? 0 })}
              />
              <NumberField
                label={t('crew.toHour')}
                value={s.toHour}
                onChange={(toHour) => set({ toHour: toHour ?? 0 })}
              />
            </Row>
          );
        })}
      </fieldset>
      <fieldset className="z-dis-zone">
        <legend>{t('crew.people', { n: people.length })}</legend>
        {people.map((p, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: people are told apart by their place
          <div key={at} className="z-dis-check">
            <Row>
              <TextField
                label={t('crew.name')}
                value={p.name}
                onChange={(name) => setPerson(at, { name: name ?? '' })}
              />
              <Button
                icon="close"
                iconOnly
                onClick={() => form.set({ people: people.filter((_, i) => i !== at) })}
              >{`${t('crew.remove')} ${p.name}`}</Button>
            </Row>
            <span>
              {Object.entries(SKILLS).map(([code, name]) => (
                <label key={code}>
                  <input
                    type="checkbox"
                    checked={p.skills.includes(code)}
                    onChange={(e) =>
                      setPerson(at, {
                        skills: e.target.checked
                          ? [...p.skills, code]
                          : p.skills.filter((s) => s !== code),
                      })
                    }
                  />{' '}
                  {say(name)}{' '}
                </label>
              ))}
            </span>
          </div>
        ))}
        <Button
          icon="plus"
          onClick={() =>
            form.set({
              people: [
                ...people,
                { name: t('crew.person', { n: people.length + 1 }), skills: [], fenPerHour: 4500 },
              ],
            })
          }
        >
          {t('crew.add')}
        </Button>
      </fieldset>
      {draft.partId ? (
        <Without
          partId={draft.partId}
          value={draft.without ?? []}
          onChange={(without) => form.set({ without })}
        />
      ) : null}
    </FormFrame>
  );
}
