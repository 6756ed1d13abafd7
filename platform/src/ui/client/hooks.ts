import {
  type InfiniteData,
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { Endpoint } from '../../http/contract.ts';
import { currentLang, kitText } from '../i18n/language.ts';
import { notify } from '../parts/notices.tsx';
import {
  type ActInput,
  act as actNow,
  freshKey,
  type Output,
  type ReadInput,
  read,
  send,
  sendingOf,
} from './call.ts';
import { inTurn, type Turns } from './in-turn.ts';
import { Problem } from './problem.ts';
import { actQueue } from './queue-live.ts';

/** One cache for the whole application. Its keys begin with the module's name. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => error instanceof Problem && error.isPassing && count < 2,
      refetchOnWindowFocus: true,
      networkMode: 'always', // "offline" is for the server to say; it may stand in the same room
    },
  },
});

/** `cores` of `cores.gradeCore`. */
export function moduleOf(endpoint: Endpoint): string {
  return endpoint.id.split('.')[0] ?? endpoint.id;
}

function keyOf(endpoint: Endpoint, input: object): readonly unknown[] {
  return [moduleOf(endpoint), endpoint.id, input];
}

/** The thing that an answer is about: the parameters of its address. */
function thingOf(input: unknown): string {
  return JSON.stringify((input as { params?: object } | undefined)?.params ?? {}); // an input by contract
}

/** The answer before stays on screen while another cut of the same thing is read, never of another thing. */
function keptFor(input: object) {
  return <T>(before: T | undefined, query: { queryKey: readonly unknown[] } | undefined) =>
    query && thingOf(query.queryKey[2]) === thingOf(input) ? before : undefined;
}

export interface ReadOptions {
  /** Do not read while false. */
  readonly enabled?: boolean;
  /** Other modules whose changes make this stale (its own always do). */
  readonly live?: readonly string[];
  /** Read again every so many milliseconds. */
  readonly every?: number;
}

/** Reads an endpoint; typed by its contract, kept fresh by the live stream. `error` is a {@link Problem}. */
export function useRead<E extends Endpoint>(
  endpoint: E,
  input: ReadInput<E>,
  options: ReadOptions = {},
): UseQueryResult<Output<E>, Problem> {
  return useQuery<Output<E>, Problem>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => read(endpoint, input, signal),
    enabled: options.enabled ?? true,
    meta: { live: options.live ?? [] },
    placeholderData: keptFor(input),
    ...(options.every ? { refetchInterval: options.every } : {}),
  });
}

type Item<E extends Endpoint> = Output<E> extends { items: (infer T)[] } ? T : never;

/** A cursor list, read page by page. */
export interface List<T> {
  readonly items: readonly T[];
  readonly isLoading: boolean;
  /** What is shown was found for the question before; the answer to this one is on its way. */
  readonly isStale: boolean;
  readonly isMoreLoading: boolean;
  readonly hasMore: boolean;
  readonly problem: Problem | undefined;
  readonly more: () => void;
  readonly reload: () => void;
}

/** Reads a list endpoint (`pageQuery` in, `page(item)` out) page by page. */
export function useList<E extends Endpoint>(
  endpoint: E,
  input: ReadInput<E>,
  options: ReadOptions = {},
): List<Item<E>> {
  type Cut = { items: Item<E>[]; next?: string };
  const list = useInfiniteQuery<
    Cut,
    Problem,
    InfiniteData<Cut>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: [...keyOf(endpoint, input), 'list'],
    queryFn: async ({ signal, pageParam }) => {
      const { query } = input as { query?: object }; // lists all take a query
      const paged = { ...input, query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } };
      return (await read(endpoint, paged, signal)) as Cut; // every list answers page(item)
    },
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next,
    enabled: options.enabled ?? true,
    meta: { live: options.live ?? [] },
    placeholderData: keepPreviousData,
    ...(options.every ? { refetchInterval: options.every } : {}),
  });
  return {
    items: list.data?.pages.flatMap((p) => p.items) ?? [],
    isLoading: list.isPending,
    isStale: list.isPlaceholderData,
    isMoreLoading: list.isFetchingNextPage,
    hasMore: list.hasNextPage,
    problem: list.error ?? undefined,
    more: () => void list.fetchNextPage(),
    reload: () => void list.refetch(),
  };
}

/** Everything of these modules is read again where it is on screen. */
export function refresh(client: QueryClient, modules: readonly string[]): void {
  void client.invalidateQueries({
    predicate: ({ queryKey, meta }) => {
      const live = Array.isArray(meta?.live) ? (meta.live as unknown[]) : [];
      return modules.some((m) => queryKey[0] === m || live.includes(m));
    },
  });
}

/** How an act ended. `waiting`: the network is down, and it will be sent by itself. */
export type Done<T> =
  | { readonly state: 'done'; readonly value: T }
  | { readonly state: 'waiting'; readonly key: string }
  | { readonly state: 'refused'; readonly problem: Problem };

export interface ActOptions<E extends Endpoint> {
  /** Queue it when the network drops (floor pages). Only for acts whose answer the next step does not need. */
  readonly offline?: boolean;
  /** What to say when it is done; a sentence in the reader's language. */
  readonly said?: string | ((value: Output<E>) => string);
  /** Takes it back; offered for ten seconds. */
  readonly undo?: (value: Output<E>) => Promise<unknown>;
  /** Other modules whose pages it changes. */
  readonly refreshes?: readonly string[];
  readonly onDone?: (value: Output<E>) => void;
  /** Do not show the refusal as a notice: the caller shows it itself. */
  readonly quiet?: boolean;
}

export interface Act<E extends Endpoint> {
  readonly run: (input: ActInput<E>) => Promise<Done<Output<E>>>;
  readonly isBusy: boolean;
  /** The last refusal, until the next run. */
  readonly problem: Problem | undefined;
  readonly reset: () => void;
}

/** Milliseconds a person on the floor waits before an act is put aside as "waiting". */
const FLOOR_PATIENCE = 8_000;

/**
 * Changes something by an endpoint, with a fresh idempotency key a run and `If-Match` from `version`.
 * Runs take turns in the order they were asked for; the same asked twice is one: two taps make one act.
 */
export function useAct<E extends Endpoint>(endpoint: E, options: ActOptions<E> = {}): Act<E> {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const turns = useRef<Turns<ActInput<E>, Done<Output<E>>>>(undefined);
  const latest = useRef(options);
  latest.current = options;

  const run = useCallback(
    (input: ActInput<E>) => {
      const once = async (mine: ActInput<E>): Promise<Done<Output<E>>> => {
        const o = latest.current;
        setProblem(undefined);
        const done = await perform(endpoint, mine, o.offline ?? false);
        if (done.state === 'done') {
          refresh(client, [moduleOf(endpoint), ...(o.refreshes ?? [])]);
          tell(o, done.value);
          o.onDone?.(done.value);
        } else if (done.state === 'refused') {
          setProblem(done.problem);
          if (!o.quiet)
            notify({ kind: 'bad', text: done.problem.message, requestId: done.problem.requestId });
        } else {
          notify({ kind: 'wait', text: kitText('queue.kept') });
        }
        return done;
      };
      turns.current ??= inTurn(once, isSameInput);
      setBusy(true);
      const asked = turns.current.ask(input);
      const idle = () => {
        if (turns.current?.isIdle()) setBusy(false);
      };
      asked.then(idle, idle);
      return asked;
    },
    [client, endpoint],
  );
  const reset = useCallback(() => setProblem(undefined), []);
  return { run, isBusy, problem, reset };
}

/** Files are the same when they are one object; all else when it reads the same. */
function isSameInput(a: { readonly file?: Blob }, b: { readonly file?: Blob }): boolean {
  return a.file === b.file && JSON.stringify(a) === JSON.stringify(b);
}

function tell<E extends Endpoint>(options: ActOptions<E>, value: Output<E>): void {
  const { said, undo } = options;
  const text = typeof said === 'function' ? said(value) : said;
  if (undo) notify({ kind: 'good', text: text ?? kitText('act.done'), undo: () => undo(value) });
  else if (text) notify({ kind: 'good', text });
}

async function perform<E extends Endpoint>(
  endpoint: E,
  input: ActInput<E>,
  offline: boolean,
): Promise<Done<Output<E>>> {
  const key = freshKey();
  const sending = sendingOf(endpoint, input);
  const wait = async (): Promise<Done<Output<E>>> => {
    await actQueue.add({
      key,
      at: Date.now(),
      title: endpoint.title[currentLang()],
      module: moduleOf(endpoint),
      owner: actQueue.currentOwner,
      sending,
    });
    return { state: 'waiting', key };
  };
  // an act must not overtake those that already wait
  if (offline && actQueue.isBusy) {
    const waiting = await wait();
    void actQueue.replay();
    return waiting;
  }
  try {
    const value = offline
      ? await send({ ...sending, key, patience: FLOOR_PATIENCE })
      : await actNow(endpoint, input, key);
    return { state: 'done', value: value as Output<E> }; // the server answers by the contract
  } catch (e) {
    const problem = e instanceof Problem ? e : unexpected(e);
    return offline && problem.isOffline ? wait() : { state: 'refused', problem };
  }
}

function unexpected(e: unknown): Problem {
  const sentence = e instanceof Error ? e.message : String(e);
  return new Problem(sentence, { status: 0, code: 'UNEXPECTED' });
}
