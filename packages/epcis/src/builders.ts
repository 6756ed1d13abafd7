import type { JsonValue } from './json.ts';
import type {
  AggregationEvent,
  AssociationEvent,
  Context,
  EpcisEvent,
  Ilmd,
  ObjectEvent,
  Place,
  TransactionEvent,
  TransformationEvent,
} from './model.ts';
import { ZAIZAO_CONTEXT } from './names.ts';

/** Fields under Zaizao's own namespace, without the prefix `zz:`. */
type ZaizaoFields = { readonly [name: string]: JsonValue | undefined };

interface Conveniences {
  /** A moment, or an `xsd:dateTimeStamp`. */
  readonly eventTime: string | Date;
  /** Zone where it happened, `±hh:mm`; default `+08:00`. */
  readonly eventTimeZoneOffset?: string;
  /** A place, or just its identifier. */
  readonly readPoint?: string | Place;
  readonly bizLocation?: string | Place;
  /** Zaizao's own fields of the event. */
  readonly zz?: ZaizaoFields;
  /** Context to use instead of {@link ZAIZAO_CONTEXT}. */
  readonly context?: Context;
}

interface IlmdConvenience {
  readonly ilmd?: Ilmd;
  /** Zaizao's own instance or lot master data. */
  readonly zzIlmd?: ZaizaoFields;
}

/** An optional field may also be given as `undefined`, which leaves it out. */
type Loose<T> = { [K in keyof T]: T[K] | (undefined extends T[K] ? undefined : never) };

type Input<E extends EpcisEvent, More = unknown> = Loose<
  Omit<E, 'type' | '@context' | keyof Conveniences | 'ilmd'>
> &
  Loose<Conveniences> &
  More;

export type ObjectEventInput = Input<ObjectEvent, Loose<IlmdConvenience>>;
export type AggregationEventInput = Input<AggregationEvent>;
export type AssociationEventInput = Input<AssociationEvent>;
export type TransactionEventInput = Input<TransactionEvent>;
export type TransformationEventInput = Input<TransformationEvent, Loose<IlmdConvenience>>;

function prefixed(fields: ZaizaoFields | undefined): Record<`zz:${string}`, JsonValue> {
  const result: Record<`zz:${string}`, JsonValue> = {};
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (value !== undefined) result[`zz:${name}`] = value;
  }
  return result;
}

function place(value: string | Place | undefined): Place | undefined {
  return typeof value === 'string' ? { id: value } : value;
}

/** Everything the builders share; fields that are undefined are left out. */
function assemble(type: EpcisEvent['type'], input: Loose<Conveniences & IlmdConvenience>): object {
  const { eventTime, eventTimeZoneOffset, readPoint, bizLocation, zz, context, ...rest } = input;
  const { ilmd, zzIlmd, ...fields } = rest;
  const masterData = { ...ilmd, ...prefixed(zzIlmd) };
  const event = {
    '@context': context ?? ZAIZAO_CONTEXT,
    type,
    eventTime: eventTime instanceof Date ? eventTime.toISOString() : eventTime,
    eventTimeZoneOffset: eventTimeZoneOffset ?? '+08:00',
    ...fields,
    readPoint: place(readPoint),
    bizLocation: place(bizLocation),
    ilmd: Object.keys(masterData).length > 0 ? masterData : undefined,
    ...prefixed(zz),
  };
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}

/** An ObjectEvent in JSON-LD with Zaizao's context; the result is checked by `validateEvent`, not here. */
export function objectEvent(input: ObjectEventInput): ObjectEvent {
  // The input type holds exactly the fields of the event; assemble only renames and drops.
  return assemble('ObjectEvent', input) as ObjectEvent;
}

/** An AggregationEvent in JSON-LD with Zaizao's context. */
export function aggregationEvent(input: AggregationEventInput): AggregationEvent {
  // As in objectEvent.
  return assemble('AggregationEvent', input) as AggregationEvent;
}

/** An AssociationEvent in JSON-LD with Zaizao's context. */
export function associationEvent(input: AssociationEventInput): AssociationEvent {
  // As in objectEvent.
  return assemble('AssociationEvent', input) as AssociationEvent;
}

/** A TransactionEvent in JSON-LD with Zaizao's context. */
export function transactionEvent(input: TransactionEventInput): TransactionEvent {
  // As in objectEvent.
  return assemble('TransactionEvent', input) as TransactionEvent;
}

/** A TransformationEvent in JSON-LD with Zaizao's context. */
export function transformationEvent(input: TransformationEventInput): TransformationEvent {
  // As in objectEvent.
  return assemble('TransformationEvent', input) as TransformationEvent;
}
