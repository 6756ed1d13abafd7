/**
 * A copy of a text with one bit of one byte changed: the smallest lie there is. The bit is chosen so
 * that the text stays ASCII and really differs.
 * @param at place of the byte, from 0; the text is taken as ASCII there, else the next ASCII character
 */
export function flipByte(text: string, at: number): string {
  let place = Math.max(0, Math.min(at, text.length - 1));
  while (place < text.length - 1 && text.charCodeAt(place) > 126) place++;
  const code = text.charCodeAt(place);
  const flipped = String.fromCharCode(code ^ 1);
  return text.slice(0, place) + flipped + text.slice(place + 1);
}
