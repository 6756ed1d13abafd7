import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { roleTable } from '@zaizao/modules/parties';
import { registeredPermissions } from '@zaizao/platform/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { modules } from './modules.ts';

const root = join(import.meta.dirname, '../../..');

beforeAll(async () => {
  // a contract registers its permissions when it is read
  const folders = ['modules', 'platform/src'].map((f) => join(root, f));
  for (const folder of folders) {
    for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((e) =>
      e.isDirectory(),
    )) {
      const path = join(folder, name, 'contract.ts');
      if (readdirSync(join(folder, name)).includes('contract.ts'))
        await import(/* @vite-ignore */ path);
    }
  }
});

describe('what the modules show', () => {
  test('no two pages have one address', () => {
    const paths = modules.flatMap((m) => m.pages.map((p) => p.path.replaceAll(/\$\w+/g, '$')));
    expect(paths.filter((p, i) => paths.indexOf(p) !== i)).toEqual([]);
  });

  test('every permission named is one of a contract', () => {
    const known = registeredPermissions();
    const named = modules.flatMap((m) =>
      [...m.pages, ...(m.home ?? []), ...(m.panels ?? [])].map((x) => x.access),
    );
    const unknown = named.filter(
      (a) => a !== undefined && a !== 'public' && a !== 'signed-in' && !known.has(a),
    );
    expect(unknown).toEqual([]);
  });

  test('everybody lands on something of their own: a card or a page for each role', () => {
    const named = new Set(
      modules.flatMap((m) => [
        ...(m.home ?? []).flatMap((card) => card.roles),
        ...m.pages.flatMap((p) => p.roles ?? []),
      ]),
    );
    expect(Object.keys(roleTable).filter((role) => !named.has(role))).toEqual([]);
  });

  test('every page has its name in both languages', () => {
    for (const { title } of modules.flatMap((m) => m.pages)) {
      expect(title.zh).not.toBe('');
      expect(title.en).not.toBe('');
    }
  });
});
