/**
 * The packages for others as they are published: they install, the example of their README runs with
 * plain Node, and the same example runs where there is nothing but what a browser has.
 */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack } from './pack.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'zaizao-pack-'));
const at = (name: string) => join(home, 'node_modules', name);

beforeAll(() => {
  pack('tlog', at('@zaizao/tlog'));
  pack('credential', at('@zaizao/credential'), { '@zaizao/tlog': at('@zaizao/tlog') });
  const others = ['tlog', 'credential'].flatMap((name) =>
    Object.keys(manifestOf(name).dependencies),
  );
  for (const name of new Set(others.filter((n) => !n.startsWith('@zaizao/')))) {
    mkdirSync(dirname(at(name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), at(name));
  }
}, 300_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const manifestOf = (name: string): { dependencies: Record<string, string>; exports: object } =>
  JSON.parse(readFileSync(join(at(`@zaizao/${name}`), 'package.json'), 'utf8'));

/** The first example of a README: what it imports, and what it does, as a promise. */
function exampleOf(name: string): string {
  const readme = readFileSync(join(at(`@zaizao/${name}`), 'README.md'), 'utf8');
  const example = /```ts\n(.+?)```/s.exec(readme)?.[1] ?? '';
  const end = example.lastIndexOf('} from ');
  const split = example.indexOf('\n', end);
  const body = example.slice(split).trimEnd();
  // Its last statement is what it is about.
  const last = body.lastIndexOf('\n\n');
  const told = `${body.slice(0, last)}\n\nreturn ${body
    .slice(last)
    .replace(/^\s*(\/\/.*\n)*/, '')
    .trimStart()}`;
  return stripTypeScriptTypes(
    `${example.slice(0, split)}\nglobalThis.example = (async () => {${told}\n})();\n`,
  );
}

test.each(['tlog', 'credential'])('%s is complete and names nothing of this repository', (name) => {
  const directory = at(`@zaizao/${name}`);
  const files = readdirSync(directory);
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'index.d.ts', 'index.js']));
  expect(files.filter((f) => /\.test\.|fixture|bench|conformance|vectors/.test(f))).toEqual([]);
  for (const file of files.filter((f) => /\.(js|json|ts)$/.test(f))) {
    const text = readFileSync(join(directory, file), 'utf8');
    expect(text, file).not.toContain(ROOT);
    expect(text, file).not.toMatch(/from '\.[^']*\.ts'/);
  }
  expect(JSON.stringify(manifestOf(name))).not.toMatch(/src\/|file:|workspace|github|registry/);
});

test.each(['tlog', 'credential'])('the example of %s runs with plain Node', (name) => {
  const file = join(home, `${name}.mjs`);
  writeFileSync(
    file,
    `${exampleOf(name)}console.log(JSON.stringify((await globalThis.example).ok));\n`,
  );
  const out = execFileSync(process.execPath, [file], { cwd: home, encoding: 'utf8' });
  expect(out.trim()).toBe('true');
});

test.each(['tlog', 'credential'])('the example of %s runs in a browser', async (name) => {
  const entry = join(home, `${name}-web.mjs`);
  writeFileSync(entry, exampleOf(name));
  const { rolldown } = await import('rolldown');
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    cwd: home,
    logLevel: 'silent',
  });
  const { output } = await build.generate({ format: 'iife' });
  const code = output[0].code;
  expect(code).not.toMatch(/node:|require\(/);
  // What a page has, and Node has too; nothing else.
  const { crypto, TextEncoder, TextDecoder, atob, btoa, URL } = globalThis;
  const page: Record<string, unknown> = { crypto, TextEncoder, TextDecoder, atob, btoa, URL };
  const context = createContext(page);
  // Arrays of one world are no arrays of the other: the page's own count.
  Object.assign(page, { Uint8Array, ArrayBuffer, DataView });
  runInContext(code, context);
  expect(await page.example).toMatchObject({ ok: true });
});
