import { type ReactNode, useId, useState } from 'react';
import { decimalOf, fenOf, unitSign, yuanOf } from '../format/number.ts';
import { useLang, useTexts } from '../i18n/language.ts';
import { LimitBar } from './limit-bar.tsx';
import type { Limit } from './limits.ts';
import { judgeAll } from './limits.ts';

/** What every field takes; `useForm().field('name')` gives value, onChange and error. */
export interface FieldProps<T> {
  readonly label: ReactNode;
  readonly value: T | undefined;
  readonly onChange: (value: T | undefined) => void;
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
}

/** Label above, control, then the error or the hint. For controls of your own. */
export function FieldFrame(props: {
  id: string;
  label: ReactNode;
  error?: string | undefined;
  hint?: ReactNode;
  required?: boolean | undefined;
  children: ReactNode;
}) {
  const t = useTexts('kit');
  return (
    <div className={`z-field${props.error ? ' z-field-wrong' : ''}`}>
      <label htmlFor={props.id}>
        {props.label}
        {props.required === false ? <small> {t('field.optional')}</small> : null}
      </label>
      {props.children}
      {props.error ? (
        <p className="z-field-error" id={`${props.id}-note`} role="alert">
          {props.error}
        </p>
      ) : props.hint ? (
        <p className="z-field-hint" id={`${props.id}-note`}>
          {props.hint}
        </p>
      ) : null}
    </div>
  );
}

function described(id: string, props: { error?: string | undefined; hint?: ReactNode }) {
  return {
    ...(props.error || props.hint ? { 'aria-describedby': `${id}-note` } : {}),
    ...(props.error ? { 'aria-invalid': true } : {}),
  };
}

export function TextField(
  props: FieldProps<string> & {
    type?: 'text' | 'email' | 'password' | 'search' | 'tel' | 'url' | 'date' | 'datetime-local';
    placeholder?: string;
    autoComplete?: string;
    lines?: number;
    mono?: boolean;
    inputMode?: 'text' | 'numeric' | 'decimal';
    maxLength?: number;
  },
) {
  const id = useId();
  const shared = {
    id,
    className: `z-input${props.mono ? ' z-code' : ''}`,
    value: props.value ?? '',
    disabled: props.disabled,
    autoFocus: props.autoFocus,
    maxLength: props.maxLength,
    placeholder: props.placeholder,
    ...described(id, props),
  };
  const onChange = (typed: string) => props.onChange(typed === '' ? undefined : typed);
  return (
    <FieldFrame id={id} {...frameOf(props)}>
      {props.lines && props.lines > 1 ? (
        <textarea {...shared} rows={props.lines} onChange={(e) => onChange(e.target.value)} />
      ) : (
        <input
          {...shared}
          type={props.type ?? 'text'}
          inputMode={props.inputMode}
          autoComplete={props.autoComplete ?? 'off'}
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </FieldFrame>
  );
}

function frameOf<T>(props: FieldProps<T>) {
  const { label, error, hint, required } = props;
  return { label, error, hint, required };
}

/** A calendar day, `YYYY-MM-DD`. */
export function DayField(props: FieldProps<string>) {
  return <TextField {...props} type="date" />;
}

/** A whole or decimal number as a `number`; for exact quantities use {@link QuantityField}. */
export function NumberField(
  props: FieldProps<number> & { unit?: string; min?: number; max?: number },
) {
  return (
    <TypedField
      {...props}
      print={(v) => String(v)}
      read={(typed) => {
        const d = decimalOf(typed);
        const n = d === undefined ? undefined : Number(d);
        return n === undefined || n < (props.min ?? -Infinity) || n > (props.max ?? Infinity)
          ? undefined
          : n;
      }}
    />
  );
}

/**
 * A quantity as a decimal string with its unit (UN/CEFACT code). With `limits` it is judged while
 * it is typed.
 */
export function QuantityField(
  props: FieldProps<string> & { unit: string; limits?: readonly Limit[] },
) {
  const { limits, value } = props;
  const state = limits && value !== undefined ? judgeAll(Number(value), limits) : undefined;
  return (
    <div className={state ? `z-judged z-judged-${state}` : undefined}>
      <TypedField {...props} print={(v) => v} read={decimalOf} />
      {limits ? <LimitBar value={value} unit={props.unit} limits={limits} /> : null}
    </div>
  );
}

/** An amount typed in yuan, held as whole fen. */
export function MoneyField(props: FieldProps<string>) {
  return <TypedField {...props} prefix="¥" print={yuanOf} read={fenOf} />;
}

/** A field whose text stands for a value; what cannot be read stays as typed and is said to be wrong. */
function TypedField<T>(
  props: FieldProps<T> & {
    print: (value: T) => string;
    read: (typed: string) => T | undefined;
    unit?: string;
    prefix?: string;
  },
) {
  const id = useId();
  const lang = useLang();
  const t = useTexts('kit');
  const [typed, setTyped] = useState<string>();
  const [isUnread, setUnread] = useState(false);
  const readsBack = typed !== undefined && (isUnread || props.read(typed) === props.value);
  const shown = readsBack ? typed : props.value === undefined ? '' : props.print(props.value);
  const error = isUnread && shown !== '' ? t('field.number') : props.error;
  return (
    <FieldFrame id={id} {...frameOf(props)} error={error}>
      <span className="z-affix">
        {props.prefix ? <i>{props.prefix}</i> : null}
        <input
          id={id}
          className="z-input z-num"
          inputMode="decimal"
          autoComplete="off"
          value={shown}
          disabled={props.disabled}
          // biome-ignore lint/a11y/noAutofocus: the page says which field the person came for
          autoFocus={props.autoFocus}
          {...described(id, { error, hint: props.hint })}
          onChange={(e) => {
            const text = e.target.value;
            const value = text === '' ? undefined : props.read(text);
            setTyped(text);
            setUnread(text !== '' && value === undefined);
            props.onChange(value);
          }}
        />
        {props.unit ? <i>{unitSign(props.unit, lang)}</i> : null}
      </span>
    </FieldFrame>
  );
}

export interface Choice<T extends string = string> {
  readonly value: T;
  readonly label: string;
  readonly note?: string;
  readonly disabled?: boolean;
}

/** One of a list, as the system's own picker: best on phones, quick by keyboard. */
export function SelectField<T extends string>(
  props: FieldProps<T> & { choices: readonly Choice<T>[]; placeholder?: string },
) {
  const id = useId();
  const t = useTexts('kit');
  return (
    <FieldFrame id={id} {...frameOf(props)}>
      <select
        id={id}
        className="z-input z-select"
        value={props.value ?? ''}
        disabled={props.disabled}
        {...described(id, props)}
        onChange={(e) => {
          const chosen = props.choices.find((c) => c.value === e.target.value);
          props.onChange(chosen?.value);
        }}
      >
        <option value="">{props.placeholder ?? t('field.choose')}</option>
        {props.choices.map((c) => (
          <option key={c.value} value={c.value} disabled={c.disabled}>
            {c.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** One of a few, all in sight: large keys on the floor, a segmented row in the office. */
export function ChoiceField<T extends string>(
  props: FieldProps<T> & { choices: readonly Choice<T>[] },
) {
  const id = useId();
  return (
    <fieldset
      className={`z-field z-choices${props.error ? ' z-field-wrong' : ''}`}
      disabled={props.disabled}
    >
      <legend>{props.label}</legend>
      <div className="z-choices-row">
        {props.choices.map((c) => (
          <label key={c.value} className={c.value === props.value ? 'z-chosen' : ''}>
            <input
              type="radio"
              name={id}
              checked={c.value === props.value}
              disabled={c.disabled}
              onChange={() => props.onChange(c.value)}
            />
            <span>
              {c.label}
              {c.note ? <small>{c.note}</small> : null}
            </span>
          </label>
        ))}
      </div>
      {props.error ? (
        <p className="z-field-error" role="alert">
          {props.error}
        </p>
      ) : props.hint ? (
        <p className="z-field-hint">{props.hint}</p>
      ) : null}
    </fieldset>
  );
}

/** Yes or no, with its sentence beside the box. */
export function CheckField(props: FieldProps<boolean>) {
  const id = useId();
  return (
    <div className={`z-field z-check${props.error ? ' z-field-wrong' : ''}`}>
      <label htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={props.value ?? false}
          disabled={props.disabled}
          {...described(id, props)}
          onChange={(e) => props.onChange(e.target.checked)}
        />
        <span>{props.label}</span>
      </label>
      {props.error || props.hint ? (
        <p className={props.error ? 'z-field-error' : 'z-field-hint'} id={`${id}-note`}>
          {props.error ?? props.hint}
        </p>
      ) : null}
    </div>
  );
}
