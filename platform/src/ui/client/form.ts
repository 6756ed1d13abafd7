import type { z } from 'zod';
import type { Endpoint } from '../../http/contract.ts';
import type { ActInput, Output } from './call.ts';
import { type Draft, type DraftOf, useDraft } from './draft.ts';
import { type Act, type ActOptions, type Done, useAct } from './hooks.ts';

type Body<E extends Endpoint> = E['body'] & z.ZodType;
type Rest<E extends Endpoint> = Omit<ActInput<E>, 'body'>;

export interface Form<E extends Endpoint>
  extends Omit<Draft<Body<E>>, 'check' | 'refuse' | 'reset' | 'hasFaults'> {
  readonly submit: () => Promise<Done<Output<E>> | undefined>;
  readonly isBusy: boolean;
  /** A refusal that belongs to no field. */
  readonly refusal: string | undefined;
  readonly reset: (draft?: DraftOf<Body<E>>) => void;
  readonly act: Act<E>;
}

/**
 * A form whose fields are an endpoint's body. The contract checks it before it leaves; what the
 * server refuses lands on the field it names. `rest` gives path parameters and the version seen.
 */
export function useForm<E extends Endpoint>(
  endpoint: E,
  options: ActOptions<E> & {
    readonly initial?: DraftOf<Body<E>>;
    readonly rest?: Rest<E>;
  } = {},
): Form<E> {
  const act = useAct(endpoint, { ...options, quiet: true });
  const initial = options.initial ?? ({} as DraftOf<Body<E>>); // no field is filled in yet
  const { check, refuse, hasFaults, reset, ...fields } = useDraft<Body<E>>(
    endpoint.body,
    initial,
    act.isBusy,
  );
  const submit = async () => {
    const body = check();
    if (body === undefined) return undefined;
    const done = await act.run({ ...options.rest, body } as unknown as ActInput<E>); // just parsed as the body
    if (done.state === 'refused') {
      refuse(done.problem.faults.map((f) => [f.path.replace(/^body\//, ''), f.message]));
    }
    return done;
  };
  return {
    ...fields,
    submit,
    isBusy: act.isBusy,
    refusal:
      act.problem && !(hasFaults && act.problem.faults.length) ? act.problem.message : undefined,
    reset: (next) => {
      reset(next ?? initial);
      act.reset();
    },
    act,
  };
}
