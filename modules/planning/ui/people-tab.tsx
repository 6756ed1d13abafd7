import {
  Button,
  CheckField,
  Dialog,
  EmptyState,
  FormFrame,
  type Output,
  PermissionGate,
  Row,
  StatusTag,
  TextField,
  useForm,
  useList,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { addPerson, editPerson, listCalendars, listPeople, perm } from '../contract.ts';
import { CalendarField, EditableName } from './resource-parts.tsx';
import { STATION_KINDS, useKind } from './words.tsx';

type Person = Output<typeof listPeople>['items'][number];

/** Operators: what each can do, and when. */
export function PeopleTab() {
  const t = useTexts('planning');
  const kind = useKind();
  const [editing, setEditing] = useState<Person | 'new'>();
  const calendars = useList(listCalendars, { query: { limit: 100 } });
  const add = (
    <PermissionGate access={perm('planning.resource:edit')}>
      <Button kind="primary" icon="plus" onClick={() => setEditing('new')}>
        {t('people.add')}
      </Button>
    </PermissionGate>
  );
  return (
    <>
      <Row>{add}</Row>
      <DataTable
        id="planning.people"
        title={t('people.title')}
        list={listPeople}
        rowKey={(r) => r.id}
        filters={[]}
        columns={[
          {
            id: 'name',
            title: t('people.name'),
            cell: (r) => <EditableName name={r.name} edit={() => setEditing(r)} />,
            plain: (r) => r.name,
          },
          {
            id: 'skills',
            title: t('people.skills'),
            cell: (r) => r.skills.map(kind).join(' · '),
            plain: (r) => r.skills.map(kind).join(' '),
          },
          {
            id: 'calendar',
            title: t('calendar.title'),
            cell: (r) =>
              calendars.items.find((c) => c.id === r.calendarId)?.name ?? t('calendar.usual'),
            plain: (r) => r.calendarId ?? '',
          },
          {
            id: 'active',
            title: t('people.active'),
            cell: (r) => (
              <StatusTag tone={r.active ? 'good' : 'idle'}>
                {t(r.active ? 'people.yes' : 'people.no')}
              </StatusTag>
            ),
            plain: (r) => (r.active ? 1 : 0),
          },
        ]}
        empty={
          <EmptyState icon="people" title={t('people.none')} action={add}>
            {t('people.noneNext')}
          </EmptyState>
        }
      />
      <Dialog
        open={editing !== undefined}
        title={t(editing === 'new' ? 'people.add' : 'people.edit')}
        onClose={() => setEditing(undefined)}
      >
        {editing === undefined ? null : (
          <PersonForm
            person={editing === 'new' ? undefined : editing}
            calendars={calendars.items}
            onDone={() => setEditing(undefined)}
          />
        )}
      </Dialog>
    </>
  );
}

function PersonForm(props: {
  person: Person | undefined;
  calendars: readonly { id: string; name: string }[];
  onDone: () => void;
}) {
  const t = useTexts('planning');
  const kind = useKind();
  const { person: p } = props;
  const initial = {
    name: p?.name ?? '',
    skills: p?.skills ?? [],
    active: p?.active ?? true,
    ...(p?.calendarId ? { calendarId: p.calendarId } : {}),
  };
  const said = t('saved');
  const added = useForm(addPerson, { initial, said, onDone: props.onDone });
  const edited = useForm(editPerson, {
    initial,
    said,
    onDone: props.onDone,
    ...(p ? { rest: { params: { personId: p.id }, version: p.version } } : {}),
  });
  const form = (p ? edited : added) as typeof added; // both have the person's fields
  const skills = (form.draft.skills ?? []) as string[];
  return (
    <FormFrame form={form} submit={t('save')}>
      <TextField label={t('people.name')} {...form.field('name')} />
      <fieldset className="z-field">
        <legend>{t('people.skills')}</legend>
        {STATION_KINDS.map((k) => (
          <CheckField
            key={k}
            label={kind(k)}
            value={skills.includes(k)}
            onChange={(on) =>
              form.set({ skills: on ? [...skills, k] : skills.filter((x) => x !== k) })
            }
          />
        ))}
      </fieldset>
      <CalendarField calendars={props.calendars} bound={form.field('calendarId')} />
      <CheckField label={t('people.active')} {...form.field('active')} />
    </FormFrame>
  );
}
