const NI = /^ni:\/\/\/sha-256;([0-9a-f]{64})\?ver=CBV2\.0$/;

/** The 64 hex digits of a CBV event hash. */
export function digestOf(ni: string): string {
  const digest = NI.exec(ni)?.[1];
  if (digest === undefined) throw new Error(`no CBV event hash: ${ni}`);
  return digest;
}

/** The event hash in full, as RFC 6920 writes it. */
export function hashNameOf(digest: string): string {
  return `ni:///sha-256;${digest}?ver=CBV2.0`;
}
