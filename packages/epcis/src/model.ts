import type { Decimal } from './decimal.ts';
import type { JsonValue } from './json.ts';
import type {
  bizStep,
  bizTransactionType,
  disposition,
  errorReason,
  measurementType,
  sensorComponent,
  sensorException,
  sourceDestType,
} from './vocabulary.ts';

/** A word of a vocabulary, or a URI of someone else's vocabulary. */
type Term<T> = T[keyof T] | (string & {});

export type BizStep = Term<typeof bizStep>;
export type Disposition = Term<typeof disposition>;
export type BizTransactionType = Term<typeof bizTransactionType>;
export type SourceDestType = Term<typeof sourceDestType>;
export type ErrorReason = Term<typeof errorReason>;
export type MeasurementType = Term<typeof measurementType>;
export type Action = 'ADD' | 'OBSERVE' | 'DELETE';

/** A JSON-LD context as it stands in a document. */
export type Context =
  | string
  | { readonly [term: string]: JsonValue | undefined }
  | readonly (string | { readonly [term: string]: JsonValue | undefined })[];

/** Fields of others, named by a prefix declared in the context or by a full URI. */
export interface Extensions {
  readonly [name: `${string}:${string}`]: JsonValue | undefined;
}

export interface QuantityElement {
  readonly epcClass: string;
  readonly quantity?: Decimal;
  /** UN/CEFACT common code, for example `KGM`; absent for a count of items. */
  readonly uom?: string;
}

/** Where something was seen (`readPoint`) or is afterwards (`bizLocation`). */
export interface Place extends Extensions {
  readonly id: string;
}

export interface BizTransaction {
  readonly type?: BizTransactionType;
  readonly bizTransaction: string;
}

export interface Source {
  readonly type: SourceDestType;
  readonly source: string;
}

export interface Destination {
  readonly type: SourceDestType;
  readonly destination: string;
}

export interface PersistentDisposition {
  readonly set?: readonly Disposition[];
  readonly unset?: readonly Disposition[];
}

export interface SensorMetadata extends Extensions {
  readonly time?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly deviceID?: string;
  readonly deviceMetadata?: string;
  readonly rawData?: string;
  readonly dataProcessingMethod?: string;
  readonly bizRules?: string;
}

export interface SensorReport extends Extensions {
  readonly type?: MeasurementType;
  readonly exception?: Term<typeof sensorException>;
  readonly deviceID?: string;
  readonly deviceMetadata?: string;
  readonly rawData?: string;
  readonly dataProcessingMethod?: string;
  readonly bizRules?: string;
  readonly time?: string;
  readonly microorganism?: string;
  readonly chemicalSubstance?: string;
  readonly coordinateReferenceSystem?: string;
  readonly value?: Decimal;
  readonly component?: Term<typeof sensorComponent>;
  readonly stringValue?: string;
  readonly booleanValue?: boolean;
  readonly hexBinaryValue?: string;
  readonly uriValue?: string;
  readonly minValue?: Decimal;
  readonly maxValue?: Decimal;
  readonly meanValue?: Decimal;
  readonly sDev?: Decimal;
  readonly percRank?: Decimal;
  readonly percValue?: Decimal;
  /** UN/CEFACT common code of the values. */
  readonly uom?: string;
}

export interface SensorElement extends Extensions {
  readonly sensorMetadata?: SensorMetadata;
  readonly sensorReport: readonly SensorReport[];
}

export interface ErrorDeclaration extends Extensions {
  readonly declarationTime: string;
  readonly reason?: ErrorReason;
  readonly correctiveEventIDs?: readonly string[];
}

/** Instance or lot master data, given when a thing or lot comes into being. */
export type Ilmd = Extensions;

interface EventCore extends Extensions {
  readonly '@context'?: Context;
  /** `xsd:dateTimeStamp`. */
  readonly eventTime: string;
  /** The zone where it happened, `±hh:mm`: data of its own, not derivable from `eventTime`. */
  readonly eventTimeZoneOffset: string;
  /** Set by the repository that recorded the event. */
  readonly recordTime?: string;
  readonly eventID?: string;
  readonly certificationInfo?: string | readonly string[];
  readonly errorDeclaration?: ErrorDeclaration;
  readonly bizStep?: BizStep;
  readonly disposition?: Disposition;
  readonly persistentDisposition?: PersistentDisposition;
  readonly readPoint?: Place;
  readonly bizLocation?: Place;
  readonly bizTransactionList?: readonly BizTransaction[];
  readonly sourceList?: readonly Source[];
  readonly destinationList?: readonly Destination[];
  readonly sensorElementList?: readonly SensorElement[];
}

/** Something happened to things, each on its own. */
export interface ObjectEvent extends EventCore {
  readonly type: 'ObjectEvent';
  readonly action: Action;
  readonly epcList?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
  /** Only with action `ADD`. */
  readonly ilmd?: Ilmd;
}

interface ParentChildFields extends EventCore {
  readonly action: Action;
  readonly parentID?: string;
  readonly childEPCs?: readonly string[];
  readonly childQuantityList?: readonly QuantityElement[];
}

/** Things were packed into, seen in or taken out of a container. */
export interface AggregationEvent extends ParentChildFields {
  readonly type: 'AggregationEvent';
}

/** Parts or sensors were installed in, seen in or taken out of something lasting. */
export interface AssociationEvent extends ParentChildFields {
  readonly type: 'AssociationEvent';
}

/** Things became part of, or left, a business transaction. */
export interface TransactionEvent extends EventCore {
  readonly type: 'TransactionEvent';
  readonly action: Action;
  readonly parentID?: string;
  readonly epcList?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
}

/** Inputs were consumed and outputs came into being. */
export interface TransformationEvent extends EventCore {
  readonly type: 'TransformationEvent';
  readonly transformationID?: string;
  readonly inputEPCList?: readonly string[];
  readonly inputQuantityList?: readonly QuantityElement[];
  readonly outputEPCList?: readonly string[];
  readonly outputQuantityList?: readonly QuantityElement[];
  readonly ilmd?: Ilmd;
}

export type EpcisEvent =
  | ObjectEvent
  | AggregationEvent
  | AssociationEvent
  | TransactionEvent
  | TransformationEvent;

interface DocumentCore extends Extensions {
  readonly '@context': Context;
  readonly id?: string;
  readonly schemaVersion: string;
  readonly creationDate: string;
}

export interface EpcisDocument extends DocumentCore {
  readonly type: 'EPCISDocument';
  readonly sender?: string;
  readonly receiver?: string;
  readonly instanceIdentifier?: string;
  readonly epcisHeader?: { readonly [name: string]: JsonValue | undefined };
  readonly epcisBody: { readonly eventList: readonly EpcisEvent[] };
}

export interface EpcisQueryDocument extends DocumentCore {
  readonly type: 'EPCISQueryDocument';
  readonly epcisBody: {
    readonly queryResults: {
      readonly queryName: string;
      readonly subscriptionID?: string;
      readonly resultsBody: { readonly eventList: readonly EpcisEvent[] };
    };
  };
}
