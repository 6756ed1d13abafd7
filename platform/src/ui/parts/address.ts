import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** A path parameter of the page: `const coreId = useParam('coreId')`. */
export function useParam(name: string): string {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  const value = params[name];
  if (value === undefined) throw new Error(`This page has no parameter ${name}`);
  return value;
}

export type Search = Readonly<Record<string, string | undefined>>;

/**
 * The address's search as plain strings, and how to change it; filters live there so that a view
 * can be sent to a colleague. A value of `undefined` or `''` leaves the address.
 */
export function useAddress(): readonly [Search, (change: Search, push?: boolean) => void] {
  const search: Search = useSearch({ strict: false });
  const router = useRouter();
  const change = useCallback(
    (next: Search, push = false) => {
      const merged = { ...router.state.location.search, ...next } as Record<
        string,
        string | undefined
      >; // parsed by parseSearch below
      for (const [k, v] of Object.entries(merged))
        if (v === undefined || v === '') delete merged[k];
      void router.navigate({ to: '.', search: merged as Record<never, never>, replace: !push }); // as in Link
    },
    [router],
  );
  return [search, change];
}

/** The address line's own reading: every value a string, so that `?number=0123` stays as typed. */
export function parseSearch(line: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(line));
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const out = new URLSearchParams();
  for (const [k, v] of Object.entries(search))
    if (v !== undefined && v !== '') out.set(k, String(v));
  const line = out.toString();
  return line ? `?${line}` : '';
}
