import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SessionView } from '../identity/contract.ts';
import type { Lang } from '../kernel/index.ts';
import { freshKey, send } from './client/call.ts';
import { queryClient } from './client/hooks.ts';
import { Problem } from './client/problem.ts';
import { changeLang, followLang } from './i18n/language.ts';
import type { Access } from './page-list.ts';

/** Who is here, for which organisation, and what they may do. */
export type Session = SessionView;

const nobody: Session = {
  roles: [],
  permissions: [],
  orgs: [],
  demo: false,
  demoPerson: false,
  twoFactor: false,
  openSignUp: false,
  setupNeeded: false,
};

const sessionQuery = {
  queryKey: ['session'],
  queryFn: ({ signal }: { signal: AbortSignal }) => askWhoIsHere(signal),
  staleTime: 60_000,
};

async function askWhoIsHere(signal?: AbortSignal): Promise<Session> {
  const address = '/api/v1/session';
  const answer = await send({ method: 'GET', address, ...(signal ? { signal } : {}) });
  const session = answer as Session; // the identity contract's own response
  // one-click people are shared by all visitors: their language is each visitor's own
  if (session.lang && !session.demoPerson) await followLang(session.lang);
  return session;
}

/** The session; `isKnown` is false until the server (or the last visit) has said. */
export function useSession(): { session: Session; isKnown: boolean; problem: Problem | undefined } {
  const { data, error, isPending } = useQuery<Session, Problem>(sessionQuery);
  return { session: data ?? nobody, isKnown: !isPending, problem: error ?? undefined };
}

/**
 * Reads the session anew, after signing in or out or changing organisation; forgets all else. What
 * is on screen of the person before is read again as the one who is here now.
 */
export async function renewSession(): Promise<Session> {
  const session = await askWhoIsHere();
  await queryClient.cancelQueries();
  queryClient.setQueryData(sessionQuery.queryKey, session);
  const isOther = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== 'session';
  queryClient.removeQueries({ predicate: isOther, type: 'inactive' });
  void queryClient.resetQueries({ predicate: isOther });
  return session;
}

/** Changes the language for this device, and for the person wherever they sign in. */
export async function chooseLang(lang: Lang): Promise<void> {
  await changeLang(lang);
  const session = queryClient.getQueryData<Session>(sessionQuery.queryKey);
  if (!session?.user || session.demoPerson) return;
  try {
    const address = '/api/v1/session/language';
    const answer = await send({ method: 'POST', address, body: { lang }, key: freshKey() });
    queryClient.setQueryData(sessionQuery.queryKey, answer as Session); // as above
  } catch (e) {
    if (!(e instanceof Problem)) throw e; // the choice holds on this device
  }
}

/** May the person here do this? The server decides; this only keeps dead keys off the screen. */
export function useMay(): (access: Access) => boolean {
  const { session } = useSession();
  return (access) =>
    access === 'public' ||
    (access === 'signed-in' ? session.user !== undefined : session.permissions.includes(access));
}

/** Shows its content only to those who may. */
export function PermissionGate(props: {
  access: Access;
  children: ReactNode;
  otherwise?: ReactNode;
}) {
  const may = useMay();
  return <>{may(props.access) ? props.children : (props.otherwise ?? null)}</>;
}
