import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import { actorOf, db, type JointTable, type PartRef } from './tables.ts';

export type JointRow = JointTable;

export type NewJoint = Pick<
  JointTable,
  | 'teardown_id'
  | 'core_code'
  | 'joint'
  | 'name'
  | 'outcome'
  | 'source'
  | 'station'
  | 'tool'
  | 'note'
> & {
  torqueNm?: number | undefined;
  angleDeg?: number | undefined;
  seconds?: number | undefined;
  curve?: readonly (readonly [number, number])[] | undefined;
  photo?: string | undefined;
};

export async function insertJoints(ctx: Ctx, joints: readonly NewJoint[]): Promise<void> {
  const text = (n: number | undefined) => (n === undefined ? null : String(n));
  await db(ctx)
    .insertInto('dismantling.joint_record')
    .values(
      joints.map(({ torqueNm, angleDeg, seconds, curve, photo, ...j }) => ({
        ...j,
        name: jsonb(j.name),
        torque_nm: text(torqueNm),
        angle_deg: text(angleDeg),
        seconds: text(seconds),
        curve: curve ? jsonb(curve) : null,
        photo: photo ?? null,
        id: newId('joint', ctx.now.getTime()),
        org_id: ctx.org.no,
        made_by: actorOf(ctx),
        made_at: ctx.now,
      })),
    )
    .execute();
}

export function jointsOf(ctx: Ctx, teardownId: string): Promise<JointRow[]> {
  return db(ctx)
    .selectFrom('dismantling.joint_record')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('teardown_id', '=', teardownId)
    .orderBy('id')
    .execute();
}

export interface DamageRow {
  teardown_id: string;
  teardown_code: string;
  core_id: string;
  core_code: string;
  pos: number;
  part: PartRef;
  n: number;
  damage: {
    mode: string;
    place?: string;
    photo?: string;
    cause?: 'before' | 'dismantling';
  };
  at: Date;
}

export async function damageRows(
  ctx: Ctx,
  f: {
    cause?: 'before' | 'dismantling' | undefined;
    after?: readonly [string, number, number] | undefined;
    limit: number;
  },
): Promise<DamageRow[]> {
  const [id, pos, n] = f.after ?? [];
  const later =
    f.after === undefined
      ? sql<boolean>`true`
      : sql<boolean>`(t.id < ${id} or (t.id = ${id} and (l.pos, d.n) > (${pos}::int, ${n}::int)))`;
  const why =
    f.cause === undefined ? sql<boolean>`true` : sql<boolean>`d.damage ->> 'cause' = ${f.cause}`;
  const r = await sql<DamageRow>`
    select t.id as teardown_id, t.code as teardown_code, t.core_id, t.core_code, l.pos, l.part,
      d.n::int as n, d.damage, coalesce(t.finished_at, t.started_at) as at
    from dismantling.teardown t
    join dismantling.teardown_line l on l.org_id = t.org_id and l.teardown_id = t.id
    cross join lateral jsonb_array_elements(l.damages) with ordinality as d(damage, n)
    where t.org_id = ${ctx.org.no} and l.org_id = ${ctx.org.no} and l.damages <> '[]'::jsonb
      and ${why} and ${later}
    order by t.id desc, l.pos, d.n limit ${f.limit + 1}`.execute(ctx.tx);
  return r.rows;
}

export interface WholeRow {
  part: PartRef;
  came: number;
  hurt: number;
}

/** By part: lines that came out since a moment, and those of them that dismantling hurt. */
export async function wholeRows(ctx: Ctx, since: Date): Promise<WholeRow[]> {
  const r = await sql<WholeRow>`
    select (array_agg(l.part order by l.teardown_id desc))[1] as part, count(*)::int as came,
      (count(*) filter (where l.damages @> '[{"cause":"dismantling"}]'))::int as hurt
    from dismantling.teardown t
    join dismantling.teardown_line l on l.org_id = t.org_id and l.teardown_id = t.id
    where t.org_id = ${ctx.org.no} and l.org_id = ${ctx.org.no} and t.state = 'finished'
      and t.finished_at >= ${since} and l.outcome in ('found', 'broken', 'unknown')
    group by l.part ->> 'id' order by hurt desc, came desc`.execute(ctx.tx);
  return r.rows;
}

export async function jointCounts(
  ctx: Ctx,
  since: Date,
): Promise<{ undone: number; destroyed: number }> {
  const r = await sql<{ undone: number; destroyed: number }>`
    select (count(*) filter (where outcome = 'undone'))::int as undone,
      (count(*) filter (where outcome = 'destroyed'))::int as destroyed
    from dismantling.joint_record
    where org_id = ${ctx.org.no} and made_at >= ${since}`.execute(ctx.tx);
  return r.rows[0] ?? { undone: 0, destroyed: 0 };
}
