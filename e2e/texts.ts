import { readFileSync } from 'node:fs';

export type Lang = 'zh' | 'en';
type Tree = { readonly [key: string]: string | Tree };

/** The words of a module as its pages say them, with the marks filled in. */
export function wordsOf(module: string, lang: Lang) {
  const file = lang === 'zh' ? 'zh-CN.json' : 'en.json';
  const folder = module === 'kit' ? 'platform/src/ui' : `modules/${module}/ui`;
  const tree = JSON.parse(readFileSync(`${folder}/i18n/${file}`, 'utf8')) as Tree; // texts by key
  return (key: string, params: Readonly<Record<string, string | number>> = {}): string => {
    const found = key
      .split('.')
      .reduce<string | Tree | undefined>((at, k) => (typeof at === 'object' ? at[k] : at), tree);
    if (typeof found !== 'string') throw new Error(`${module} has no text ${key}`);
    return found.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
  };
}
