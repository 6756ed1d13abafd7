/** What our documents point to is there: files beside them, places within them, tests and code they name. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)));

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** The name of the place a heading makes. */
const placeOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

test('links between documents lead somewhere', () => {
  const dead: string[] = [];
  for (const file of documents) {
    const text = textOf(file).replace(/```.*?```/gs, '');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = '', place] = target.split('#');
      const to = path === '' ? file : join(dirname(file), path);
      const isThere = existsSync(join(ROOT, to));
      const headings = isThere && place ? textOf(to).matchAll(/^#+ (.+)$/gm) : [];
      const isPlaced =
        !place || [...headings].some(([, heading = '']) => placeOf(heading) === place);
      if (!isThere || !isPlaced) dead.push(`${file}: ${target}`);
    }
  }
  expect(dead).toEqual([]);
});

test('files that documents name by their path from the root are there', () => {
  const dead: string[] = [];
  for (const file of documents) {
    const named = textOf(file).matchAll(
      /`((?:apps|docs|e2e|modules|packages|platform|scripts)\/[^`\s]+)`/g,
    );
    for (const [, path = ''] of named) {
      if (/[*{}…]|NAME|PACKAGE|dist/.test(path)) continue;
      if (!existsSync(join(ROOT, path))) dead.push(`${file}: ${path}`);
    }
  }
  expect(dead).toEqual([]);
});
