import { TextField } from '@zaizao/platform/ui';
import { useState } from 'react';
import { wordsOf } from '../../domain/dismantle.ts';

/** Several codes in one line, separated by spaces or commas; what is typed stays as it was typed. */
export function WordsField(props: {
  label: string;
  hint?: string;
  words: readonly string[];
  onChange: (words: string[]) => void;
  error: string | undefined;
}) {
  const [typed, setTyped] = useState(props.words.join(' '));
  return (
    <TextField
      label={props.label}
      {...(props.hint ? { hint: props.hint } : {})}
      mono
      required={false}
      value={typed}
      onChange={(now) => {
        setTyped(now ?? '');
        props.onChange(wordsOf(now));
      }}
      error={props.error}
    />
  );
}

/** The whole numbers among the words. */
export const numbersIn = (words: readonly string[]): number[] =>
  words.map(Number).filter(Number.isInteger);
