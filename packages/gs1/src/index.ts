export {
  type ApplicationIdentifier,
  applicationIdentifier,
  checkValue,
  type ValueErrorCode,
} from './application-identifier.ts';
export {
  type CanonicalErrorCode,
  canonicalLinkOf,
  canonicalUri,
  digitalLinkToUrn,
  urnToDigitalLink,
} from './canonical.ts';
export {
  checkCharacterPair,
  checkDigit,
  type GtinErrorCode,
  hasValidCheckDigit,
  normalizeGtin,
} from './check-digit.ts';
export {
  type DigitalLink,
  type DigitalLinkErrorCode,
  type DigitalLinkOptions,
  digitalLink,
  formatDigitalLink,
  parseDigitalLink,
} from './digital-link.ts';
export type { Element } from './element.ts';
export {
  type ElementStringErrorCode,
  formatElementString,
  parseElementString,
} from './element-string.ts';
export type { EpcSchemeName } from './epc-scheme.ts';
export { type EpcUrn, type EpcUrnErrorCode, formatEpcUrn, parseEpcUrn } from './epc-urn.ts';
export { ok, type Refusal, type Result, refuse } from './result.ts';
