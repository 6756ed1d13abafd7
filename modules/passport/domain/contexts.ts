import { CREDENTIALS_V2 } from '@zaizao/credential';
import type { JsonObject, JsonValue } from '@zaizao/tlog';

/*
 * The JSON-LD contexts of our credentials, pinned: nothing is fetched when a credential is signed or
 * verified by RDF canonicalisation. The three of the UN Transparency Protocol 0.6.1 are here as far as
 * our credentials use them, each term with the meaning that the protocol's vocabulary gives it, so that
 * a verifier with the whole context hashes the same statements.
 */

export const DPP_CONTEXT = 'https://test.uncefact.org/vocabulary/untp/dpp/0.6.1/';
export const DCC_CONTEXT = 'https://test.uncefact.org/vocabulary/untp/dcc/0.6.1/';
export const DTE_CONTEXT = 'https://test.uncefact.org/vocabulary/untp/dte/0.6.1/';
/** What the protocol has no word for: lives, limits, the log. */
export const OWN_CONTEXT = 'https://ns.zaizao.dev/credentials/v1';

/** `@context` of a credential of one of the three kinds. */
export const contextsOf = (kind: string): readonly JsonValue[] => [
  CREDENTIALS_V2,
  kind,
  OWN_CONTEXT,
];

const UNTP = 'https://test.uncefact.org/vocabulary/untp';
const UNITS = 'https://vocabulary.uncefact.org/UnitMeasureCode#';

const text = (id: string) => ({ '@id': id, '@type': 'xsd:string' });
const number = (id: string) => ({ '@id': id, '@type': 'xsd:double' });
const truth = (id: string) => ({ '@id': id, '@type': 'xsd:boolean' });
const link = (id: string) => ({ '@id': id, '@type': '@id' });
/** A word of a code list. */
const code = (id: string, list: string) => ({
  '@id': id,
  '@type': '@vocab',
  '@context': { '@vocab': list },
});
const holding = (id: string, terms: JsonObject): JsonObject => ({ '@id': id, '@context': terms });
const linkHolding = (id: string, terms: JsonObject): JsonObject => ({
  ...link(id),
  '@context': terms,
});
/** A class: its terms hold on nodes of that type only. */
const type = (id: string, terms: JsonObject = {}): JsonObject => holding(id, terms);

const prefixes = {
  '@version': 1.1,
  schemaorg: 'https://schema.org/',
  'untp-core': `${UNTP}/core/0/`,
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const name = { name: { '@id': 'schemaorg:name' } };
const description = { description: { '@id': 'schemaorg:description' } };
const party = { ...name, registeredId: text('untp-core:registeredId') };
const measure = {
  value: number('untp-core:value'),
  unit: code('untp-core:unit', UNITS),
};
const metric = {
  metricName: text('untp-core:metricName'),
  metricValue: holding('untp-core:metricValue', measure),
};
const plainLink = {
  linkURL: text('untp-core:linkURL'),
  linkName: text('untp-core:linkName'),
  linkType: text('untp-core:linkType'),
};
const secureLink = {
  ...plainLink,
  hashDigest: text('untp-core:hashDigest'),
  hashMethod: code('untp-core:hashMethod', `${UNTP}/core/0/hashMethodCode#`),
};
const topic = code('untp-core:conformityTopic', `${UNTP}/core/0/conformityTopicCode#`);

const declaration = {
  ...description,
  assessmentCriteria: link('untp-core:assessmentCriteria'),
  assessmentDate: text('untp-core:assessmentDate'),
  declaredValue: holding('untp-core:declaredValue', metric),
  conformance: truth('untp-core:conformance'),
  conformityTopic: topic,
};

const shared = {
  CredentialIssuer: type('untp-core:CredentialIssuer', name),
  Criterion: type('untp-core:Criterion', {
    ...name,
    ...description,
    conformityTopic: topic,
    status: code('untp-core:status', `${UNTP}/core/0/statusCode#`),
    tag: text('untp-core:tag'),
  }),
  Declaration: type('untp-core:Declaration', declaration),
};

const dpp: JsonObject = {
  ...prefixes,
  'untp-dpp': `${UNTP}/dpp/0/`,
  ...shared,
  DigitalProductPassport: type('untp-dpp:DigitalProductPassport'),
  ProductPassport: type('untp-dpp:ProductPassport', {
    product: link('untp-core:product'),
    granularityLevel: code('untp-dpp:granularityLevel', `${UNTP}/dpp/0/granularityCode#`),
    conformityClaim: link('untp-core:conformityClaim'),
    traceabilityInformation: holding('untp-dpp:traceabilityInformation', {
      valueChainProcess: text('untp-dpp:valueChainProcess'),
      verifiedRatio: number('untp-dpp:verifiedRatio'),
      traceabilityEvent: holding('untp-core:traceabilityEvent', secureLink),
    }),
    circularityScorecard: holding('untp-core:circularityScorecard', {}),
  }),
  Product: type('untp-core:Product', {
    ...party,
    serialNumber: text('untp-core:serialNumber'),
    producedByParty: linkHolding('untp-core:Party', party),
    productionDate: text('untp-core:productionDate'),
    dimensions: holding('untp-core:dimensions', { weight: holding('untp-core:weight', measure) }),
  }),
  Claim: type('untp-core:Claim', {
    ...declaration,
    conformityEvidence: holding('untp-core:conformityEvidence', secureLink),
  }),
};

const attestation = {
  ...name,
  ...description,
  assessorLevel: code('untp-core:assessorLevel', `${UNTP}/core/0/assessorLevelCode#`),
  assessmentLevel: code('untp-core:assessmentLevel', `${UNTP}/core/0/assessmentLevelCode#`),
  attestationType: code('untp-core:attestationType', `${UNTP}/core/0/attestationTypeCode#`),
  issuedToParty: linkHolding('untp-core:Party', party),
  conformityCertificate: holding('untp-core:conformityCertificate', secureLink),
};

const dcc: JsonObject = {
  ...prefixes,
  'untp-dcc': `${UNTP}/dcc/0/`,
  ...shared,
  DigitalConformityCredential: type('untp-dcc:DigitalConformityCredential'),
  Attestation: type('untp-core:Attestation', attestation),
  ConformityAttestation: type('untp-dcc:ConformityAttestation', {
    ...attestation,
    assessment: link('untp-dcc:assessment'),
  }),
  ConformityAssessment: type('untp-dcc:ConformityAssessment', {
    ...name,
    ...declaration,
    assessedProduct: holding('untp-dcc:assessedProduct', {
      product: linkHolding('untp-core:Product', {
        ...party,
        serialNumber: text('untp-core:serialNumber'),
      }),
      IDverifiedByCAB: truth('untp-dcc:IDverifiedByCAB'),
    }),
    assessedOrganisation: linkHolding('untp-core:Party', party),
  }),
};

const event = {
  processType: text('untp-dte:processType'),
  eventTime: text('untp-dte:eventTime'),
  action: code('untp-dte:action', `${UNTP}/dte/0/actionCode#`),
  disposition: code('untp-dte:disposition', 'https://ref.gs1.org/cbv/Disp-'),
  bizStep: code('untp-dte:bizStep', 'https://ref.gs1.org/cbv/BizStep-'),
  bizLocation: text('untp-dte:bizLocation'),
  sensorElementList: holding('untp-dte:sensorElementList', {
    sensorReport: holding('untp-dte:sensorReport', {
      time: text('untp-dte:time'),
      sensorType: text('untp-dte:sensorType'),
      value: number('untp-dte:value'),
      uom: code('untp-dte:uom', UNITS),
    }),
  }),
};

const dte: JsonObject = {
  ...prefixes,
  'untp-dte': `${UNTP}/dte/0/`,
  CredentialIssuer: shared.CredentialIssuer,
  DigitalTraceabilityEvent: type('untp-dte:DigitalTraceabilityEvent'),
  Item: type('untp-dte:Item', name),
  Event: type('untp-dte:Event', event),
  ObjectEvent: type('untp-dte:ObjectEvent', { ...event, epcList: link('untp-dte:epcList') }),
  TransformationEvent: type('untp-dte:TransformationEvent', {
    ...event,
    inputEPCList: link('untp-dte:inputEPCList'),
    outputEPCList: link('untp-dte:outputEPCList'),
  }),
  AssociationEvent: type('untp-dte:AssociationEvent', {
    ...event,
    parentEPC: link('untp-dte:parentEPC'),
    childEPCList: link('untp-dte:childEPCList'),
  }),
  AggregationEvent: type('untp-dte:AggregationEvent', {
    ...event,
    parentEPC: link('untp-dte:parentEPC'),
    childEPCList: link('untp-dte:childEPCList'),
  }),
};

const own: JsonObject = {
  '@version': 1.1,
  zz: 'https://ns.zaizao.dev/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  TransparencyLog: 'zz:TransparencyLog',
  logKey: 'zz:logKey',
  'zz:remanufacturing': {
    '@id': 'zz:remanufacturing',
    '@context': {
      lifeNumber: 'zz:lifeNumber',
      previousLives: link('zz:previousLives'),
      reused: 'zz:reused',
      restored: 'zz:restored',
      newParts: 'zz:newParts',
      simulated: 'zz:simulated',
      concession: 'zz:concession',
      warrantyMonths: 'zz:warrantyMonths',
      warrantyFrom: { '@id': 'zz:warrantyFrom', '@type': 'xsd:date' },
      warrantyUntil: { '@id': 'zz:warrantyUntil', '@type': 'xsd:date' },
    },
  },
};

/** Every context of our credentials by its address, as JSON-LD documents. */
export const PINNED_CONTEXTS: Readonly<Record<string, JsonObject>> = {
  [DPP_CONTEXT]: { '@context': dpp },
  [DCC_CONTEXT]: { '@context': dcc },
  [DTE_CONTEXT]: { '@context': dte },
  [OWN_CONTEXT]: { '@context': own },
};
