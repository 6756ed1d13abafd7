/**
 * Builds a package as it is published: JavaScript, type declarations, README and licence, with a
 * package.json that names no path of this repository. `node scripts/pack.ts tlog [DIRECTORY]`, then
 * `npm publish DIRECTORY`; without a directory it goes to `packages/NAME/dist`, and what it depends on
 * of ours to theirs.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OURS = '@zaizao/';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly keywords?: readonly string[];
  readonly exports: Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly sideEffects: false | readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Entries for the repository's own use. */
const INTERNAL = new Set(['./conformance', './bench']);

/** `./src/index.ts` → `./index` */
const built = (source: string) => source.replace(/^\.\/src\//, './').replace(/\.ts$/, '');

const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8')); // one of ours

/** Our packages that a package needs, those that others need first. */
export function neededBy(name: string): string[] {
  const own = Object.keys(manifestOf(name).dependencies ?? {}).filter((d) => d.startsWith(OURS));
  const direct = own.map((d) => d.slice(OURS.length));
  return [...new Set([...direct.flatMap(neededBy), ...direct])];
}

/**
 * Builds one package.
 * @param packedAt the directory where a package that it needs stands, as built
 */
export function pack(name: string, out: string, packedAt: (name: string) => string): void {
  const from = join(ROOT, 'packages', name);
  const manifest = manifestOf(name);
  const entries = Object.entries(manifest.exports).filter(([key]) => !INTERNAL.has(key));
  const inner = Object.values(manifest.imports ?? {}).flatMap((conditions) =>
    Object.values(conditions),
  );
  // What is started as a thread is imported by nobody.
  const threads = manifest.sideEffects === false ? [] : manifest.sideEffects;
  const roots = [...entries.map(([, file]) => file), ...inner, ...threads, ...ambient(from)];
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const config = join(from, `tsconfig.pack-${process.pid}.json`);
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: {
        ...{ noEmit: false, declaration: true, rewriteRelativeImportExtensions: true },
        ...{ outDir: resolve(out), rootDir: join(from, 'src'), types: ['node'] },
        paths: Object.fromEntries(
          neededBy(name).map((n) => [`${OURS}${n}`, [join(resolve(packedAt(n)), 'index.d.ts')]]),
        ),
      },
      include: [],
      files: [...new Set(roots)].map((file) => join(from, file)),
    }),
  );
  try {
    execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', config], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (e) {
    throw new Error(`${name} does not build:\n${(e as { stdout?: Buffer }).stdout?.toString()}`);
  } finally {
    rmSync(config, { force: true });
  }
  nameBuiltFiles(out);
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(published(manifest), null, 2)}\n`);
  copyFileSync(join(from, 'README.md'), join(out, 'README.md'));
  copyFileSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'));
}

/** The compiler renames imports in the code, but neither those of the declarations nor addresses of threads. */
function nameBuiltFiles(out: string): void {
  for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    const [, kind] = /(\.d\.ts|\.js)$/.exec(file) ?? [];
    if (kind === undefined) continue;
    const at = join(out, file);
    const text = readFileSync(at, 'utf8');
    const named =
      kind === '.js'
        ? text.replace(/(new URL\('\.[^']+)\.ts'/g, "$1.js'")
        : text.replace(/((?:from|import\() ?'\.{1,2}\/[^']+)\.ts'/g, "$1.js'");
    if (named !== text) writeFileSync(at, named);
  }
}

/** The package.json that goes out. */
function published(manifest: Manifest): object {
  const { name, version, description, license, keywords = [], imports, sideEffects } = manifest;
  const js = (file: string) => `${built(file)}.js`;
  const entries = Object.entries(manifest.exports).filter(([key]) => !INTERNAL.has(key));
  return {
    ...{ name, version, description, license, keywords, type: 'module' },
    sideEffects: sideEffects === false ? false : sideEffects.map(js),
    engines: { node: '>=20.19' },
    exports: Object.fromEntries(
      entries.map(([key, file]) => [key, { types: `${built(file)}.d.ts`, default: js(file) }]),
    ),
    ...(imports
      ? {
          imports: Object.fromEntries(
            Object.entries(imports).map(([key, conditions]) => [
              key,
              Object.fromEntries(Object.entries(conditions).map(([on, file]) => [on, js(file)])),
            ]),
          ),
        }
      : {}),
    dependencies: manifest.dependencies ?? {},
  };
}

/** Declarations of what a dependency does not declare. */
function ambient(from: string): string[] {
  const declared = join(from, 'src/json-ld.d.ts');
  return existsSync(declared) ? [`./${relative(from, declared)}`] : [];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, out] = process.argv.slice(2);
  if (!name) {
    console.error('usage: node scripts/pack.ts PACKAGE [DIRECTORY]');
    process.exit(2);
  }
  const to = (n: string) => join(ROOT, 'packages', n, 'dist');
  for (const needed of neededBy(name)) pack(needed, to(needed), to);
  pack(name, out ?? to(name), to);
  console.log(out ?? to(name));
}
