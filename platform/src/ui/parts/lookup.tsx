import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Endpoint } from '../../http/contract.ts';
import type { Output, ReadInput } from '../client/call.ts';
import { useList } from '../client/hooks.ts';
import { useTexts } from '../i18n/language.ts';
import type { Choice, FieldProps } from './fields.tsx';
import { FieldFrame } from './fields.tsx';

type Row<E extends Endpoint> = Output<E> extends { items: (infer T)[] } ? T : never;

/** Milliseconds of rest after which typed text is looked for. */
const REST = 250;

/**
 * One of many, found by typing: a field over a list endpoint. `by` names the query field that takes
 * the typed text; `choice` says how a row is shown and what value it stands for. `shown` is the name
 * of the value the field starts with. Arrow keys move, Enter takes, Escape closes.
 */
export function LookupField<E extends Endpoint>(
  props: FieldProps<string> & {
    list: E;
    by: string;
    choice: (row: Row<E>) => Choice;
    fixed?: object;
    shown?: string | undefined;
    placeholder?: string;
    onPick?: (row: Row<E> | undefined) => void;
  },
) {
  const t = useTexts('kit');
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const [asked, setAsked] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [picked, setPicked] = useState<Choice>();
  const [isEntered, setEntered] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed?.trim() ?? ''), REST);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = { ...props.fixed, limit: 20, ...(asked ? { [props.by]: asked } : {}) };
  const found = useList(props.list, { query } as unknown as ReadInput<E>, { enabled: isOpen }); // `by` is a field of the list's own query
  // what was found for other words than those that stand there now is not offered
  const isBehind = (typed?.trim() ?? '') !== asked || found.isLoading || found.isStale;
  const rows = (isBehind ? [] : found.items) as readonly Row<E>[];
  const choices = rows.map(props.choice);
  const known =
    picked?.value === props.value
      ? picked?.label
      : choices.find((c) => c.value === props.value)?.label;
  const resting = props.value === undefined ? '' : (known ?? props.shown ?? props.value);

  const take = (index: number) => {
    const choice = choices[index];
    if (!choice || choice.disabled) return;
    setPicked(choice);
    setTyped(undefined);
    setOpen(false);
    props.onChange(choice.value);
    props.onPick?.(rows[index]);
  };
  // a scanner sends Enter at once: the first that is then found is taken
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer is there
  useEffect(() => {
    if (!isEntered || isBehind) return;
    setEntered(false);
    if (isOpen) take(0);
  }, [isEntered, isBehind]);
  const press = (e: KeyboardEvent) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setOpen(true);
      const by = e.key === 'ArrowDown' ? 1 : -1;
      setAt((before) => Math.min(Math.max(before + by, 0), Math.max(choices.length - 1, 0)));
    }
    if (e.key === 'Enter' && isOpen && (isBehind || choices.length > 0)) {
      e.preventDefault();
      if (isBehind) setEntered(true);
      else take(at);
    }
    if (e.key === 'Escape' && isOpen) {
      e.stopPropagation();
      setOpen(false);
      setTyped(undefined);
    }
  };
  const { label, error, hint, required } = props;
  return (
    <FieldFrame id={id} label={label} error={error} hint={hint} required={required}>
      <div className="z-lookup">
        <input
          ref={input}
          id={id}
          className="z-input z-select"
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(isOpen && choices[at] ? { 'aria-activedescendant': `${id}-${at}` } : {})}
          {...(error ? { 'aria-invalid': true } : {})}
          {...(error || hint ? { 'aria-describedby': `${id}-note` } : {})}
          autoComplete="off"
          disabled={props.disabled}
          placeholder={props.placeholder ?? t('field.find')}
          value={typed ?? resting}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onBlur={() => {
            setOpen(false);
            setEntered(false);
            setTyped(undefined);
          }}
          onChange={(e) => {
            const text = e.target.value;
            setTyped(text);
            setEntered(false);
            setAt(0);
            setOpen(true);
            if (text === '' && props.value !== undefined) {
              props.onChange(undefined);
              props.onPick?.(undefined);
            }
          }}
          onKeyDown={press}
        />
        {isOpen ? (
          <div
            className="z-lookup-list"
            id={`${id}-list`}
            role="listbox"
            aria-label={t('act.search')}
          >
            {choices.map((c, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys (ARIA combobox)
              <div
                key={c.value}
                id={`${id}-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={i === at}
                onMouseDown={(e) => e.preventDefault()}
                onClick={() => take(i)}
              >
                <span>{c.label}</span>
                {c.note ? <small>{c.note}</small> : null}
              </div>
            ))}
            {choices.length === 0 ? (
              <p role="status">
                {found.problem?.message ?? t(isBehind ? 'state.loading' : 'table.none')}
              </p>
            ) : null}
          </div>
        ) : null}
      </div>
    </FieldFrame>
  );
}
