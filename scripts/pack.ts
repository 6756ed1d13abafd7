/**
 * Builds a package as it is published: JavaScript, type declarations, README and licence, with a
 * package.json that names no path of this repository. `node scripts/pack.ts tlog [DIRECTORY]`, then
 * `npm publish DIRECTORY`; without a directory it goes to `packages/NAME/dist`.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly keywords?: readonly string[];
  readonly exports: Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Entries for the repository's own use. */
const INTERNAL = new Set(['./conformance', './bench']);

/** `./src/index.ts` → `./index` */
const built = (source: string) => source.replace(/^\.\/src\//, './').replace(/\.ts$/, '');

/**
 * Builds one package.
 * @param packed directories of the packages it depends on, as built, by name
 */
export function pack(
  name: string,
  out: string,
  packed: Readonly<Record<string, string>> = {},
): void {
  const from = join(ROOT, 'packages', name);
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Manifest; // ours
  const entries = Object.entries(manifest.exports).filter(([key]) => !INTERNAL.has(key));
  const inner = Object.values(manifest.imports ?? {}).flatMap((conditions) =>
    Object.values(conditions),
  );
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
          Object.entries(packed).map(([dependency, at]) => [
            dependency,
            [join(resolve(at), 'index.d.ts')],
          ]),
        ),
      },
      include: [],
      files: [...new Set([...entries.map(([, file]) => file), ...inner, ...ambient(from)])].map(
        (file) => join(from, file),
      ),
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
  for (const file of readdirSync(out).filter((f) => f.endsWith('.d.ts'))) {
    // The compiler rewrites imports in the code, not in the declarations.
    const text = readFileSync(join(out, file), 'utf8');
    writeFileSync(
      join(out, file),
      text.replace(/(from|import\() ?'(\.\/[^']+)\.ts'/g, (m) => m.replace(/\.ts'$/, ".js'")),
    );
  }
  const { version, description, license, keywords = [], dependencies = {} } = manifest;
  writeFileSync(
    join(out, 'package.json'),
    `${JSON.stringify(
      {
        ...{ name: manifest.name, version, description, license, keywords, type: 'module' },
        ...{ sideEffects: false, engines: { node: '>=20.19' } },
        exports: Object.fromEntries(
          entries.map(([key, file]) => [
            key,
            { types: `${built(file)}.d.ts`, default: `${built(file)}.js` },
          ]),
        ),
        ...(manifest.imports
          ? {
              imports: Object.fromEntries(
                Object.entries(manifest.imports).map(([key, conditions]) => [
                  key,
                  Object.fromEntries(
                    Object.entries(conditions).map(([on, file]) => [on, `${built(file)}.js`]),
                  ),
                ]),
              ),
            }
          : {}),
        dependencies,
      },
      null,
      2,
    )}\n`,
  );
  copyFileSync(join(from, 'README.md'), join(out, 'README.md'));
  copyFileSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'));
}

/** Declarations of what a dependency does not declare. */
function ambient(from: string): string[] {
  try {
    readFileSync(join(from, 'src/json-ld.d.ts'));
    return ['./src/json-ld.d.ts'];
  } catch {
    return [];
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, out] = process.argv.slice(2);
  if (!name) {
    console.error('usage: node scripts/pack.ts PACKAGE [DIRECTORY]');
    process.exit(2);
  }
  const to = (n: string) => join(ROOT, 'packages', n, 'dist');
  if (name !== 'tlog') pack('tlog', to('tlog'));
  pack(name, out ?? to(name), name === 'tlog' ? {} : { '@zaizao/tlog': to('tlog') });
  console.log(out ?? to(name));
}
