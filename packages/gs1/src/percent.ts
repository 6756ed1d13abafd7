/** `encodeURIComponent` leaves `! ' ( ) *` alone; Digital Link wants the first and the last three escaped. */
function escapeRest(text: string, pattern: RegExp): string {
  return text.replace(
    pattern,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A value as it stands in a Digital Link path: everything but unreserved characters is escaped. */
export function encodePath(value: string): string {
  return escapeRest(encodeURIComponent(value), /[!'()*]/g);
}

/** A value as it stands in a Digital Link query: as in the path, but a space becomes `+`. */
export function encodeQuery(value: string): string {
  return encodePath(value).replaceAll('%20', '+');
}

/**
 * A value as it stands in a *canonical* Digital Link made from an EPC URN: `' ; =` stay as they are, because a URN
 * carries them unescaped (CBV 2.0 section 8.9 and its expected hashes).
 */
export function encodeCanonical(value: string): string {
  return escapeRest(encodeURIComponent(value), /[!()*]/g)
    .replaceAll('%3B', ';')
    .replaceAll('%3D', '=');
}

/** Decodes percent escapes; undefined when one is malformed, decodes to a control character or is not UTF-8. */
export function decode(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text);
    for (let i = 0; i < decoded.length; i++) if (decoded.charCodeAt(i) < 32) return undefined;
    return decoded;
  } catch {
    return undefined;
  }
}
