import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { canonicalUri } from '@zaizao/gs1';
import { verifyPassport } from '@zaizao/modules/passport';
import { getBundle } from '@zaizao/modules/passport/contract';

type Verdict = Awaited<ReturnType<typeof verifyPassport>>;

/** Fetches the proof bundle of a thing from a server and verifies it here. */
export async function verifyAt(url: string, epc: string): Promise<Verdict> {
  const address = new URL(getBundle.path, url);
  address.searchParams.set('epc', epc);
  const response = await fetch(address);
  const text = await response.text();
  if (!response.ok) throw new Error(`${address.href}: ${response.status} ${text.slice(0, 300)}`);
  return verifyPassport(text, { now: new Date() });
}

/** `passport verify URL|FILE`: a passport address (Digital Link) or a downloaded bundle. */
export async function passportCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    // `--offline` is how it always works for a file; it is accepted so that scripts can say so.
    options: {
      json: { type: 'boolean', default: false },
      offline: { type: 'boolean', default: false },
    },
  });
  const [verb, target] = positionals;
  if (verb !== 'verify' || !target) {
    console.error('用法 / usage: passport verify URL|FILE [--json]');
    return 2;
  }
  const isUrl = /^https?:/.test(target);
  if (isUrl && values.offline) throw new Error('离线验证需要文件 / --offline takes a file');
  const verdict = isUrl
    ? await verifyAt(new URL(target).origin, canonicalUri(target))
    : await verifyPassport(await readFile(target, 'utf8'), { now: new Date() });
  if (values.json) console.log(JSON.stringify(verdict));
  else {
    for (const c of verdict.checks) {
      const mark = c.skipped ? '–' : c.ok ? '✔' : '✘';
      console.log(`${mark} ${c.titleZh} / ${c.titleEn}${c.ok ? '' : `: ${c.detail}`}`);
    }
    console.log(verdict.ok ? '验证通过 / verified' : `验证失败 / NOT verified: ${verdict.failed}`);
  }
  return verdict.ok ? 0 : 1;
}
