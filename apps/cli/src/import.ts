import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { importWorkbook, isFeed, workbookOfFeed } from '@zaizao/modules/catalog';
import { transact } from '@zaizao/platform/db';
import { makeCtx, problemOf } from '@zaizao/platform/http';
import { organisationById } from '@zaizao/platform/identity';
import { newId } from '@zaizao/platform/kernel';
import { withInstallation } from './installation.ts';

/**
 * `import FILE|URL [--dry-run] [--org ID] [--source NAME]`: a catalogue workbook, or a feed of numbers
 * (CSV, JSON) of a parts database outside, into an organisation.
 */
export async function importCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      org: { type: 'string' },
      source: { type: 'string' },
    },
  });
  const [file] = positionals;
  if (!file) {
    console.error(
      '用法 / usage: import FILE.xlsx|FEED.csv|FEED.json|URL [--dry-run] [--org ID] [--source NAME]',
    );
    return 2;
  }
  const bytes = await bytesOf(file, values.source);
  return withInstallation(async (app) => {
    const org = values.org ? await organisationById(app, values.org) : await app.organisation(1);
    if (!org)
      throw new Error('没有此组织，请用 --org 指定 / no such organisation: name one with --org');
    const scope = { kind: 'org', org: org.no, actor: 'system:cli' } as const;
    const dryRun = values['dry-run'];
    const result = await transact(app.db, scope, (tx) => {
      const principal = { kind: 'system', id: 'cli', name: 'zaizao import' } as const;
      const parts = { app, tx, org, principal, lang: 'zh', requestId: newId('req') } as const;
      const ctx = makeCtx({ ...parts, now: app.clock.now(), afterCommit: () => {} });
      return importWorkbook(ctx, bytes, { dryRun, note: file });
    });
    if (!result.ok) {
      console.error(problemOf(result.error, 'zh', '').title);
      return 1;
    }
    const report = result.value;
    for (const f of report.faults)
      console.log(`${f.sheet}!${f.cell}: ${f.message.zh} / ${f.message.en}`);
    for (const s of report.sheets) {
      console.log(`${s.title.zh}: ${s.rows} 行 / rows, +${s.added} ~${s.changed} =${s.unchanged}`);
    }
    const done = dryRun ? '试运行 / dry run' : '已导入 / imported';
    console.log(
      report.faultCount > 0 ? `${report.faultCount} 处错误 / faults` : `${done}: ${org.name}`,
    );
    return report.faultCount > 0 ? 1 : 0;
  });
}

async function bytesOf(place: string, source: string | undefined): Promise<Uint8Array> {
  const isUrl = /^https?:/.test(place);
  const name = isUrl ? new URL(place).pathname : place;
  const read = isUrl ? await fetched(place) : new Uint8Array(await readFile(place));
  if (!isFeed(name)) return read;
  const host = isUrl ? new URL(place).host : undefined;
  const book = await workbookOfFeed(name, read, source ?? host);
  if (book) return book;
  throw new Error(`${place}: 不是号码对照文件 / is no feed of numbers`);
}

async function fetched(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
