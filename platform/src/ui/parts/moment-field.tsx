import { DEFAULT_ZONE } from '../../kernel/index.ts';
import { instantOfLocal, localOfInstant } from '../format/local.ts';
import { type FieldProps, TextField } from './fields.tsx';

/** A day and a time of day in the plant's zone; its value is the instant. */
export function MomentField(props: FieldProps<string>) {
  return (
    <TextField
      {...props}
      type="datetime-local"
      value={props.value === undefined ? undefined : localOfInstant(DEFAULT_ZONE, props.value)}
      onChange={(typed) => props.onChange(instantOfLocal(DEFAULT_ZONE, typed))}
    />
  );
}
