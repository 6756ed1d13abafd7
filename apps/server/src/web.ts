import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import serveStatic from '@fastify/static';
import { httpErrors } from '@zaizao/platform/contract';
import { langOf, type Module, problemOf } from '@zaizao/platform/http';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WEB = join(ROOT, 'apps/web');
const DIST = join(WEB, 'dist');
const STAMP = join(DIST, '.built-from');
const SERVED_BY_OTHERS = /^\/(api|epcis|log|health|metrics)(\/|$)/;

/** Builds the web application when its sources have changed since the last build. */
export async function ensureWebBuilt(say: (line: string) => void): Promise<void> {
  const fingerprint = sourcesFingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint) return;
  say('正在构建网页（仅首次或更新后） / building the web pages (first start or after an update) …');
  await buildWeb();
  for (const file of filesBelow(DIST)) {
    if (/\.(js|css|html|svg|json|wasm|webmanifest)$/.test(file)) {
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    }
  }
  writeFileSync(STAMP, fingerprint);
}

/** In a process of its own: the bundler keeps its gigabyte for as long as its process lives. */
async function buildWeb(): Promise<void> {
  const vite = join(
    dirname(fileURLToPath(import.meta.resolve('vite/package.json'))),
    'bin/vite.js',
  );
  const building = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: WEB,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(building, 'exit');
  if (code !== 0) {
    throw new Error(
      '网页构建失败，原因见上 / building the web pages failed; the reason stands above',
    );
  }
}

function sourcesFingerprint(): string {
  const hash = createHash('sha256');
  const packages = readdirSync(join(ROOT, 'packages')).map((p) => `packages/${p}/src`);
  for (const folder of ['apps/web', 'platform/src', 'modules', ...packages]) {
    for (const file of filesBelow(join(ROOT, folder))) {
      if (!/\.(tsx?|css|json|html|svg)$/.test(file) || file.includes('.test.')) continue;
      const { mtimeMs, size } = statSync(file);
      hash.update(`${relative(ROOT, file)} ${size} ${Math.floor(mtimeMs)}\n`);
    }
  }
  return hash.digest('hex');
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .filter((f) => !f.includes('/node_modules/') && !(f.startsWith(DIST) && folder !== DIST))
    .sort();
}

/** Serves the built web application; any address of no other module is one of its pages. */
export const webModule: Module = {
  name: 'web',
  plugin: async (server) => {
    await server.register(serveStatic, {
      root: DIST,
      wildcard: false,
      preCompressed: true,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = dirname(path).endsWith('assets');
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    server.get('/*', (request, reply) => {
      const path = request.url.split('?')[0] ?? '/';
      if (SERVED_BY_OTHERS.test(path) || /\.\w{2,5}$/.test(path)) {
        const problem = problemOf(httpErrors.ADDRESS_NOT_FOUND(), langOf(request), request.id);
        return reply.status(404).type('application/problem+json').send(problem);
      }
      return reply.sendFile('index.html');
    });
  },
};
