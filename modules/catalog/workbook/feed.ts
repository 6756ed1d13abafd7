import { noRows, type Row, type Rows } from './sheets.ts';
import { writeWorkbook } from './write-xlsx.ts';

/*
 * Feeds of parts databases outside: which numbers go by which, as CSV or JSON. A feed becomes a workbook
 * of the catalogue, so that it passes the same checks, shows the same report and is committed or thrown
 * away in the same way; where each line comes from stands in its basis.
 *
 * Fields of a line: `part`, `kind` (oe, aftermarket, reman, internal), `number`, `maker` say what others
 * call a part of ours; `from`, `to`, `relation` (interchange, supersession), `needs_coding`, `vin_bound`,
 * `valid_from` say that one number stands for another. `source` names the database; JSON may name it once:
 * `{"source": "…", "records": [ … ]}`.
 */

/** Lines of a feed that is taken at once. */
const MOST_LINES = 300_000;

const FIELDS = [
  ...['part', 'kind', 'number', 'maker', 'source'],
  ...['from', 'to', 'relation', 'needs_coding', 'vin_bound', 'valid_from'],
] as const;
type Line = Partial<Record<(typeof FIELDS)[number], string>>;

/** Whether a file is a feed by its name. */
export function isFeed(name: string): boolean {
  return /\.(?:csv|json)$/i.test(name);
}

/**
 * A feed as a workbook; undefined when it is none: not CSV or JSON of known fields, empty, or too long.
 * @param source what is written as basis where a line names none
 */
export async function workbookOfFeed(
  name: string,
  bytes: Uint8Array,
  source = name,
): Promise<Uint8Array | undefined> {
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, '');
  const lines = /\.json$/i.test(name) ? jsonLines(text) : csvLines(text);
  if (!lines || lines.length === 0 || lines.length > MOST_LINES) return undefined;
  const rows: Rows = noRows();
  for (const line of lines) {
    if (line.from || line.to) rows.links.push(linkOf(line, source));
    else rows.numbers.push(numberOf(line, source));
  }
  return writeWorkbook(rows, 'filled');
}

const basisOf = (line: Line, source: string) => `feed:${line.source || source}`;

function numberOf(line: Line, source: string): Row {
  const { part, kind, number, maker } = line;
  return { part, kind: kind || 'aftermarket', number, maker, basis: basisOf(line, source) };
}

function linkOf(line: Line, source: string): Row {
  const { from, to, relation, valid_from } = line;
  return {
    ...{ from, to, valid_from, relation: relation || 'interchange' },
    needs_coding: isYes(line.needs_coding),
    vin_bound: isYes(line.vin_bound),
    basis: basisOf(line, source),
  };
}

const isYes = (value: string | undefined) => /^(?:1|y|yes|true|是)$/i.test(value ?? '');

function jsonLines(text: string): Line[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { records = value, source } = Object(value) as { records?: unknown; source?: unknown };
  if (!Array.isArray(records)) return undefined;
  const shared = typeof source === 'string' ? { source } : {};
  return records.map((record) => ({ ...shared, ...lineOf(Object(record)) }));
}

function lineOf(record: Readonly<Record<string, unknown>>): Line {
  const line: Line = {};
  for (const field of FIELDS) {
    const value = Object.hasOwn(record, field) ? record[field] : undefined;
    // a list or an object is no value of a field; what needs one says that it is missing
    if (['string', 'number', 'boolean'].includes(typeof value)) line[field] = String(value).trim();
  }
  return line;
}

/** RFC 4180, with commas, semicolons or tabs; the first line names the fields. */
function csvLines(text: string): Line[] | undefined {
  const head = text.slice(0, text.search(/\r?\n|$/));
  const comma = [',', ';', '\t'].reduce((a, b) =>
    head.split(b).length > head.split(a).length ? b : a,
  );
  const [names, ...lines] = cells(text, comma);
  const fields = names?.map((name) => name.trim().toLowerCase()) ?? [];
  if (!FIELDS.some((field) => fields.includes(field))) return undefined;
  return lines
    .filter((line) => line.some((cell) => cell.trim() !== ''))
    .map((line) => lineOf(Object.fromEntries(fields.map((field, i) => [field, line[i]]))));
}

function cells(text: string, comma: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const end = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else isQuoted = false;
    } else if (c === '"' && cell === '') isQuoted = true;
    else if (c === comma) end();
    else if (c === '\n') {
      end();
      rows.push([]);
    } else if (c !== '\r') cell += c;
  }
  end();
  return rows;
}
