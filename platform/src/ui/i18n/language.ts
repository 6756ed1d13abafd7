import i18next, { type ReadCallback } from 'i18next';
import { useCallback, useSyncExternalStore } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { bothOf, type Lang, type Text } from '../../kernel/index.ts';
import type { PageList } from '../page-list.ts';

type Bundle = () => Promise<{ readonly default: object }>;

const bundles = new Map<string, Readonly<Record<Lang, Bundle>>>([
  ['kit', { zh: () => import('./zh-CN.json'), en: () => import('./en.json') }],
]);

/** The lazily loaded texts of every module, read when a page first needs them. */
const backend = {
  type: 'backend' as const,
  init() {},
  read(lang: string, module: string, done: ReadCallback) {
    const bundle = bundles.get(module)?.[lang === 'en' ? 'en' : 'zh'];
    if (!bundle) {
      done(new Error(`No texts for ${module}`), null);
      return;
    }
    bundle().then(
      (m) => done(null, m.default as Record<string, string>), // JSON of texts
      (e: Error) => done(e, null),
    );
  },
};

/** The language wanted: the address, then the last choice, then the browser. */
export function wantedLang(
  search: string,
  stored: string | null,
  browser: readonly string[],
): Lang {
  const asked = new URLSearchParams(search).get('lang') ?? stored ?? browser[0] ?? 'zh';
  return asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function remembered(): string | null {
  try {
    return localStorage.getItem('zaizao.lang');
  } catch {
    return null; // storage forbidden: the choice lasts as long as the page
  }
}

/** The address that the page was opened by named a language. */
let isAsked = false;

/** Starts the texts; resolves when the kit's own are there. */
export async function startTexts(lists: readonly PageList[]): Promise<void> {
  for (const { module, texts } of lists) bundles.set(module, texts);
  isAsked = new URLSearchParams(location.search).has('lang');
  const lang = wantedLang(location.search, remembered(), navigator.languages);
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: lang,
      fallbackLng: false,
      supportedLngs: ['zh', 'en'],
      ns: ['kit'],
      defaultNS: 'kit',
      // React escapes; marks are {name} as in the kernel's texts
      interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
      react: { useSuspense: true },
      returnNull: false,
    });
  mark(lang);
}

function mark(lang: Lang): void {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
}

/** Loads a module's texts ahead of its page. */
export function loadTexts(module: string): Promise<void> {
  return i18next.loadNamespaces(module);
}

export function currentLang(): Lang {
  return i18next.language === 'en' ? 'en' : 'zh';
}

export async function changeLang(lang: Lang): Promise<void> {
  isAsked = false;
  try {
    localStorage.setItem('zaizao.lang', lang);
  } catch {
    // storage forbidden: the choice lasts as long as the page
  }
  await i18next.changeLanguage(lang);
  mark(lang);
}

/** Takes the language of an account, unless the address asked for one. */
export async function followLang(lang: Lang): Promise<void> {
  if (!isAsked && lang !== currentLang()) await changeLang(lang);
}

/** The reader's language; re-renders when it changes. */
export function useLang(): Lang {
  return useSyncExternalStore(subscribe, currentLang, currentLang);
}

function subscribe(changed: () => void): () => void {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
}

export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/**
 * A module's texts: `const t = useTexts('cores'); t('receive.title', {n: 3})`. Marks are `{n}`.
 * Of one, English says the text whose key ends in `_one`, where there is one.
 */
export function useTexts(module: string): Say {
  const { t } = useTranslation(module);
  return useCallback((key, params) => t(key, counted(params)), [t]);
}

/** i18next chooses the plural by `count`. */
function counted(params: Parameters<Say>[1]): Record<string, string | number> {
  const n = Number(params?.n);
  return Number.isNaN(n) ? { ...params } : { ...params, count: n };
}

/** The kit's own texts, for code outside components. */
export function kitText(key: string, params?: Readonly<Record<string, string | number>>): string {
  return i18next.t(key, { ns: 'kit', ...counted(params) });
}

/** Picks the reader's side of a two-language text, or of a field written as “中文 | English”. */
export function useSay(): (text: Text | string) => string {
  const lang = useLang();
  return (text) => (typeof text === 'string' ? bothOf(text) : text)[lang];
}
