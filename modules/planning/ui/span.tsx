import { MomentField, SelectField, useList, useTexts } from '@zaizao/platform/ui';
import { listPeople, listStationRules } from '../contract.ts';

/** From when until when; an end is absent while it is being typed. */
export interface Span {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export function spanFromNow(hours: number): Span {
  const now = Date.now();
  return {
    from: new Date(now).toISOString(),
    to: new Date(now + hours * 3_600_000).toISOString(),
  };
}

export function SpanFields({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  const t = useTexts('planning');
  return (
    <>
      <MomentField
        label={t('from')}
        value={span.from}
        onChange={(from) => onChange({ ...span, from })}
      />
      <MomentField
        label={t('until')}
        value={span.to}
        onChange={(to) => onChange({ ...span, to })}
      />
    </>
  );
}

/** Which station is down, or who is away. */
export function SubjectField(props: {
  kind: 'station' | 'person';
  label: string;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const stations = useList(listStationRules, { query: { limit: 200 } });
  const people = useList(listPeople, { query: { limit: 200 } });
  return (
    <SelectField
      label={props.label}
      choices={
        props.kind === 'station'
          ? stations.items.map((s) => ({ value: s.stationId, label: s.name }))
          : people.items.map((p) => ({ value: p.id, label: p.name }))
      }
      value={props.value}
      onChange={props.onChange}
    />
  );
}
