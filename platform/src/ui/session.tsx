import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SessionView } from '../identity/contract.ts';
import { send } from './client/call.ts';
import { queryClient } from './client/hooks.ts';
import type { Problem } from './client/problem.ts';
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
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const answer = await send({ method: 'GET', address: '/api/v1/session', signal });
    return answer as Session; // the identity contract's own response
  },
  staleTime: 60_000,
};

/** The session; `isKnown` is false until the server (or the last visit) has said. */
export function useSession(): { session: Session; isKnown: boolean; problem: Problem | undefined } {
  const { data, error, isPending } = useQuery<Session, Problem>(sessionQuery);
  return { session: data ?? nobody, isKnown: !isPending, problem: error ?? undefined };
}

/** Reads the session anew, after signing in or out or changing organisation; forgets all else. */
export async function renewSession(): Promise<Session> {
  queryClient.clear();
  return queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
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
