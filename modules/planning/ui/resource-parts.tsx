import { type Bound, SelectField, useMay, useTexts } from '@zaizao/platform/ui';

/** A resource's name in a list: it opens its fields, for those who may change them. */
export function EditableName({ name, edit }: { name: string; edit: () => void }) {
  const may = useMay();
  if (!may('planning.resource:edit')) return name;
  return (
    <button type="button" className="z-link" onClick={edit}>
      {name}
    </button>
  );
}

/** By which calendar somebody or something works; none: by the plant's usual one. */
export function CalendarField(props: {
  calendars: readonly { id: string; name: string }[];
  bound: Bound<string | undefined>;
}) {
  const t = useTexts('planning');
  return (
    <SelectField
      label={t('calendar.title')}
      placeholder={t('calendar.usual')}
      choices={props.calendars.map((c) => ({ value: c.id, label: c.name }))}
      {...props.bound}
    />
  );
}
