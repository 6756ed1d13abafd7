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

/** Fills `{name}` marks; an absent parameter leaves its mark visible rather than an empty hole. */
export function fill(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (mark, name: string) => String(params[name] ?? mark));
}
