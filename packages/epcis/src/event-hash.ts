import { canonicalUri } from '@zaizao/gs1';
import { sha256Hex } from '#sha256';
import { hashedNumber } from './decimal.ts';
import { eventTree, type TreeNode } from './event-tree.ts';
import { isJsonObject } from './json.ts';
import type { Context, EpcisEvent } from './model.ts';
import { prefixesOf } from './names.ts';
import { urnToUri } from './terms.ts';
import { canonicalTime } from './time.ts';

/** A field name, with the order of its own fields where that is fixed. */
type Order = readonly (string | readonly [string, Order])[];

const QUANTITIES: Order = [['quantityElement', ['epcClass', 'quantity', 'uom']]];
const EPCS: Order = ['epc'];

/**
 * Canonical property order. Where the published expected hashes and the standard's table disagree, the hashes are
 * followed: `certificationInfo` third, `parentID` before the EPC lists, and business transactions, sources and
 * destinations (with type before value) among the fields that come after all of these in alphabetical order.
 *
 * @see CBV 2.0 (ISO/IEC 19988) section 8.9
 */
const EVENT_ORDER: Order = [
  'eventTime',
  'eventTimeZoneOffset',
  'certificationInfo',
  'parentID',
  ['epcList', EPCS],
  ['inputEPCList', EPCS],
  ['childEPCs', EPCS],
  ['quantityList', QUANTITIES],
  ['childQuantityList', QUANTITIES],
  ['inputQuantityList', QUANTITIES],
  ['outputEPCList', EPCS],
  ['outputQuantityList', QUANTITIES],
  'action',
  'transformationID',
  'bizStep',
  'disposition',
  ['persistentDisposition', ['set', 'unset']],
  ['readPoint', ['id']],
  ['bizLocation', ['id']],
  [
    'sensorElementList',
    [
      [
        'sensorElement',
        [
          [
            'sensorMetadata',
            [
              'time',
              'startTime',
              'endTime',
              'deviceID',
              'deviceMetadata',
              'rawData',
              'dataProcessingMethod',
              'bizRules',
            ],
          ],
          [
            'sensorReport',
            [
              'type',
              'exception',
              'deviceID',
              'deviceMetadata',
              'rawData',
              'dataProcessingMethod',
              'time',
              'microorganism',
              'chemicalSubstance',
              'value',
              'component',
              'stringValue',
              'booleanValue',
              'hexBinaryValue',
              'uriValue',
              'minValue',
              'maxValue',
              'meanValue',
              'sDev',
              'percRank',
              'percValue',
              'uom',
              'coordinateReferenceSystem',
            ],
          ],
        ],
      ],
    ],
  ],
];

/** An order looked up by name. */
type Places = ReadonlyMap<string, { readonly place: number; readonly inner: Places | undefined }>;

function placesOf(order: Order): Places {
  return new Map(
    order.map((entry, place) => {
      const [name, inner] = typeof entry === 'string' ? [entry, undefined] : entry;
      return [name, { place, inner: inner && placesOf(inner) }];
    }),
  );
}

const EVENT_PLACES = placesOf(EVENT_ORDER);

/** The same for the draft of CBV 2.1, which follows its table: three lists that only CBV 2.0 leaves to the end. */
const DRAFT_LISTS = ['bizTransactionList', 'sourceList', 'destinationList'];
const nameOf = (entry: Order[number]): string => (typeof entry === 'string' ? entry : entry[0]);
const DRAFT_FIRST = ['eventTime', 'eventTimeZoneOffset', 'epcList', 'parentID', 'inputEPCList'];
const DRAFT_ORDER: Order = [
  ...DRAFT_FIRST.flatMap((name) => EVENT_ORDER.filter((entry) => nameOf(entry) === name)),
  ...EVENT_ORDER.filter((entry) => !DRAFT_FIRST.includes(nameOf(entry))),
];
const DRAFT_LEFT_OUT: ReadonlySet<string> = new Set(['certificationInfo', 'sensorElementList']);
const DRAFT_PLACES = placesOf(DRAFT_ORDER.filter((entry) => !DRAFT_LEFT_OUT.has(nameOf(entry))));
const DRAFT_SENSORS = placesOf(
  DRAFT_ORDER.filter((entry) => nameOf(entry) === 'sensorElementList'),
);

const TIMES: ReadonlySet<string> = new Set(['eventTime', 'time', 'startTime', 'endTime']);

/** What the hash does not cover: who recorded the event when, and that it was declared wrong. */
const NOT_HASHED: ReadonlySet<string> = new Set([
  'recordTime',
  'eventID',
  'type',
  'errorDeclaration',
]);

/** Order of Unicode code points, which is the order of UTF-8 bytes; plain `<` would order by UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** Only these can name a GS1 key; everything else is spared the parsing. */
const MAY_BE_KEY = /^(?:urn:epc:|https?:)/i;

/** One value in canonical form: CBV URI, number or canonical Digital Link, whichever it is. */
export function canonicalText(text: string): string {
  const trimmed = text.trim();
  if (MAY_BE_KEY.test(trimmed)) return canonicalUri(trimmed);
  return hashedNumber(trimmed) ?? urnToUri(trimmed);
}

function canonicalValue(node: TreeNode): string {
  return node.canonical ?? canonicalText(node.text);
}

function assignment(name: string, text: string): string {
  return text === '' ? name : `${name}=${text}`;
}

/** Fields outside the canonical order, each with all it contains, sorted by the text they give. */
function unordered(nodes: readonly TreeNode[], sort = true): string {
  const parts = nodes.map(
    (node) => assignment(node.name, canonicalValue(node)) + unordered(node.children, !node.ordered),
  );
  return (sort ? parts.sort(compareCodePoints) : parts).join('');
}

interface Ordered {
  readonly text: string;
  /** What the order does not name; the event appends it at its end. */
  readonly rest: readonly TreeNode[];
}

const NOTHING: Ordered = { text: '', rest: [] };

function isExtension(node: TreeNode): boolean {
  return node.name.startsWith('{');
}

function orderedNode(node: TreeNode, order: Places | undefined): Ordered {
  const inner = order ? ordered(node.children, order, false) : NOTHING;
  const value = TIMES.has(node.name) ? canonicalTime(node.text.trim()) : canonicalValue(node);
  const text = value === '' && inner.text === '' ? '' : assignment(node.name, value) + inner.text;
  const rest = inner.rest.length > 0 ? [{ name: node.name, text: '', children: inner.rest }] : [];
  return { text, rest };
}

/** Extension fields of a nested element close that element; those of the event itself are left to its end. */
function ordered(nodes: readonly TreeNode[], order: Places, top: boolean): Ordered {
  const groups: (TreeNode[] | undefined)[] = new Array(order.size).fill(undefined);
  const others: TreeNode[] = [];
  for (const node of nodes) {
    const place = order.get(node.name)?.place;
    if (place === undefined) others.push(node);
    else if (groups[place]) groups[place].push(node);
    else groups[place] = [node];
  }
  const rest: TreeNode[] = [];
  let text = '';
  for (const group of groups) {
    if (!group?.[0]) continue;
    const inner = order.get(group[0].name)?.inner;
    const parts = group.map((node) => {
      const part = orderedNode(node, inner);
      for (const left of part.rest) rest.push(left);
      return part.text;
    });
    text += parts.length > 1 ? parts.sort(compareCodePoints).join('') : parts[0];
  }
  if (top) return { text, rest: [...rest, ...others] };
  return {
    text: text + unordered(others.filter(isExtension)),
    rest: [...rest, ...others.filter((node) => !isExtension(node))],
  };
}

/** Editions of the algorithm: that of the standard, and the draft of its next release. */
export type HashVersion = '2.0' | '2.1';

export interface EventHashOptions {
  /** Default `2.0`. `2.1` is a draft: its hashes may still change. */
  readonly version?: HashVersion;
  /** Extension fields that the sender asks to leave out, as `{namespace}local`. */
  readonly omit?: readonly string[];
}

function emptyList(node: TreeNode): boolean {
  return node.children.length === 0 && node.text === '' && /(?:List|EPCs)$/.test(node.name);
}

/** The draft names the GS1 Web Vocabulary by its other address, and keeps every digit of a whole number. */
function asDraft(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.map((node) => {
    const whole = /^\s*([+-]?)(\d+)\s*$/.exec(node.text);
    const digits = whole ? BigInt(whole[2] ?? '') * (whole[1] === '-' ? -1n : 1n) : undefined;
    return {
      ...node,
      name: node.name.replace(/^\{https:\/\/gs1\.org\/voc\/\}/, '{https://ref.gs1.org/voc/}'),
      text: node.text.replace(/^https:\/\/gs1\.org\/voc\//, 'https://ref.gs1.org/voc/'),
      ...(digits === undefined ? {} : { canonical: digits.toString() }),
      children: asDraft(node.children),
    };
  });
}

/**
 * As `ordered` for a whole event, in the order of the draft: the certification is not covered, nor are fields inside a
 * standard field that are neither its own nor an extension.
 */
function orderedAsDraft(nodes: readonly TreeNode[]): Ordered {
  const covered = asDraft(nodes).filter(({ name }) => name !== 'certificationInfo');
  const before = ordered(covered, DRAFT_PLACES, true);
  const others = before.rest.filter(({ name }) => !DRAFT_PLACES.has(name));
  const lists = DRAFT_LISTS.flatMap((name) => others.filter((node) => node.name === name));
  const sensors = ordered(
    others.filter((node) => !lists.includes(node)),
    DRAFT_SENSORS,
    true,
  );
  const filled = lists.filter((node) => !emptyList(node));
  const text = filled.map((node) => unordered([node])).join('');
  return {
    text: before.text + text + sensors.text,
    rest: sensors.rest.filter(({ name }) => !DRAFT_SENSORS.has(name)),
  };
}

/**
 * The text that the event hash is computed over.
 *
 * @param context the `@context` of the document the event stands in; the event's own is added to it
 */
export function preHash(
  event: EpcisEvent,
  context?: Context,
  options: EventHashOptions = {},
): string {
  if (!isJsonObject(event)) throw new TypeError('an event is an object');
  const omit = new Set(options.omit ?? []);
  const nodes = eventTree(event, prefixesOf(context, event['@context']));
  const { text, rest } =
    options.version === '2.1' ? orderedAsDraft(nodes) : ordered(nodes, EVENT_PLACES, true);
  const kept = rest.filter(
    (node) => !NOT_HASHED.has(node.name) && !omit.has(node.name) && !emptyList(node),
  );
  const { type: said }: { readonly type: unknown } = event; // of an event that nobody validated it may be anything
  const type = typeof said === 'string' ? said : JSON.stringify(said);
  return `eventType=${type}${text}${unordered(kept)}`;
}

/**
 * The event hash of CBV, `ni:///sha-256;…?ver=CBV2.0`: the same for every JSON or XML spelling of one event. It does
 * not cover `recordTime`, `eventID` and `errorDeclaration`.
 *
 * @see CBV 2.0 (ISO/IEC 19988) section 8.9; RFC 6920
 */
export function eventHash(
  event: EpcisEvent,
  context?: Context,
  options: EventHashOptions = {},
): string {
  const digest = sha256Hex(preHash(event, context, options));
  return `ni:///sha-256;${digest}?ver=CBV${options.version ?? '2.0'}`;
}

/**
 * Whether an event's `ni:` identifier is the hash of its content; undefined when its identifier is of another kind or
 * of another version of the algorithm.
 */
export function eventIdMatches(event: EpcisEvent, context?: Context): boolean | undefined {
  const id = event.eventID;
  const isHash = typeof id === 'string' && /^ni:\/{3}sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/.test(id);
  if (!isHash) return undefined;
  return id === eventHash(event, context);
}
