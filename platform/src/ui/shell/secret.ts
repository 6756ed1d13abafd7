import { useState } from 'react';

/** The secret of a link stands behind its `#`, where no server's log sees it. */
export function secretOf(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? undefined;
}

/** The secret of this page's link, kept while the page stands. */
export function useSecret(): string | undefined {
  return useState(() => secretOf(location.hash))[0];
}
