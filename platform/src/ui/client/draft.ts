import { useCallback, useState } from 'react';
import type { z } from 'zod';
import { useTexts } from '../i18n/language.ts';
import { sentenceOf } from './sentence.ts';

type Fields<S extends z.ZodType> = NonNullable<z.input<S>>;

/** What stands in the fields so far: any of them may still be empty. */
export type DraftOf<S extends z.ZodType> = { [K in keyof Fields<S>]?: Fields<S>[K] | undefined };

/** What a field component takes from a draft. */
export interface Bound<T> {
  readonly value: T | undefined;
  readonly onChange: (value: T | undefined) => void;
  readonly error: string | undefined;
  readonly disabled: boolean;
  readonly required: boolean;
}

export interface Draft<S extends z.ZodType> {
  readonly draft: DraftOf<S>;
  readonly set: (change: DraftOf<S>) => void;
  /** Binds a field: `<TextField label=… {...draft.field('name')} />`. */
  readonly field: <K extends keyof Fields<S> & string>(name: K) => Bound<Fields<S>[K]>;
  /** The fault at a deeper place: `fault('lines/0/quantity')`. */
  readonly fault: (path: string) => string | undefined;
  /** Every fault at a place and below it, e.g. of one line of a list. */
  readonly faultsBelow: (path: string) => readonly string[];
  readonly hasFaults: boolean;
  /** What was typed, checked by the schema; its faults land on their fields. */
  readonly check: () => Fields<S> | undefined;
  /** Shows faults that somebody else found, by path. */
  readonly refuse: (faults: readonly (readonly [path: string, sentence: string])[]) => void;
  readonly reset: (draft: DraftOf<S>) => void;
}

/** The fields of one thing while a person fills them in, judged by its own schema. */
export function useDraft<S extends z.ZodType>(
  schema: S,
  initial: DraftOf<S>,
  disabled = false,
): Draft<S> {
  const t = useTexts('kit');
  const [draft, setDraft] = useState<DraftOf<S>>(initial);
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());

  const set = useCallback((change: DraftOf<S>) => {
    setDraft((before) => ({ ...before, ...change }));
    setFaults((before) => {
      const after = new Map(before);
      for (const name of Object.keys(change)) {
        for (const path of before.keys()) if (isAt(path, name)) after.delete(path);
      }
      return after;
    });
  }, []);

  const check = () => {
    const checked = schema.safeParse(draft);
    const found = checked.success
      ? []
      : checked.error.issues.map((i) => [i.path.join('/'), sentenceOf(i, t)] as const);
    setFaults(new Map(found.reverse())); // the first fault of a field wins
    return checked.success ? (draft as Fields<S>) : undefined; // just parsed as the schema's input
  };

  const below = (path: string) =>
    [...faults].filter(([at]) => isAt(at, path)).map(([, sentence]) => sentence);
  const shape = (schema as { shape?: Record<string, z.ZodType> }).shape; // object schemas have it
  return {
    draft,
    set,
    field: (name) => ({
      value: draft[name] ?? undefined,
      onChange: (value) => set({ [name]: value } as unknown as DraftOf<S>), // one field of the draft
      error: faults.get(name) ?? below(name)[0],
      disabled,
      required: shape?.[name] ? !shape[name].safeParse(undefined).success : true,
    }),
    fault: (path) => faults.get(path),
    faultsBelow: below,
    hasFaults: faults.size > 0,
    check,
    refuse: (found) => setFaults(new Map(found)),
    reset: (next) => {
      setDraft(next);
      setFaults(new Map());
    },
  };
}

const isAt = (path: string, place: string) => path === place || path.startsWith(`${place}/`);
