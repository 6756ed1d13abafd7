import { type Text, text } from '@zaizao/platform/kernel';

export type BadgeState = 'verified' | 'unsigned' | 'revoked' | 'broken';

const WORDS: Readonly<Record<BadgeState, Text>> = {
  verified: text('再制造 · 已验证', 'Remanufactured · verified'),
  unsigned: text('护照未签名', 'Passport not signed'),
  revoked: text('护照已吊销', 'Passport revoked'),
  broken: text('护照验证失败', 'Passport fails'),
};

/** Green for what verifies, amber where nobody has signed yet, red for what failed. */
const COLOURS: Readonly<Record<BadgeState, string>> = {
  verified: '#0B6E4F',
  unsigned: '#8A5A00',
  revoked: '#B3261E',
  broken: '#B3261E',
};

const MARKS: Readonly<Record<BadgeState, string>> = {
  verified: 'M6 12.5l4 4 8-9',
  unsigned: 'M12 6v6l4 3',
  revoked: 'M7 7l10 10M17 7L7 17',
  broken: 'M7 7l10 10M17 7L7 17',
};

/** A badge of one line, 28 px high, with its words as text alternative. */
export function badgeSvg(state: BadgeState, lang: 'zh' | 'en'): string {
  const words = WORDS[state][lang];
  const width = 40 + Math.ceil([...words].reduce((w, c) => w + (c > '\u2e80' ? 14 : 7.4), 0));
  const colour = COLOURS[state];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="28" viewBox="0 0 ${width} 28" role="img" aria-label="${words}"><title>${words}</title><rect width="${width}" height="28" rx="14" fill="${colour}"/><g transform="translate(4 2)"><circle cx="12" cy="12" r="11" fill="#fff"/><path d="${MARKS[state]}" fill="none" stroke="${colour}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></g><text x="32" y="19" fill="#fff" font-family="system-ui,-apple-system,'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif" font-size="14" font-weight="600">${words}</text></svg>`;
}
