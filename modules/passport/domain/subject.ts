import type { Text } from '@zaizao/platform/kernel';
import type { JsonObject } from '@zaizao/tlog';
import type { PassportFacts } from '../contract.ts';
import { factsDigest } from './facts-digest.ts';
import { compact } from './json.ts';

/** What a passport points at. */
export interface Related {
  /** Address of the traceability events as a credential. */
  readonly eventsUrl: string;
  /** Address of the conformity credential behind the claims. */
  readonly conformityUrl: string | undefined;
}

export const both = ({ zh, en }: Text) => (zh === en ? zh : `${zh} / ${en}`);

/** Test results say how a product keeps rules; the protocol has no narrower topic for them. */
export const TOPIC = 'governance.compliance';

/** An organisation as the credentials name it. */
export const partyOf = ({ id, name }: PassportFacts['maker']): JsonObject => ({
  id: `urn:zaizao:organisation:${id}`,
  name,
});

/**
 * What the credential claims of the product: a UNTP 0.6.1 product passport. Savings by rule of thumb
 * are no claim about this product and stay out.
 */
export function subjectOf(facts: PassportFacts, related: Related): JsonObject {
  return compact({
    type: ['ProductPassport'],
    id: facts.epc,
    granularityLevel: 'item',
    product: productOf(facts),
    conformityClaim: claimsOf(facts, related),
    circularityScorecard: circularityOf(facts),
    traceabilityInformation: [
      {
        valueChainProcess: 'Remanufacturing',
        traceabilityEvent: [
          { linkURL: related.eventsUrl, linkName: 'Events of this product', linkType: 'DTE' },
        ],
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
    producedByParty: partyOf(maker),
    productionDate: bornAt.slice(0, 10),
    dimensions: { weight: { value: made.massG / 1000, unit: 'KGM' } },
  });
}

type Result = NonNullable<PassportFacts['test']>['results'][number];

/** One claim a measured characteristic: the value, and every limit it was held against. */
function claimsOf({ test }: PassportFacts, { conformityUrl }: Related): JsonObject[] {
  return (test?.results ?? []).map((result) =>
    compact({
      type: ['Claim', 'Declaration'],
      id: `urn:zaizao:test:${test?.code}:${result.code}`,
      ...declarationOf(result, test?.decidedAt),
      // No digest: the linked credential is signed itself.
      conformityEvidence: conformityUrl
        ? { linkURL: conformityUrl, linkName: 'Conformity credential', linkType: 'DCC' }
        : undefined,
    }),
  );
}

/** What was measured and what it was held against; in a claim and in an assessment alike. */
export function declarationOf(result: Result, decidedAt: string | undefined): JsonObject {
  return compact({
    description: both(result.name),
    conformance: result.verdict !== 'fail',
    conformityTopic: TOPIC,
    assessmentDate: decidedAt?.slice(0, 10),
    declaredValue: [metricOf(result)],
    assessmentCriteria: result.limits.map((limit) => ({
      type: ['Criterion'],
      id: `urn:zaizao:limit:${result.code}:${limit.level}:v${limit.version}`,
      name: `${result.code} ${limit.level} v${limit.version}`,
      description: `${limit.source}: ${limit.min ?? ''}…${limit.max ?? ''} ${result.unit}`,
      conformityTopic: TOPIC,
      status: 'active',
      tag: [limit.level, limit.pass ? 'met' : 'not-met'],
    })),
  });
}

/** A unit without a UN/CEFACT code is named with the metric, and its value is a plain number. */
function metricOf({ name, value, unit }: Result): JsonObject {
  const known = Object.hasOwn(UNIT_CODES, unit) ? UNIT_CODES[unit] : undefined;
  return {
    metricName: known ? both(name) : `${both(name)} (${unit})`,
    metricValue: { value: Number(value), unit: known ?? 'C62' },
  };
}

/** UN/CEFACT common codes (Recommendation 20) of the units on a test sheet. */
const UNIT_CODES: Readonly<Record<string, string>> = {
  ...{ V: 'VLT', mV: '2Z', A: 'AMP', mA: '4K', Ω: 'OHM', kΩ: 'B49', MΩ: 'B75', W: 'WTT' },
  ...{ kW: 'KWT', N·m: 'NU', N: 'NEW', mm: 'MMT', in: 'INH', g: 'GRM', kg: 'KGM', '°C': 'CEL' },
  ...{ s: 'SEC', min: 'MIN', h: 'HUR', MPa: 'MPA', kPa: 'KPA', bar: 'BAR', Hz: 'HTZ' },
  ...{ 'r/min': 'RPM', deg: 'DD', '%': 'P1', count: 'C62' },
};

function circularityOf({ made }: PassportFacts): JsonObject {
  return {
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
