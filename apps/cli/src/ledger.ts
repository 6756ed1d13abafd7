import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EpcisEvent, eventHash } from '@zaizao/epcis';
import {
  checkProofFile,
  commitAudit,
  copyLedger,
  flushLog,
  proofFileOf,
  rotateKey,
  tamperDrill,
  verifyLedger,
} from '@zaizao/modules/ledger';
import {
  getProofFile,
  type Verification,
  verification,
  verifyNow,
} from '@zaizao/modules/ledger/contract';
import { openDatabase } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import { getJob } from '@zaizao/platform/jobs/contract';
import { readConfig, start } from '@zaizao/platform/runtime';
import { identity, modules } from '@zaizao/server';
import {
  auditTiles,
  openCheckpoint,
  parsePolicy,
  parseVerifierKey,
  type TileStore,
  TileTree,
  toHex,
} from '@zaizao/tlog';
import { pino } from 'pino';
import { withInstallation } from './installation.ts';
import { goOffline } from './offline.ts';
import { readText } from './read-text.ts';
import { ask, type Remote } from './remote.ts';

const USAGE = `用法 / usage:
  ledger verify [--deep] [--against FILE] [--url URL [--key KEY]] [--json]
  ledger prove EVENT-ID [--tlog] [--url URL --key KEY] > FILE
  ledger check-proof FILE [--log-key VKEY] [--policy FILE] [--json]
  ledger tamper-drill [--json]
  ledger rotate-key`;

const OPTIONS = {
  deep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  tlog: { type: 'boolean', default: false },
  url: { type: 'string' },
  key: { type: 'string' },
  against: { type: 'string' },
  'log-key': { type: 'string', multiple: true },
  policy: { type: 'string' },
} as const;

type Values = ReturnType<typeof parse>['values'];

const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options: OPTIONS });

/** `ledger …`: verifies the ledger, proves events, checks proofs, and drills tampering on a copy. */
export async function ledgerCommand(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [verb, target] = positionals;
  const { url } = values;
  const remote = url ? { url, key: values.key ?? process.env.ZAIZAO_KEY } : undefined;
  if (verb === 'verify') return verify(values, remote);
  if (verb === 'prove' && target) return prove(target, values, remote);
  if (verb === 'check-proof' && target) return checkProof(target, values);
  if (verb === 'tamper-drill' || verb === 'rotate-key') {
    if (remote) {
      throw new Error(
        '此命令需要直接打开数据目录：请在服务器停止时运行，去掉 --url，用 ZAIZAO_HOME 或 DATABASE_URL 指定。 / ' +
          'This needs the data in hand: stop the server, leave out --url, set ZAIZAO_HOME or DATABASE_URL.',
      );
    }
    return verb === 'rotate-key' ? rotate() : drill(values);
  }
  console.error(USAGE);
  return 2;
}

async function verify(values: Values, remote: Remote | undefined): Promise<number> {
  const against = values.against ? [checkpointIn(await readText(values.against))] : [];
  const report = !remote
    ? await withInstallation(async (app) => {
        await flushLog(app);
        await commitAudit(app);
        return verifyLedger(app, { deep: values.deep, against });
      })
    : remote.key === undefined
      ? await verifyFromOutside(remote, values, against)
      : await verifyByJob(remote, values.deep);
  if (values.json) console.log(JSON.stringify(report));
  else {
    for (const f of report.findings) console.log(`✘ ${f.code}: ${f.message.zh} / ${f.message.en}`);
    const seconds = (report.milliseconds / 1000).toFixed(1);
    console.log(
      `${report.events} 个事件 / events, ${report.size} 条日志 / log entries, ` +
        `${report.findings.length} 处异常 / findings, ${seconds} s`,
    );
  }
  return report.findings.length > 0 ? 1 : 0;
}

/** The checkpoint of a file that holds one: a checkpoint, a `.tlog-proof`, a proof file, a bundle. */
function checkpointIn(text: string): string {
  if (text.startsWith('{')) {
    const json: { checkpoint?: unknown; tlogProof?: unknown } = JSON.parse(text);
    if (typeof json.checkpoint === 'string') return json.checkpoint;
    if (typeof json.tlogProof === 'string') return checkpointIn(json.tlogProof);
    throw new Error('文件中没有检查点 / the file has no checkpoint');
  }
  return text.startsWith('c2sp.org/tlog-proof') ? text.slice(text.indexOf('\n\n') + 2) : text;
}

/** The whole check, made by the server with an organisation's key. */
async function verifyByJob(remote: Remote, deep: boolean): Promise<Verification> {
  const started = await ask(remote, verifyNow.path, { method: 'POST', body: { deep } });
  const { jobId } = verifyNow.response.parse(await started.json());
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const reply = await ask(remote, getJob.path.replace(':jobId', jobId));
    const job = getJob.response.parse(await reply.json());
    if (job.state === 'done') return verification.parse(job.result);
    if (job.state === 'failed' || job.state === 'cancelled') {
      throw new Error(`${job.state}: ${job.error?.title ?? ''}`);
    }
  }
}

/** What anybody can check without a key: the checkpoint, every tile and entry under it, and one kept earlier. */
async function verifyFromOutside(
  remote: Remote,
  values: Values,
  against: readonly string[],
): Promise<Verification> {
  const began = performance.now();
  const text = async (path: string) => (await ask(remote, path)).text();
  const given = values['log-key'];
  const keys = (given ?? [(await text('/log/key')).trim()]).map(parseVerifierKey);
  const findings: Verification['findings'] = [];
  const say = (code: string, zh: string, en: string) =>
    findings.push({ code, message: { zh, en } });
  const opened = openCheckpoint(await text('/log/checkpoint'), keys);
  let size = 0;
  if (!opened.ok) {
    say(
      'checkpoint-forged',
      `检查点签名不符：${opened.reason}`,
      `the checkpoint: ${opened.reason}`,
    );
  } else {
    const { root } = opened.checkpoint;
    size = opened.checkpoint.size;
    const tiles = tilesOf(remote);
    for (const { path, problem } of await auditTiles(tiles, size, root)) {
      say(
        'tile-damaged',
        `日志数据块 ${path} 有误（${problem}）`,
        `tile ${path} is damaged (${problem})`,
      );
    }
    for (const note of against) {
      const kept = openCheckpoint(note, keys);
      const fits =
        kept.ok &&
        kept.checkpoint.size <= size &&
        toHex(await new TileTree(tiles, size).rootAt(kept.checkpoint.size)) ===
          toHex(kept.checkpoint.root);
      if (fits) continue;
      const why = kept.ok ? `${kept.checkpoint.size} > ${size}` : kept.reason;
      say(
        'checkpoint-inconsistent',
        `保存的检查点与现在的日志不一致（${why}）`,
        `the log does not continue the checkpoint kept (${why})`,
      );
    }
  }
  return {
    ...{ ok: findings.length === 0, deep: false, events: 0, leaves: size, size, findings },
    milliseconds: Math.round(performance.now() - began),
  };
}

/** The log of a server as anybody reads it. */
function tilesOf({ url }: Remote): TileStore {
  return {
    read: async (path) => {
      const response = await fetch(new URL(`/log/${path}`, url));
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    },
    write: () => Promise.reject(new Error('read only')),
  };
}

async function prove(
  eventId: string,
  { tlog }: Values,
  remote: Remote | undefined,
): Promise<number> {
  if (remote) {
    const path = getProofFile.path.replace(':eventId', encodeURIComponent(eventId));
    const reply = await ask(remote, `${path}?form=${tlog ? 'tlog' : 'file'}`);
    process.stdout.write(await reply.text());
    return 0;
  }
  const file = await withInstallation(async (app) => {
    await flushLog(app);
    return proofFileOf(app, eventId);
  });
  if (file === undefined) {
    throw new Error(
      `账本中没有事件 ${eventId}，请检查编号。 / The ledger has no event ${eventId}: check its id.`,
    );
  }
  process.stdout.write(tlog ? (JSON.parse(file) as { tlogProof: string }).tlogProof : file); // as just encoded
  return 0;
}

async function checkProof(path: string, values: Values): Promise<number> {
  goOffline();
  const policy = values.policy ? parsePolicy(await readText(values.policy)) : undefined;
  const verdict = checkProofFile(await readText(path), {
    trustedLogKeys: values['log-key'],
    policy,
    hashEvent: (event) => eventHash(event as unknown as EpcisEvent), // a logged event was validated
  });
  if (values.json) console.log(JSON.stringify(verdict));
  else {
    for (const c of verdict.checks) {
      const mark = c.skipped ? '–' : c.ok ? '✔' : '✘';
      console.log(`${mark} ${c.titleZh} / ${c.titleEn}: ${c.detail}`);
    }
    console.log(
      verdict.ok
        ? '验证通过 / verified'
        : `验证失败 / NOT verified: ${verdict.failed?.id}: ${verdict.failed?.detail}`,
    );
  }
  return verdict.ok ? 0 : 1;
}

async function rotate(): Promise<number> {
  const vkey = await withInstallation((app) => rotateKey(app));
  console.log(vkey);
  console.error(
    '新的日志密钥已启用；请把它交给各见证方和信任本日志的人。旧检查点仍可用旧密钥验证（/log/keys）。 / ' +
      'The log has a new key: give it to your witnesses and to whoever trusts the log. Earlier checkpoints stay verifiable with the old one (/log/keys).',
  );
  return 0;
}

async function drill({ json }: Values): Promise<number> {
  return withInstallation(async (app) => {
    await flushLog(app);
    await commitAudit(app);
    if (!json)
      console.log('复制账本，只在副本上演练 / copying the ledger; only the copy is touched …');
    return withCopy(app, async (copy) => {
      const report = await tamperDrill(copy, (o) => {
        if (json) return;
        const mark = o.isSkipped ? '–' : o.isFound ? '✔' : '✘';
        const told = o.isSkipped
          ? '没有可改动的内容 / nothing there to change'
          : o.isFound
            ? `已发现 / found: ${o.findings.join(', ')}`
            : '未发现 / MISSED';
        console.log(`${mark} ${o.title.zh} / ${o.title.en} — ${told}`);
      });
      const missed = report.outcomes.filter((o) => !o.isFound && !o.isSkipped);
      if (json) console.log(JSON.stringify(report));
      else {
        for (const alarm of report.falseAlarms) console.log(`✘ 误报 / false alarm: ${alarm}`);
        const found = report.outcomes.filter((o) => o.isFound).length;
        console.log(
          `${report.events} 个事件 / events：发现 / found ${found}，未发现 / missed ${missed.length}，` +
            `误报 / false alarms on clean data ${report.falseAlarms.length}`,
        );
      }
      return missed.length > 0 || report.falseAlarms.length > 0 ? 1 : 0;
    });
  });
}

/** Runs `work` on a copy of the ledger in memory, gone afterwards. */
async function withCopy<T>(app: App, work: (copy: App) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'zaizao-drill-'));
  const config = { ...readConfig({ ...process.env, ZAIZAO_HOME: home }), databaseUrl: undefined };
  const database = openDatabase({});
  const log = pino({ level: 'error' });
  const running = await start({ config, identity, modules, log, database, background: false });
  try {
    return await work(await copyLedger(app, running.app));
  } finally {
    await running.stop();
    await database.close();
    rmSync(home, { recursive: true, force: true });
  }
}
