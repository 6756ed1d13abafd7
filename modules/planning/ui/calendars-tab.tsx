import {
  Button,
  CheckField,
  DayField,
  Dialog,
  dayOf,
  EmptyState,
  Facts,
  FormFrame,
  Grid,
  type Output,
  PermissionGate,
  Reading,
  Row,
  Section,
  StatusTag,
  TextField,
  useForm,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { addCalendar, editCalendar, listCalendars, perm } from '../contract.ts';
import { clockMinutes, minutesOf } from './moment.ts';

type Calendar = Output<typeof listCalendars>['items'][number];
type Shift = Calendar['shifts'][number];
type Special = Calendar['days'][number];

/** Shift calendars: what each week looks like, and the days that differ. */
export function CalendarsTab() {
  const t = useTexts('planning');
  const [editing, setEditing] = useState<Calendar | 'new'>();
  const calendars = useRead(listCalendars, { query: { limit: 100 } });
  const add = (
    <PermissionGate access={perm('planning.resource:edit')}>
      <Button kind="primary" icon="plus" onClick={() => setEditing('new')}>
        {t('calendar.add')}
      </Button>
    </PermissionGate>
  );
  return (
    <>
      <Row>{add}</Row>
      <Reading of={calendars}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="calendar" title={t('calendar.none')}>
              {t('calendar.noneNext')}
            </EmptyState>
          ) : (
            <Grid min={320}>
              {items.map((c) => (
                <OneCalendar key={c.id} calendar={c} onEdit={() => setEditing(c)} />
              ))}
            </Grid>
          )
        }
      </Reading>
      <Dialog
        open={editing !== undefined}
        wide
        title={t(editing === 'new' ? 'calendar.add' : 'calendar.edit')}
        onClose={() => setEditing(undefined)}
      >
        {editing === undefined ? null : (
          <CalendarForm
            calendar={editing === 'new' ? undefined : editing}
            onDone={() => setEditing(undefined)}
          />
        )}
      </Dialog>
    </>
  );
}

function useWeekdays(): (days: readonly number[]) => string {
  const t = useTexts('planning');
  return (days) => days.map((d) => t(`weekday.${d}`)).join(t('weekday.comma'));
}

const spanText = (s: { from: number; to: number }) =>
  `${clockMinutes(s.from)}–${clockMinutes(s.to)}`;

function OneCalendar({ calendar: c, onEdit }: { calendar: Calendar; onEdit: () => void }) {
  const t = useTexts('planning');
  const weekdays = useWeekdays();
  return (
    <Section
      title={c.name}
      actions={
        <PermissionGate access={perm('planning.resource:edit')}>
          <Button size="small" icon="edit" onClick={onEdit}>
            {t('calendar.edit')}
          </Button>
        </PermissionGate>
      }
    >
      {c.isDefault ? <StatusTag tone="good">{t('calendar.isDefault')}</StatusTag> : null}
      <Facts
        rows={[
          ...c.shifts.map((s) => [s.name, `${spanText(s)} · ${weekdays(s.weekdays)}`] as const),
          ...c.days.map(
            (d) =>
              [
                `${d.day} ${d.name}`,
                d.shifts.length === 0 ? t('calendar.closed') : d.shifts.map(spanText).join(', '),
              ] as const,
          ),
        ]}
      />
    </Section>
  );
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

function CalendarForm(props: { calendar: Calendar | undefined; onDone: () => void }) {
  const { calendar: c } = props;
  const t = useTexts('planning');
  const usual: Shift[] = [
    { name: t('calendar.day'), weekdays: [1, 2, 3, 4, 5], from: 480, to: 1020 },
  ];
  const fields = {
    name: c?.name ?? '',
    isDefault: c?.isDefault ?? false,
    shifts: c?.shifts ?? usual,
    days: c?.days ?? [],
    ...(c?.siteId ? { siteId: c.siteId } : {}),
  };
  const added = useForm(addCalendar, { initial: fields, said: t('saved'), onDone: props.onDone });
  const edited = useForm(editCalendar, {
    initial: fields,
    ...(c ? { rest: { params: { calendarId: c.id }, version: c.version } } : {}),
    said: t('saved'),
    onDone: props.onDone,
  });
  // The two forms hold the same fields; the one whose endpoint fits is shown.
  return c ? <Fields form={edited} /> : <Fields form={added} />;
}

function Fields({
  form,
}: {
  form:
    | ReturnType<typeof useForm<typeof addCalendar>>
    | ReturnType<typeof useForm<typeof editCalendar>>;
}) {
  const t = useTexts('planning');
  const f = form as ReturnType<typeof useForm<typeof addCalendar>>; // both have the calendar's fields
  const shifts = (f.draft.shifts ?? []) as Shift[];
  const days = (f.draft.days ?? []) as Special[];
  const setShift = (n: number, set: Partial<Shift>) =>
    f.set({ shifts: shifts.map((s, i) => (i === n ? { ...s, ...set } : s)) });
  const setDay = (n: number, set: Partial<Special>) =>
    f.set({ days: days.map((d, i) => (i === n ? { ...d, ...set } : d)) });
  return (
    <FormFrame form={f} submit={t('save')}>
      <TextField label={t('calendar.name')} {...f.field('name')} />
      <CheckField label={t('calendar.default')} {...f.field('isDefault')} />
      <h3>{t('calendar.shifts')}</h3>
      {shifts.map((s, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shifts have no identity
        <fieldset key={n} className="z-field">
          <legend>{s.name || t('calendar.shift')}</legend>
          <Row gap={8}>
            <TextField
              label={t('calendar.shiftName')}
              value={s.name}
              onChange={(v) => setShift(n, { name: v ?? '' })}
            />
            <ClockField
              label={t('from')}
              value={s.from}
              onChange={(from) => setShift(n, { from })}
            />
            <ClockField label={t('until')} value={s.to} onChange={(to) => setShift(n, { to })} />
            <Button
              icon="trash"
              iconOnly
              kind="quiet"
              onClick={() => f.set({ shifts: shifts.filter((_, i) => i !== n) })}
            >
              {t('remove')}
            </Button>
          </Row>
          <div className="z-week">
            {DAYS.map((d) => (
              <CheckField
                key={d}
                label={t(`weekday.${d}`)}
                value={s.weekdays.includes(d)}
                onChange={(on) =>
                  setShift(n, {
                    weekdays: on ? [...s.weekdays, d].sort() : s.weekdays.filter((x) => x !== d),
                  })
                }
              />
            ))}
          </div>
        </fieldset>
      ))}
      <Button
        icon="plus"
        onClick={() =>
          f.set({
            shifts: [
              ...shifts,
              { name: t('calendar.night'), weekdays: [1, 2, 3, 4, 5], from: 1020, to: 1500 },
            ],
          })
        }
      >
        {t('calendar.addShift')}
      </Button>
      <h3>{t('calendar.days')}</h3>
      <p className="z-note">{t('calendar.daysNote')}</p>
      {days.map((d, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: special days are told apart by their place
        <Row key={n} gap={8}>
          <DayField
            label={t('calendar.date')}
            value={d.day}
            onChange={(v) => setDay(n, { day: v ?? '' })}
          />
          <TextField
            label={t('calendar.dayName')}
            required={false}
            value={d.name}
            onChange={(v) => setDay(n, { name: v ?? '' })}
          />
          <CheckField
            label={t('calendar.works')}
            value={d.shifts.length > 0}
            onChange={(on) => setDay(n, { shifts: on ? [{ from: 480, to: 1020 }] : [] })}
          />
          <Button
            icon="trash"
            iconOnly
            kind="quiet"
            onClick={() => f.set({ days: days.filter((_, i) => i !== n) })}
          >
            {t('remove')}
          </Button>
        </Row>
      ))}
      <Button
        icon="plus"
        onClick={() =>
          f.set({
            days: [...days, { day: dayOf(Date.now()), name: '', shifts: [] }],
          })
        }
      >
        {t('calendar.addDay')}
      </Button>
    </FormFrame>
  );
}

/** A time of day, `HH:MM`; hours beyond 24 are on the next day. */
function ClockField(props: { label: string; value: number; onChange: (minutes: number) => void }) {
  const t = useTexts('planning');
  const [typed, setTyped] = useState(clockMinutes(props.value));
  const wrong = minutesOf(typed) === undefined;
  return (
    <TextField
      label={props.label}
      value={typed}
      {...(wrong ? { error: t('calendar.clock') } : {})}
      onChange={(v) => {
        setTyped(v ?? '');
        const minutes = minutesOf(v);
        if (minutes !== undefined) props.onChange(minutes);
      }}
    />
  );
}
