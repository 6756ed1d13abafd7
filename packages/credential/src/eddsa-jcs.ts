import { canonicalJson } from '@zaizao/tlog';
import type { Cryptosuite } from './data-integrity.ts';

/** `eddsa-jcs-2022`: RFC 8785 canonical JSON, SHA-256, Ed25519 (VC DI EdDSA 1.0 §3.3). */
export const eddsaJcs2022: Cryptosuite = {
  name: 'eddsa-jcs-2022',
  proofCarriesContext: true,
  canonicalize: async (document) => canonicalJson(document),
};
