/** As numbers are compared: width and case folded, without the spaces, dashes and dots that people add or leave out. */
function bare(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-‐-―_.·/\\]/g, '');
}

/** What a listing is found by: its names and numbers as written, and its numbers bare. */
export function searchText(names: readonly string[], numbers: readonly string[]): string {
  const written = [...names, ...numbers].map((w) => w.normalize('NFKC').toLowerCase());
  return [...written, ...numbers.map(bare)].join(' ');
}

/** The words of a search; each must be in the text as typed, or bare. */
export function searchWords(typed: string): { word: string; bare: string }[] {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({ word, bare: bare(word) || word }));
}
