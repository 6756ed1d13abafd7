import { type Kysely, sql } from 'kysely';
import type { App } from '../http/index.ts';
import { newId } from '../kernel/index.ts';
import { demoEmail } from './auth.ts';

/** A one-click person: who one becomes by choosing a role on the demo's front page. */
export interface DemoPerson {
  /** The name of the button: a role of the role table, or any slug. */
  readonly role: string;
  readonly name: string;
  readonly orgId: string;
  readonly roles: readonly string[];
}

/**
 * Makes the demo's people, or brings them up to date; calling it again changes nothing more.
 * They have no password and exist only in simulated organisations.
 * @throws Error outside demo mode, or for an organisation that is not simulated
 */
export async function ensureDemoPersons(app: App, people: readonly DemoPerson[]): Promise<void> {
  if (!app.config.demo) throw new Error('Demo people exist in demo mode only');
  await app.db.kysely.transaction().execute(async (tx) => {
    for (const [position, person] of people.entries()) await ensureOne(tx, app, person, position);
  });
}

async function ensureOne(
  tx: Kysely<unknown>,
  app: App,
  person: DemoPerson,
  position: number,
): Promise<void> {
  const now = app.clock.now();
  const email = demoEmail(person.role);
  const orgs = await sql<{ no: number }>`
    select no from identity.organisation where id = ${person.orgId} and simulated`.execute(tx);
  const no = orgs.rows[0]?.no;
  if (no === undefined) throw new Error(`${person.orgId} is not a simulated organisation`);
  const users = await sql<{ id: string }>`
    insert into identity.auth_user (id, name, email, created_at, updated_at)
    values (${newId('user', now.getTime())}, ${person.name}, ${email}, ${now}, ${now})
    on conflict (email) do update set name = excluded.name, updated_at = excluded.updated_at
    returning id`.execute(tx);
  const userId = users.rows[0]?.id;
  await sql`delete from identity.membership where user_id = ${userId} and org_no <> ${no}`.execute(
    tx,
  );
  await sql`insert into identity.membership (user_id, org_no, roles, created_at)
    values (${userId}, ${no}, ${[...person.roles]}::text[], ${now})
    on conflict (org_no, user_id) do update set roles = excluded.roles`.execute(tx);
  await sql`insert into identity.demo_person (role, position, user_id, org_no)
    values (${person.role}, ${position}, ${userId}, ${no})
    on conflict (role) do update set position = excluded.position, org_no = excluded.org_no`.execute(
    tx,
  );
}
