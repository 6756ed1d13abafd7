import { useId, useRef, useState } from 'react';
import { formatNumber } from '../format/number.ts';
import { useLang, useTexts } from '../i18n/language.ts';
import type { FieldProps } from './fields.tsx';
import { Icon } from './icon.tsx';

/** A file by choosing or dropping it: spreadsheets, documents. Gives the file for `useAct(…).run({file})`. */
export function FileField(props: FieldProps<File> & { accept: string }) {
  const t = useTexts('kit');
  const lang = useLang();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { value } = props;
  return (
    <div className={`z-field${props.error ? ' z-field-wrong' : ''}`}>
      <label htmlFor={id}>{props.label}</label>
      <label
        className={`z-drop${isOver ? ' z-drop-over' : ''}`}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault();
          setOver(false);
          const file = e.dataTransfer.files[0];
          if (file && !props.disabled) props.onChange(file);
        }}
      >
        <input
          ref={input}
          id={id}
          type="file"
          accept={props.accept}
          disabled={props.disabled}
          onChange={(e) => props.onChange(e.target.files?.[0])}
        />
        <Icon name={value ? 'document' : 'upload'} size={24} />
        {value ? (
          <span>
            <strong>{value.name}</strong>{' '}
            <small className="z-num">{formatNumber(value.size / 1024, lang, 0)} kB</small>
          </span>
        ) : (
          <span>{t('field.drop')}</span>
        )}
      </label>
      {props.error ? (
        <p className="z-field-error" role="alert">
          {props.error}
        </p>
      ) : props.hint ? (
        <p className="z-field-hint">{props.hint}</p>
      ) : null}
    </div>
  );
}
