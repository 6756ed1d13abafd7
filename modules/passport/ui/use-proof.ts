import { addressOf, currentLang, Problem } from '@zaizao/platform/ui';
import { useEffect, useState } from 'react';
import { getBundle, type PassportFacts } from '../contract/public.ts';
import type { Proof } from './proof.ts';

export type ProofState =
  | { readonly state: 'working' }
  | { readonly state: 'absent'; readonly reason: string }
  | { readonly state: 'done'; readonly bundle: string; readonly proof: Proof };

/** Fetches the proof of a passport and verifies it in this browser; nobody else is asked. */
export function useProof(facts: PassportFacts, hasCredential: boolean, failed: string): ProofState {
  const [state, setState] = useState<ProofState>({ state: 'working' });
  useEffect(() => {
    if (!hasCredential) return;
    const gone = new AbortController();
    setState({ state: 'working' });
    proveOnline(facts, gone.signal).then(setState, (error: unknown) => {
      if (gone.signal.aborted) return;
      setState({ state: 'absent', reason: error instanceof Problem ? error.message : failed });
    });
    return () => gone.abort();
  }, [facts, hasCredential, failed]);
  return state;
}

async function proveOnline(facts: PassportFacts, signal: AbortSignal): Promise<ProofState> {
  const [bundle, { prove }] = await Promise.all([
    fetchBundle(facts.epc, signal),
    import('./proof.ts'),
  ]);
  return { state: 'done', bundle, proof: await prove(bundle, facts) };
}

/** The file as bytes on the wire: parsing and writing it again would hide a changed byte. */
async function fetchBundle(epc: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(addressOf(getBundle, { query: { epc } }), {
    headers: { 'accept-language': currentLang() },
    signal,
  });
  if (response.ok) return response.text();
  const problem: { title?: unknown; code?: unknown } = await response.json().catch(() => ({}));
  throw new Problem(String(problem.title ?? response.status), {
    status: response.status,
    code: String(problem.code ?? 'BUNDLE'),
  });
}
