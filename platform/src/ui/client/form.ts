import { useCallback, useState } from 'react';
import type { z } from 'zod';
import type { Endpoint } from '../../http/contract.ts';
import { useTexts } from '../i18n/language.ts';
import type { ActInput, Output } from './call.ts';
import { type Act, type ActOptions, type Done, useAct } from './hooks.ts';
import { sentenceOf } from './sentence.ts';

type Body<E extends Endpoint> = NonNullable<z.input<E['body']>>;
type Draft<E extends Endpoint> = { [K in keyof Body<E>]?: Body<E>[K] | undefined };
type Rest<E extends Endpoint> = Omit<ActInput<E>, 'body'>;

/** What a field component takes from the form. */
export interface Bound<T> {
  readonly value: T | undefined;
  readonly onChange: (value: T | undefined) => void;
  readonly error: string | undefined;
  readonly disabled: boolean;
  readonly required: boolean;
}

export interface Form<E extends Endpoint> {
  readonly draft: Draft<E>;
  readonly set: (change: Draft<E>) => void;
  /** Binds a field of the body: `<TextField label=… {...form.field('name')} />`. */
  readonly field: <K extends keyof Body<E> & string>(name: K) => Bound<Body<E>[K]>;
  /** The fault at a deeper place: `form.fault('lines/0/quantity')`. */
  readonly fault: (path: string) => string | undefined;
  readonly submit: () => Promise<Done<Output<E>> | undefined>;
  readonly isBusy: boolean;
  /** A refusal that belongs to no field. */
  readonly refusal: string | undefined;
  readonly reset: (draft?: Draft<E>) => void;
  readonly act: Act<E>;
}

/**
 * A form whose fields are an endpoint's body. The contract checks it before it leaves; what the
 * server refuses lands on the field it names. `rest` gives path parameters and the version seen.
 */
export function useForm<E extends Endpoint>(
  endpoint: E,
  options: ActOptions<E> & {
    readonly initial?: Draft<E>;
    readonly rest?: Rest<E>;
  } = {},
): Form<E> {
  const t = useTexts('kit');
  const act = useAct(endpoint, { ...options, quiet: true });
  const [draft, setDraft] = useState<Draft<E>>(() => options.initial ?? {});
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());

  const set = useCallback((change: Draft<E>) => {
    setDraft((before) => ({ ...before, ...change }));
    setFaults((before) => {
      const after = new Map(before);
      for (const name of Object.keys(change)) {
        for (const path of before.keys())
          if (path === name || path.startsWith(`${name}/`)) after.delete(path);
      }
      return after;
    });
  }, []);

  const submit = async () => {
    const checked = endpoint.body.safeParse(draft);
    if (!checked.success) {
      const found = checked.error.issues.map((i) => [i.path.join('/'), sentenceOf(i, t)] as const);
      setFaults(new Map(found.reverse())); // the first fault of a field wins
      return undefined;
    }
    setFaults(new Map());
    const done = await act.run({ ...options.rest, body: draft } as unknown as ActInput<E>); // just parsed as the body
    if (done.state === 'refused') {
      setFaults(
        new Map(done.problem.faults.map((f) => [f.path.replace(/^body\//, ''), f.message])),
      );
    }
    return done;
  };

  const shape = (endpoint.body as { shape?: Record<string, z.ZodType> }).shape; // object schemas have it
  const isFieldFault = faults.size > 0;
  return {
    draft,
    set,
    field: (name) => ({
      value: draft[name] ?? undefined,
      onChange: (value) => set({ [name]: value } as unknown as Draft<E>), // one field of the draft
      error: faults.get(name) ?? firstBelow(faults, name),
      disabled: act.isBusy,
      required: shape?.[name] ? !shape[name].safeParse(undefined).success : true,
    }),
    fault: (path) => faults.get(path),
    submit,
    isBusy: act.isBusy,
    refusal:
      act.problem && !(isFieldFault && act.problem.faults.length) ? act.problem.message : undefined,
    reset: (next) => {
      setDraft(next ?? options.initial ?? {});
      setFaults(new Map());
      act.reset();
    },
    act,
  };
}

function firstBelow(faults: ReadonlyMap<string, string>, name: string): string | undefined {
  for (const [path, sentence] of faults) if (path.startsWith(`${name}/`)) return sentence;
  return undefined;
}
