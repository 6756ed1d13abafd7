import { type ReactNode, useEffect, useState } from 'react';
import { decimalOf, unitSign } from '../format/number.ts';
import { useLang, useTexts } from '../i18n/language.ts';
import type { IconName } from '../page-list.ts';
import { Icon } from '../parts/icon.tsx';
import './floor.css';

/** A floor page: one task. The title stands in the bar; `actions` stay at the thumb, at the bottom. */
export function FloorPage(props: {
  title: ReactNode;
  note?: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="z-floor-page">
      <header className="z-floor-head">
        <h1>{props.title}</h1>
        {props.note ? <p className="z-note">{props.note}</p> : null}
      </header>
      {props.children}
      {props.actions ? <div className="z-floor-actions">{props.actions}</div> : null}
    </div>
  );
}

export interface KeyChoice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: IconName;
  readonly tone?: 'good' | 'decide' | 'bad' | 'idle';
  readonly note?: string;
  readonly disabled?: boolean;
}

/** Large keys of which one is down: found / missing / broken, yes / no. The digits 1…9 press them too. */
export function Keys<T extends string>(props: {
  label: string;
  value: T | undefined;
  choices: readonly KeyChoice<T>[];
  onChange: (value: T) => void;
  /** Hears the digit keys; only for the one group a page is about. */
  digits?: boolean;
}) {
  const { choices, onChange, digits } = props;
  useEffect(() => {
    if (!digits) return;
    const press = (e: KeyboardEvent) => {
      const inField =
        e.target instanceof HTMLElement && e.target.matches('input, textarea, select');
      const choice = inField ? undefined : choices[Number(e.key) - 1];
      if (choice && !choice.disabled) onChange(choice.value);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [choices, onChange, digits]);
  return (
    <fieldset className="z-keys" aria-label={props.label}>
      {choices.map((c) => (
        <button
          key={c.value}
          type="button"
          className={`z-key z-tone-${c.tone ?? 'idle'}`}
          aria-pressed={c.value === props.value}
          disabled={c.disabled}
          onClick={() => onChange(c.value)}
        >
          {c.icon ? <Icon name={c.icon} size={24} /> : null}
          <span>{c.label}</span>
          {c.note ? <small>{c.note}</small> : null}
        </button>
      ))}
    </fieldset>
  );
}

/** A count or measure by large keys and keyboard: minus, the number, plus. Decimal strings. */
export function BigNumber(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  unit?: string;
  step?: number;
  min?: number;
  error?: string | undefined;
}) {
  const t = useTexts('kit');
  const lang = useLang();
  const { value, step = 1, min = 0 } = props;
  const [typed, setTyped] = useState<string>();
  const digits = String(step).split('.')[1]?.length ?? 0;
  const move = (by: number) => {
    setTyped(undefined);
    props.onChange(Math.max(min, Number(value ?? 0) + by).toFixed(digits));
  };
  const isHeld =
    typed !== undefined && (decimalOf(typed) === value || decimalOf(typed) === undefined);
  const isWord = isHeld && typed.trim() !== '' && decimalOf(typed) === undefined;
  return (
    <fieldset className="z-big" aria-label={props.label}>
      <span className="z-big-label">{props.label}</span>
      <div>
        <button type="button" aria-label={t('field.less')} onClick={() => move(-step)}>
          <Icon name="minus" size={24} />
        </button>
        <span className="z-affix">
          <input
            className="z-num"
            inputMode="decimal"
            autoComplete="off"
            aria-label={props.label}
            value={isHeld ? typed : (value ?? '')}
            onChange={(e) => {
              const text = min < 0 ? e.target.value : e.target.value.replaceAll(/[-−－]/g, '');
              setTyped(text);
              props.onChange(decimalOf(text));
            }}
          />
          {props.unit ? <i>{unitSign(props.unit, lang)}</i> : null}
        </span>
        <button type="button" aria-label={t('field.moreOf')} onClick={() => move(step)}>
          <Icon name="plus" size={24} />
        </button>
      </div>
      {props.error || isWord ? (
        <p className="z-field-error" role="alert">
          {isWord ? t('field.number') : props.error}
        </p>
      ) : null}
    </fieldset>
  );
}

/** A bar that fills as parts add up to a whole (mass balance, pieces done). Red only when over. */
export function BalanceBar(props: {
  label: string;
  whole: number;
  parts: readonly { label: string; value: number }[];
  unit: string;
}) {
  const lang = useLang();
  const sum = props.parts.reduce((a, p) => a + p.value, 0);
  const scale = Math.max(props.whole, sum) || 1;
  const sign = unitSign(props.unit, lang);
  const share = props.whole > 0 ? Math.round((100 * sum) / props.whole) : 0;
  return (
    <div className="z-balance">
      <div className="z-balance-head">
        <span>{props.label}</span>
        <span className="z-num">
          {Number(sum.toFixed(3))} / {props.whole} {sign} · {share}%
        </span>
      </div>
      <div
        className={`z-balance-bar${sum > props.whole * 1.001 ? ' z-over' : ''}`}
        aria-hidden="true"
      >
        {props.parts.map((p) => (
          <i
            key={p.label}
            title={`${p.label} ${p.value} ${sign}`}
            style={{ width: `${(100 * p.value) / scale}%` }}
          />
        ))}
      </div>
    </div>
  );
}
