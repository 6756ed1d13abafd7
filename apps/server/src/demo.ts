import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { organisationOf } from '@zaizao/modules/parties';
import { transact } from '@zaizao/platform/db';
import { type App, makeCtx, type OrgRef } from '@zaizao/platform/http';
import { createOrganisation, ensureDemoPersons } from '@zaizao/platform/identity';
import { newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';

/** The simulated organisations of the demonstration and who works there. */
const ORGANISATIONS = [
  {
    slug: 'plant-a',
    name: '河间起动机发电机再制造厂（演示）',
    kind: 'remanufacturer',
    people: [
      ['owner', '刘厂长', ['owner']],
      ['receiver', '王收货', ['receiver']],
      ['dismantler', '李拆解', ['dismantler', 'cleaner']],
      ['inspector', '张检测', ['inspector']],
      ['machinist', '赵师傅', ['machinist']],
      ['assembler', '陈装配', ['assembler']],
      ['tester', '孙试验', ['tester']],
      ['quality', '周质量', ['quality']],
      ['planner', '吴计划', ['planner']],
      ['warehouse', '郑仓库', ['warehouse']],
      ['buyer', '钱采购', ['buyer']],
      ['sales', '冯销售', ['sales']],
    ],
  },
  {
    slug: 'collector',
    name: '保定旧件回收站（演示）',
    kind: 'collector',
    people: [['collector', '何回收', ['collector']]],
  },
  {
    slug: 'vehicles',
    name: '沧州报废车回收拆解厂（演示）',
    kind: 'dismantler',
    people: [['vehicle-dismantler', '孙拆车', ['owner']]],
  },
  {
    slug: 'shop',
    name: '沧州顺达汽修（演示）',
    kind: 'repair-shop',
    people: [['shop', '马师傅', ['shop']]],
  },
  {
    slug: 'fleet',
    name: '冀运物流车队（演示）',
    kind: 'fleet',
    people: [['fleet', '杜队长', ['fleet']]],
  },
] as const;

/**
 * Makes the demonstration’s organisations and one-click people, when there are none yet.
 * Returns whether their history still has to be told.
 */
export async function ensureDemo(app: App): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from identity.organisation`.execute(app.db.kysely);
  if ((rows[0]?.n ?? 0) > 0) return false;
  const people = [];
  for (const o of ORGANISATIONS) {
    const org = await createOrganisation(app, { name: o.name, kind: o.kind, simulated: true });
    await openBooks(app, org);
    for (const [role, name, roles] of o.people) people.push({ role, name, orgId: org.id, roles });
  }
  await ensureDemoPersons(app, people);
  return true;
}

/** Enters an organisation in the directory, as its founding through the set-up page does. */
async function openBooks(app: App, org: OrgRef): Promise<void> {
  await transact(app.db, { kind: 'org', org: org.no, actor: 'system:demo' }, (tx) => {
    const principal = { kind: 'system', id: 'demo', name: 'demonstration' } as const;
    const parts = { app, tx, org, principal, lang: 'zh', requestId: newId('req') } as const;
    return organisationOf(makeCtx({ ...parts, now: app.clock.now(), afterCommit: () => {} }));
  });
}

/** Tells the plant’s past through the public API, in a process of its own, behind the first page. */
export function tellHistory(url: string, say: (line: string) => void): () => void {
  const main = fileURLToPath(new URL('../../simulator/src/main.ts', import.meta.url));
  const units = process.env.ZAIZAO_DEMO_UNITS ?? '40';
  const child = spawn(process.execPath, [main, '--url', url, '--plant', 'A', '--units', units], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n')) if (line.trim()) say(`  ${line.trim()}`);
  });
  return () => child.kill('SIGTERM');
}
