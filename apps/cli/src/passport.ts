import { parseArgs } from 'node:util';
import { canonicalUri } from '@zaizao/gs1';
import { flushLog } from '@zaizao/modules/ledger';
import { type VerifyPassportOptions, verifyPassport } from '@zaizao/modules/passport';
import { getBundle } from '@zaizao/modules/passport/contract';
import { parsePolicy } from '@zaizao/tlog';
import { withRunning } from './installation.ts';
import { goOffline } from './offline.ts';
import { KEY_USAGE, KEY_VERBS, passportKeysCommand } from './passport-keys.ts';
import { readText } from './read-text.ts';
import { ask } from './remote.ts';

type Verdict = Awaited<ReturnType<typeof verifyPassport>>;

const USAGE = `用法 / usage:
  passport bundle EPC [--url URL] > FILE
  passport verify FILE [--offline] [--log-key VKEY] [--issuer DID] [--policy FILE] [--json]
  passport verify URL [--json]
${KEY_USAGE}`;

/** The proof bundle of a thing from a server. */
async function bundleAt(url: string, epc: string): Promise<string> {
  const path = `${getBundle.path}?${new URLSearchParams({ epc })}`;
  return (await ask({ url, key: undefined }, path)).text();
}

/** Fetches the proof bundle of a thing from a server and verifies it here. */
export async function verifyAt(url: string, epc: string): Promise<Verdict> {
  return verifyPassport(await bundleAt(url, epc), { now: new Date() });
}

/** `passport bundle`: the file that verifies offline; `passport verify`: a file, or an address (Digital Link). */
export async function passportCommand(args: string[]): Promise<number> {
  if (KEY_VERBS.has(args[0] ?? '')) return passportKeysCommand(args);
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      offline: { type: 'boolean', default: false },
      url: { type: 'string' },
      'log-key': { type: 'string', multiple: true },
      issuer: { type: 'string', multiple: true },
      policy: { type: 'string' },
    },
  });
  const [verb, target] = positionals;
  if (verb === 'bundle' && target) return bundle(canonicalUri(target), values.url);
  if (verb !== 'verify' || !target) {
    console.error(USAGE);
    return 2;
  }
  const options: VerifyPassportOptions = {
    now: new Date(),
    trustedLogKeys: values['log-key'],
    trustedIssuers: values.issuer,
    policy: values.policy ? parsePolicy(await readText(values.policy)) : undefined,
  };
  const isUrl = /^https?:/.test(target);
  if (isUrl && values.offline) {
    throw new Error(
      '离线验证需要文件：先用 passport bundle 下载。 / --offline takes a file: download it first with “passport bundle”.',
    );
  }
  if (!isUrl) goOffline(); // a file needs nothing else, whether it was asked for or not
  const text = isUrl
    ? await bundleAt(new URL(target).origin, canonicalUri(target))
    : await readText(target);
  const verdict = await verifyPassport(text, options);
  if (values.json) console.log(JSON.stringify(verdict));
  else {
    for (const c of verdict.checks) {
      const mark = c.skipped ? '–' : c.ok ? '✔' : '✘';
      console.log(`${mark} ${c.titleZh} / ${c.titleEn}: ${c.detail}`);
    }
    const { failed } = verdict;
    console.log(
      failed ? `验证失败 / NOT verified: ${failed.id}: ${failed.detail}` : '验证通过 / verified',
    );
  }
  return verdict.ok ? 0 : 1;
}

async function bundle(epc: string, url: string | undefined): Promise<number> {
  const text = url
    ? await bundleAt(url, epc)
    : await withRunning(async ({ app, server }) => {
        await flushLog(app);
        const query = { epc };
        const reply = await server.inject({ method: 'GET', url: getBundle.path, query });
        if (reply.statusCode !== 200) throw new Error(reply.json<{ title: string }>().title);
        return reply.body;
      });
  process.stdout.write(text);
  return 0;
}
