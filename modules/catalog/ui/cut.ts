/** Cuts by width, not by count: a Chinese character is as wide as two others. */
export function cut(text: string, width: number): string {
  let used = 0;
  for (const [i, ch] of [...text].entries()) {
    used += ch.charCodeAt(0) > 0x2e80 ? 2 : 1;
    if (used > width) return `${[...text].slice(0, i).join('')}…`;
  }
  return text;
}
