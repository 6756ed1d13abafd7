import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Large pieces that the floor does without until they are asked for. */
const LATER = /chart-(engine|more)|\.wasm$|\.map$/;

/** Writes `sw.js`: the service worker with the list of this build's files. */
export function offlineShell(): Plugin {
  return {
    name: 'zaizao-offline-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      // After Vite has taken out the pieces that held nothing but styles: one file that is not there
      // and the browser keeps none of them.
      order: 'post',
      handler(_options, bundle) {
        const files = Object.keys(bundle)
          .filter((name) => name.startsWith('assets/') && !LATER.test(name))
          .map((name) => `/${name}`)
          .sort();
        const template = readFileSync(join(import.meta.dirname, 'src/service-worker.js'), 'utf8');
        const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
        const source = template
          .replace('__VERSION__', version)
          .replace(
            "['__FILES__']",
            JSON.stringify(['/', '/icon.svg', '/manifest.webmanifest', ...files]),
          );
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
    },
  };
}
