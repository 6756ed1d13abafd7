/** The two languages of the product. zh is the source, en is complete. */
export type Lang = 'zh' | 'en';

/** A short text in both languages; `{name}` marks a parameter. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export function text(zh: string, en: string): Text {
  return { zh, en };
}

/** Both sides of a field that a person wrote as “中文 | English”; what has no bar is the same in both. */
export function bothOf(field: string): Text {
  const [zh = field, en] = field.split(' | ', 2);
  return en === undefined ? text(field, field) : text(zh, en);
}

/** Fills `{name}` marks; an absent parameter leaves its mark visible rather than an empty hole. */
export function fill(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (mark, name: string) => String(params[name] ?? mark));
}
