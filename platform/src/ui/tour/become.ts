import { freshKey, send } from '../client/call.ts';
import { queryClient } from '../client/hooks.ts';
import { renewSession, type Session } from '../session.tsx';

let before: Promise<unknown> = Promise.resolve();

/**
 * Signs in as a person of the demonstration, unless one is that person already. One after the
 * other: whoever presses "next" quickly ends as the person of the last step.
 */
export function become(role: string): Promise<void> {
  const mine = before.then(() => change(role));
  before = mine.catch(() => undefined);
  return mine;
}

async function change(role: string): Promise<void> {
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
