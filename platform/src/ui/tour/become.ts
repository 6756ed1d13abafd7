import { freshKey, send } from '../client/call.ts';
import { queryClient } from '../client/hooks.ts';
import { renewSession, type Session } from '../session.tsx';

/** Signs in as a person of the demonstration, unless one is that person already. */
export async function become(role: string): Promise<void> {
  const session = queryClient.getQueryData<Session>(['session']);
  if (session?.demoPerson && session.roles.includes(role)) return;
  await send({
    method: 'POST',
    address: '/api/v1/session/demo',
    body: { role },
    key: freshKey(),
  });
  await renewSession();
}
