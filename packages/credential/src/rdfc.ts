import { contexts } from '@digitalbazaar/credentials-context';
import type { JsonObject } from '@zaizao/tlog';
import type { Cryptosuite } from './data-integrity.ts';
import { CredentialError } from './fault.ts';

/*
 * Kept apart from the main entry, and JSON-LD itself is read at its first use: it is ten times the
 * size of everything else here.
 */

const V2 = 'https://www.w3.org/ns/credentials/v2';

/** Blank nodes that canonicalisation may struggle with before it gives up on a poisoned graph. */
const MAX_WORK_FACTOR = 1;

/**
 * `eddsa-rdfc-2022`: RDF Dataset Canonicalization, SHA-256, Ed25519 (VC DI EdDSA 1.0 §3.2).
 *
 * Contexts are pinned: the credentials v2 context is built in, others are given by URL, and nothing
 * is fetched. JSON-LD runs in safe mode, so a member that no context defines is refused, not dropped.
 */
export function eddsaRdfc2022(
  extraContexts: Readonly<Record<string, JsonObject>> = {},
): Cryptosuite {
  const pinned = new Map<string, unknown>(Object.entries(extraContexts));
  pinned.set(V2, contexts.get(V2));
  const documentLoader = async (url: string) => {
    const document = pinned.get(url);
    if (document === undefined) {
      throw new CredentialError('CONTEXT_UNKNOWN', `context ${url} is not pinned`);
    }
    return { contextUrl: undefined, documentUrl: url, document };
  };
  return {
    name: 'eddsa-rdfc-2022',
    proofCarriesContext: false,
    canonicalize: async (document) => {
      const { default: jsonld } = await import('jsonld');
      try {
        return await jsonld.canonize(structuredClone(document), {
          algorithm: 'RDFC-1.0',
          format: 'application/n-quads',
          documentLoader,
          safe: true,
          // Else text with a direction has no RDF form, and safe mode refuses it.
          rdfDirection: 'i18n-datatype',
          canonizeOptions: { maxWorkFactor: MAX_WORK_FACTOR },
        });
      } catch (error) {
        if (error instanceof CredentialError) throw error;
        throw new CredentialError('MALFORMED', `JSON-LD: ${reasonOf(error)}`);
      }
    },
  };
}

/** jsonld puts what it found in `details`, and its message alone says little. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const details = 'details' in error ? ` ${JSON.stringify(error.details)?.slice(0, 300)}` : '';
  return error.message + details;
}
