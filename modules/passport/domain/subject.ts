import type { Text } from '@zaizao/platform/kernel';
import { canonicalJson, type JsonObject, type JsonValue, sha256, toHex } from '@zaizao/tlog';
import type { PassportFacts } from '../contract.ts';

/** Types and members follow the UN Transparency Protocol, digital product passport 0.6. */
export const PASSPORT_CONTEXTS: readonly JsonValue[] = [
  'https://test.uncefact.org/vocabulary/untp/dpp/0.6.0/',
  { zz: 'https://ns.zaizao.dev/' },
];

/** JSON without the members that are undefined. */
type Sparse = { readonly [name: string]: JsonValue | undefined };
const compact = (members: Sparse): JsonObject =>
  Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );

const both = ({ zh, en }: Text) => (zh === en ? zh : `${zh} / ${en}`);

/** SHA-256 (hex) of the facts in canonical JSON: what ties the page to the credential. */
export function factsDigest(facts: PassportFacts): string {
  // The facts are plain JSON by their schema; the round trip drops members that are undefined.
  const plain = JSON.parse(JSON.stringify(facts)) as JsonObject;
  return toHex(sha256(new TextEncoder().encode(canonicalJson(plain))));
}

/**
 * What the credential claims of the product, in the shape of a UNTP product passport. Savings by rule
 * of thumb are no claim about this product and stay out.
 */
export function subjectOf(facts: PassportFacts): JsonObject {
  return compact({
    id: facts.epc,
    type: ['ProductPassport'],
    granularityLevel: 'item',
    product: productOf(facts),
    conformityClaim: claimsOf(facts),
    circularityScorecard: circularityOf(facts),
    traceabilityInformation: [
      {
        type: ['TraceabilityPerformance'],
        valueChainProcess: 'Remanufacturing',
      },
    ],
    'zz:remanufacturing': remanufacturingOf(facts),
    'zz:factsSha256': factsDigest(facts),
  });
}

function productOf({ epc, serial, product, maker, bornAt, made }: PassportFacts): JsonObject {
  return compact({
    type: ['Product'],
    id: epc,
    name: both(product.name),
    registeredId: product.gtin,
    serialNumber: serial,
    'zz:partNumber': product.number,
    producedByParty: {
      type: ['Entity'],
      id: `urn:zaizao:organisation:${maker.id}`,
      name: maker.name,
    },
    productionDate: bornAt.slice(0, 10),
    dimensions: {
      type: ['Dimension'],
      weight: { type: ['Measure'], value: made.massG / 1000, unit: 'KGM' },
    },
  });
}

/** One claim a measured characteristic: the value, and every limit it was held against. */
function claimsOf({ test, certificate }: PassportFacts): JsonObject[] {
  return (test?.results ?? []).map((result) =>
    compact({
      type: ['Claim', 'Declaration'],
      id: `urn:zaizao:test:${test?.code}:${result.code}`,
      description: both(result.name),
      conformance: result.verdict !== 'fail',
      conformityTopic: 'quality.performance',
      assessmentDate: test?.decidedAt?.slice(0, 10),
      declaredValue: [
        {
          type: ['Metric'],
          metricName: both(result.name),
          metricValue: { type: ['Measure'], value: Number(result.value), unit: result.unit },
        },
      ],
      assessmentCriteria: result.limits.map((limit) =>
        compact({
          type: ['Criterion'],
          name: limit.source,
          'zz:level': limit.level,
          'zz:version': limit.version,
          'zz:minimum': limit.min,
          'zz:maximum': limit.max,
          'zz:met': limit.pass,
        }),
      ),
      conformityEvidence: certificate && {
        type: ['SecureLink', 'Link'],
        linkURL: certificate.url,
        linkName: certificate.code,
        hashDigest: certificate.sha256,
        hashMethod: 'SHA-256',
      },
    }),
  );
}

function circularityOf({ made }: PassportFacts): JsonObject {
  return {
    type: ['CircularityPerformance'],
    'zz:massKeptGram': Math.round(made.keptG),
    'zz:evidence': 'measured',
    'zz:shareKeptByMass': made.massG > 0 ? Number((made.keptG / made.massG).toFixed(4)) : 0,
  };
}

function remanufacturingOf(facts: PassportFacts): JsonObject {
  const { counts } = facts.made;
  return compact({
    lifeNumber: facts.life,
    previousLives: facts.lives.map(({ epc }) => epc),
    reused: counts.reused,
    restored: counts.restored,
    newParts: counts.new,
    simulated: facts.simulated,
    concession: facts.test?.concession,
    warrantyMonths: facts.warranty?.months,
    warrantyFrom: facts.warranty?.from,
    warrantyUntil: facts.warranty?.until,
  });
}
