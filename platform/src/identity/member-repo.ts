import { type Kysely, sql } from 'kysely';

export interface MemberRow {
  user_id: string;
  name: string;
  email: string;
  roles: string[];
  two_factor: boolean;
  demo: boolean;
  created_at: Date;
  version: number;
}

const memberOf = (orgNo: number) => sql`
  select m.user_id, u.name, u.email, m.roles, coalesce(u.two_factor_enabled, false) as two_factor,
         d.role is not null as demo, m.created_at, m.version
  from identity.membership m
  join identity.auth_user u on u.id = m.user_id
  left join identity.demo_person d on d.user_id = u.id
  where m.org_no = ${orgNo}`;

// Everything below runs as owner.

export async function listMembers(
  db: Kysely<unknown>,
  orgNo: number,
  before: string | undefined,
  limit: number,
): Promise<MemberRow[]> {
  const below = before === undefined ? sql`` : sql`and m.user_id < ${before}`;
  const { rows } = await sql<MemberRow>`${memberOf(orgNo)} ${below}
    order by m.user_id desc limit ${limit + 1}`.execute(db);
  return rows;
}

/** The member, with the whole membership of the organisation locked against changes of owner. */
export async function lockMember(
  db: Kysely<unknown>,
  orgNo: number,
  userId: string,
): Promise<MemberRow | undefined> {
  await sql`select no from identity.organisation where no = ${orgNo} for update`.execute(db);
  const { rows } = await sql<MemberRow>`${memberOf(orgNo)} and m.user_id = ${userId}`.execute(db);
  return rows[0];
}

export async function hasOtherOwner(
  db: Kysely<unknown>,
  orgNo: number,
  userId: string,
  ownerRole: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from identity.membership
    where org_no = ${orgNo} and user_id <> ${userId} and ${ownerRole} = any(roles) limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** False when the version has moved on. */
export async function updateRoles(
  db: Kysely<unknown>,
  orgNo: number,
  userId: string,
  version: number,
  roles: readonly string[],
): Promise<boolean> {
  const { rows } = await sql`
    update identity.membership set roles = ${[...roles]}::text[], version = version + 1
    where org_no = ${orgNo} and user_id = ${userId} and version = ${version}
    returning version`.execute(db);
  return rows.length === 1;
}

/** Withdraws what a member had handed out, nobody has taken up yet, and `keep` does not hold good. */
export async function withdrawInvitations(
  db: Kysely<unknown>,
  orgNo: number,
  userId: string,
  now: Date,
  keep: (roles: readonly string[]) => boolean,
): Promise<void> {
  const open = await sql<{ id: string; roles: string[] }>`
    select id, roles from identity.invitation
    where org_no = ${orgNo} and invited_by = ${userId}
      and accepted_at is null and revoked_at is null for update`.execute(db);
  const gone = open.rows.filter((i) => !keep(i.roles)).map((i) => i.id);
  await sql`update identity.invitation set revoked_at = ${now}
    where org_no = ${orgNo} and id = any(${gone}::text[])`.execute(db);
}

/** Gives the number of working keys that the member made. */
export async function deleteMember(
  db: Kysely<unknown>,
  orgNo: number,
  userId: string,
  now: Date,
): Promise<number> {
  await sql`delete from identity.membership
    where org_no = ${orgNo} and user_id = ${userId}`.execute(db);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from identity.api_key
    where org_no = ${orgNo} and created_by = ${userId} and revoked_at is null
      and (expires_at is null or expires_at > ${now})`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function belongsElsewhere(
  db: Kysely<unknown>,
  orgNo: number,
  userId: string,
): Promise<boolean> {
  const { rows } = await sql`select from identity.membership
    where user_id = ${userId} and org_no <> ${orgNo} limit 1`.execute(db);
  return rows.length > 0;
}
