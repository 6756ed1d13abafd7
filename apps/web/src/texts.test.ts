import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

function folders(): { name: string; texts: string; sources: string }[] {
  const modules = readdirSync(join(root, 'modules'), { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => join(root, 'modules', e.name, 'ui'))
    .map((ui) => ({ name: ui.slice(root.length + 1), texts: join(ui, 'i18n'), sources: ui }))
    .filter(({ texts }) => readOr(() => readdirSync(texts), []).includes('zh-CN.json'));
  const kit = join(root, 'platform/src/ui');
  const settings = join(kit, 'settings'); // a page list of its own inside the kit's folder
  return [
    { name: 'platform/src/ui', texts: join(kit, 'i18n'), sources: kit },
    { name: 'platform/src/ui/settings', texts: join(settings, 'i18n'), sources: settings },
    ...modules,
  ];
}

function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function flat(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as Record<string, unknown>).flatMap(([k, v]) =>
    flat(v, path ? `${path}.${k}` : k),
  ); // JSON of texts: nothing but objects and strings
}

function textsOf(file: string): Map<string, string> {
  return new Map(flat(JSON.parse(readFileSync(file, 'utf8'))));
}

const marks = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe.each(folders())('the texts of $name', ({ texts, sources }) => {
  const zh = textsOf(join(texts, 'zh-CN.json'));
  const en = textsOf(join(texts, 'en.json'));

  test('are the same in both languages', () => {
    const oneOf = (key: string) => key.endsWith('_one') && zh.has(key.slice(0, -4)); // Chinese has no singular
    const keys = [...en.keys()].filter((key) => !oneOf(key));
    expect(keys.sort()).toEqual([...zh.keys()].sort());
  });

  test('have the same marks and no empty sentence', () => {
    for (const [key, value] of zh) {
      expect(value.trim(), key).not.toBe('');
      expect(en.get(key)?.trim(), key).not.toBe('');
      expect(marks(en.get(key) ?? ''), key).toEqual(marks(value));
    }
  });

  test('exist for every key that the pages name', () => {
    const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter(
        (f) =>
          /\.tsx?$/.test(f) &&
          !f.includes('.test.') &&
          !(f.startsWith('settings/') && !sources.endsWith('settings')),
      )
      .map((f) => join(sources, f));
    const missing = files.flatMap((file) => {
      const source = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, ''); // examples in comments name nobody's texts
      // a page that speaks for two modules names the other's texts by another function
      const named = [...source.matchAll(/\b(?:t|kitText)\(\s*'([\w.-]+)'/g)].map((m) => m[1] ?? '');
      return named
        .filter((key) => !zh.has(key))
        .map((key) => `${file.slice(root.length + 1)}: ${key}`);
    });
    expect(missing).toEqual([]);
  });
});
