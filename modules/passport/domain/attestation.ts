import type { JsonObject } from '@zaizao/tlog';
import type { PassportFacts } from '../contract.ts';
import { compact } from './json.ts';
import { both, declarationOf, partyOf } from './subject.ts';

/**
 * What the conformity credential attests: the maker's own test of this product and its certificate,
 * as a UNTP 0.6.1 conformity attestation. Undefined until there is a certificate.
 */
export function attestationOf(facts: PassportFacts): JsonObject | undefined {
  const { test, certificate, maker, epc, product, serial } = facts;
  if (!test || !certificate) return undefined;
  return compact({
    type: ['ConformityAttestation', 'Attestation'],
    id: `urn:zaizao:certificate:${certificate.code}`,
    name: `${both(product.name)} ${serial}`,
    // The plant tested its own product; nobody else stands behind it here.
    assessorLevel: 'Self',
    assessmentLevel: 'Unspecified',
    attestationType: 'testing',
    issuedToParty: partyOf(maker),
    conformityCertificate: {
      linkURL: certificate.url,
      linkName: certificate.code,
      linkType: 'application/pdf',
      hashDigest: certificate.sha256,
      hashMethod: 'SHA-256',
    },
    assessment: test.results.map((result) => ({
      type: ['ConformityAssessment', 'Declaration'],
      id: `urn:zaizao:assessment:${certificate.code}:${result.code}`,
      name: both(result.name),
      ...declarationOf(result, test.decidedAt),
      assessedProduct: [
        {
          product: { id: epc, name: both(product.name), serialNumber: serial },
          IDverifiedByCAB: true,
        },
      ],
    })),
  });
}
