import { transact } from '@zaizao/platform/db';
import { type App, type Ctx, makeCtx, type OrgRef } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';

/** One transaction of an organisation on behalf of its subscriptions. */
export function inOrganisation<T>(
  app: App,
  org: OrgRef,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const name = 'ledger.subscriptions';
  const scope = { kind: 'org', org: org.no, actor: `system:${name}` } as const;
  return transact(app.db, scope, (tx) => {
    const principal = { kind: 'system', id: name, name } as const;
    const now = app.clock.now();
    const requestId = newId('req');
    // Nothing that is done here publishes or wakes anybody.
    const afterCommit = () => undefined;
    return work(makeCtx({ app, tx, org, principal, lang: 'zh', requestId, now, afterCommit }));
  });
}
