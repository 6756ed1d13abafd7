/** Media types we keep, told by their first bytes: a name or a header proves nothing. */
export function sniff(bytes: Uint8Array): string | undefined {
  const starts = (...magic: number[]) => magic.every((b, i) => bytes[i] === b);
  const ascii = (from: number, s: string) =>
    [...s].every((c, i) => bytes[from + i] === c.charCodeAt(0));
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (ascii(0, 'RIFF') && ascii(8, 'WEBP')) return 'image/webp';
  if (ascii(0, '%PDF-')) return 'application/pdf';
  if (starts(0x50, 0x4b, 0x03, 0x04)) {
    // Office files are ZIPs whose first entries are named in clear text.
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
    return head.includes('[Content_Types].xml') || head.includes('xl/')
      ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      : undefined;
  }
  return isText(bytes) ? 'text/csv' : undefined;
}

function isText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 65_536);
  if (head.some((b) => b < 9 || (b > 13 && b < 32))) return false;
  if (/^\s*</.test(new TextDecoder().decode(head.subarray(0, 64)))) return false; // HTML, SVG, XML
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
