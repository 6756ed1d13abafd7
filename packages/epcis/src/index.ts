export {
  type AggregationEventInput,
  type AssociationEventInput,
  aggregationEvent,
  associationEvent,
  type ObjectEventInput,
  objectEvent,
  type TransactionEventInput,
  type TransformationEventInput,
  transactionEvent,
  transformationEvent,
} from './builders.ts';
export { canonicalEvent, canonicalJson } from './canonical-event.ts';
export { canonicalDecimal, type Decimal, decimalOf, LosslessNumber } from './decimal.ts';
export {
  type DocumentOptions,
  documentOf,
  type QueryDocumentOptions,
  queryDocumentOf,
} from './documents.ts';
export {
  type EventHashOptions,
  eventHash,
  eventIdMatches,
  type HashVersion,
  preHash,
} from './event-hash.ts';
export { type EventsIn, eventsIn } from './events-in.ts';
export {
  DISPUTED_RULES,
  type Issue,
  type IssueCode,
  JSON_ONLY_RULES,
  type Validation,
  type ValidationOptions,
} from './issue.ts';
export {
  hasLossless,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  stringifyJson,
} from './json.ts';
export type * from './model.ts';
export {
  EPCIS_CONTEXT,
  EPCIS_CONTEXT_ALIASES,
  ZAIZAO_CONTEXT,
  ZAIZAO_NAMESPACE,
} from './names.ts';
export {
  looksLikeQuery,
  queryParameterFault,
  queryParameters,
  validateQuery,
} from './query-parameter.ts';
export { canonicalTerm, type Vocabulary } from './terms.ts';
export { canonicalTime, compareTimes, isDateTimeStamp } from './time.ts';
export { validateDocument, validateEvent } from './validate.ts';
export { type CaptureOptions, validateCapture } from './validate-capture.ts';
export * from './vocabulary.ts';
export { type NamedThing, type ThingRole, walkThings } from './walk-things.ts';
