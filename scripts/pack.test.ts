/**
 * The packages for others as they are published: they install, the first example of their README runs with
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
import { neededBy, pack } from './pack.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'zaizao-pack-'));
const at = (name: string) => join(home, 'node_modules', name);

/** What the last line of each example gives. */
const EXAMPLES = [
  ['gs1', { ok: true, value: 'https://pass.example/01/09520123456788/21/A1' }],
  ['vin', { ok: true, value: { country: 'CN', modelYears: [1982, 2012] } }],
  ['epcis', expect.stringMatching(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/)],
  ['tlog', { ok: true, index: 1 }],
  ['credential', { ok: true }],
  ['scheduling', []],
  ['disassembly', []],
] as const;
const NAMES = EXAMPLES.map(([name]) => name);

beforeAll(() => {
  const ours = [...new Set(NAMES.flatMap((name) => [...neededBy(name), name]))];
  for (const name of ours) pack(name, at(`@zaizao/${name}`), (n) => at(`@zaizao/${n}`));
  const others = ours.flatMap((name) => Object.keys(manifestOf(name).dependencies));
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
  const end = example.lastIndexOf("} from '@zaizao/");
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

test.each(NAMES)('%s is complete and names nothing of this repository', (name) => {
  const directory = at(`@zaizao/${name}`);
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'index.d.ts', 'index.js']));
  expect(files.filter((f) => /\.test\.|fixture|bench|conformance|vectors/.test(f))).toEqual([]);
  for (const file of files.filter((f) => /\.(js|json|ts)$/.test(f))) {
    const text = readFileSync(join(directory, file), 'utf8');
    expect(text, file).not.toContain(ROOT);
    expect(text, file).not.toMatch(/from '\.[^']*\.ts'|new URL\('[^']*\.ts'/);
  }
  expect(JSON.stringify(manifestOf(name))).not.toMatch(/src\/|file:|workspace|github|registry/);
});

test.each(EXAMPLES)('the example of %s runs with plain Node', (name, gives) => {
  const file = join(home, `${name}.mjs`);
  writeFileSync(file, `${exampleOf(name)}console.log(JSON.stringify(await globalThis.example));\n`);
  const out = execFileSync(process.execPath, [file], { cwd: home, encoding: 'utf8' });
  agrees(JSON.parse(out), gives);
});

test.each(EXAMPLES)('the example of %s runs in a browser', async (name, gives) => {
  const code = await bundled(`${name}-web.mjs`, exampleOf(name));
  expect(code).not.toMatch(/node:|require\(/);
  // What a page has, and Node has too; nothing else.
  const { crypto, TextEncoder, TextDecoder, atob, btoa, URL, performance, setTimeout } = globalThis;
  const page: Record<string, unknown> = { crypto, TextEncoder, TextDecoder, atob, btoa, URL };
  const context = createContext(Object.assign(page, { performance, setTimeout }));
  // Arrays of one world are no arrays of the other: the page's own count.
  Object.assign(page, { Uint8Array, ArrayBuffer, DataView });
  runInContext(code, context);
  agrees(JSON.parse(JSON.stringify(await page.example)), gives);
});

test('threads of the scheduling package start from what is published', () => {
  const problem = exampleOf('scheduling').split('const result')[0] ?? '';
  const body = `${problem.slice(problem.indexOf('const on'))}
    const { solveInWorkers } = await import('@zaizao/scheduling/threads');
    console.log((await solveInWorkers(problem, { iterations: 200 })).value.value);`;
  const file = join(home, 'threads.mjs');
  writeFileSync(file, body);
  expect(execFileSync(process.execPath, [file], { cwd: home, encoding: 'utf8' }).trim()).toBe('50');
});

function agrees(given: unknown, gives: (typeof EXAMPLES)[number][1]): void {
  if ('ok' in gives) expect(given).toMatchObject(gives);
  else expect(given).toEqual(gives);
}

async function bundled(file: string, code: string): Promise<string> {
  const input = join(home, file);
  writeFileSync(input, code);
  const { rolldown } = await import('rolldown');
  const build = await rolldown({ input, platform: 'browser', cwd: home, logLevel: 'silent' });
  const { output } = await build.generate({ format: 'iife' });
  return output[0].code;
}
