import { normalizeGtin } from '@zaizao/gs1';
import { compareDecimals } from '../domain/decimal.ts';
import { waitingRing, wordsOf } from '../domain/dismantle.ts';
import { type Finding, parseCondition } from '../domain/route.ts';
import type { FaultCode, Faults } from './faults.ts';
import type { Placed, Workbook } from './read.ts';
import { belongs, keyOf, norm, sameRow, sameRows, seriesOf } from './same-row.ts';
import { type Row, type Rows, SHEETS, type SheetKey, sheetByKey, type Value } from './sheets.ts';

export interface Standing {
  readonly rows: Rows;
  /** Every "contains" of the newest bills of material, by normalised number. */
  readonly contains: readonly (readonly [product: string, component: string])[];
  /** Which part has a GTIN, for those the workbook names. */
  readonly gtins: ReadonlyMap<string, string>;
}

export interface SheetChange {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What committing the workbook would do. */
export interface ImportPlan {
  readonly summary: ReadonlyMap<SheetKey, SheetChange>;
  /** Rows to write: of single rows those added or changed; of documents all rows of each product. */
  readonly write: Rows;
}

/**
 * Compares a workbook with the catalogue: finds every fault that needs more than one cell to see,
 * and what would change. Pure; the same input gives the same plan.
 */
export function compare(book: Workbook, standing: Standing, faults: Faults): ImportPlan {
  const check = new Check(book, standing, faults);
  check.all();
  return check.plan();
}

class Check {
  readonly #book: Workbook;
  readonly #standing: Standing;
  readonly #faults: Faults;
  /** Rows of the workbook by key, complete rows only. */
  readonly #incoming = new Map<SheetKey, Map<string, Placed>>();
  readonly #current = new Map<SheetKey, Map<string, Row>>();
  readonly #documents = new Map<SheetKey, Map<string, Row[]>>();

  constructor(book: Workbook, standing: Standing, faults: Faults) {
    this.#book = book;
    this.#standing = standing;
    this.#faults = faults;
  }

  #fault(
    code: FaultCode,
    sheet: SheetKey,
    row: Placed,
    column: string,
    params: Readonly<Record<string, string | number>> = {},
  ): void {
    const cell = this.#book.cellOf(sheet, row.line, column);
    this.#faults.add(code, this.#book.titleOf(sheet), cell, params);
  }

  all(): void {
    let rows = 0;
    for (const sheet of SHEETS) {
      const current = this.#standing.rows[sheet.key];
      this.#current.set(sheet.key, new Map(current.map((r) => [keyOf(sheet.key, r), r])));
      rows += this.#book.rows.get(sheet.key)?.length ?? 0;
      this.#takeIn(sheet.key);
    }
    if (rows === 0 && this.#faults.count === 0) this.#faults.add('NOTHING_TO_IMPORT', '', '');
    this.#parts();
    this.#references();
    this.#bom();
    this.#route();
    this.#dismantle();
    this.#characteristics();
    this.#limits();
    this.#programmes();
    this.#periods();
  }

  /** Indexes the rows of a sheet by key and finds duplicates. */
  #takeIn(sheet: SheetKey): void {
    const { keys } = sheetByKey(sheet);
    const seen = new Map<string, Placed>();
    for (const row of this.#book.rows.get(sheet) ?? []) {
      const key = keyOf(sheet, row.values);
      const before = seen.get(key);
      const column = keys[0] ?? '';
      if (before && key !== '')
        this.#fault('DUPLICATE', sheet, row, column, { row: before.line, key });
      else seen.set(key, row);
    }
    this.#incoming.set(sheet, seen);
  }

  #rows(sheet: SheetKey): Iterable<Placed> {
    return this.#incoming.get(sheet)?.values() ?? [];
  }

  /** A row as it will stand after the import. */
  #after(sheet: SheetKey, key: string): Row | undefined {
    return this.#incoming.get(sheet)?.get(key)?.values ?? this.#current.get(sheet)?.get(key);
  }

  /** All rows of a product as they will stand: the workbook’s where it has any, else the present ones. */
  #document(sheet: SheetKey, product: string): readonly Row[] {
    let documents = this.#documents.get(sheet);
    if (!documents) {
      documents = Map.groupBy(this.#standing.rows[sheet], (r) => norm(r.product));
      const own = [...this.#rows(sheet)].map((r) => r.values);
      for (const [p, rows] of Map.groupBy(own, (r) => norm(r.product))) documents.set(p, rows);
      this.#documents.set(sheet, documents);
    }
    return documents.get(product) ?? [];
  }

  #parts(): void {
    const used = new Map(this.#standing.gtins);
    for (const row of this.#rows('parts')) {
      const { gtin, number } = row.values;
      if (typeof gtin !== 'string') continue;
      const full = normalizeGtin(gtin);
      if (!full.ok) {
        this.#fault('GTIN_WRONG', 'parts', row, 'gtin', { value: gtin });
        continue;
      }
      const other = used.get(full.value);
      if (other !== undefined && norm(other) !== norm(number)) {
        this.#fault('GTIN_TWICE', 'parts', row, 'gtin', { value: gtin, other });
      } else used.set(full.value, String(number ?? ''));
    }
  }

  /** Part numbers named by other sheets. */
  #references(): void {
    for (const sheet of SHEETS) {
      for (const column of sheet.columns) {
        if (!column.part) continue;
        for (const row of this.#rows(sheet.key)) {
          const value = row.values[column.key];
          if (value === undefined) continue;
          if (!this.#after('parts', norm(value))) {
            this.#fault('PART_UNKNOWN', sheet.key, row, column.key, { value: String(value) });
          }
        }
      }
    }
    for (const row of this.#rows('links')) {
      if (norm(row.values.from) === norm(row.values.to)) {
        this.#fault('LINK_TO_ITSELF', 'links', row, 'to');
      }
    }
  }

  #bom(): void {
    for (const row of this.#rows('bom')) {
      const shares = ['reuse_pct', 'restore_pct', 'replace_pct'].map((k) => row.values[k]);
      const given = shares.filter((s) => s !== undefined);
      // Shares have few decimals: adding them as thousandths is exact.
      const sum = given.reduce<number>((n, s) => n + Math.round(Number(s) * 1000), 0) / 1000;
      if (given.length > 0 && (given.length < 3 || sum !== 100)) {
        this.#fault('SHARES_WRONG', 'bom', row, 'reuse_pct', { sum });
      }
    }
    const contains = Map.groupBy(this.#standing.contains, ([product]) => product);
    const below = new Map([...contains].map(([p, list]) => [p, list.map(([, c]) => c)]));
    const changed = Map.groupBy(this.#rows('bom'), (r) => norm(r.values.product));
    for (const [product, rows] of changed) {
      below.set(
        product,
        rows.map((r) => norm(r.values.component)),
      );
    }
    for (const [product, rows] of changed) {
      const first = rows[0];
      if (first && reaches(below, product)) {
        this.#fault('CIRCULAR', 'bom', first, 'product', { value: String(first.values.product) });
      }
    }
  }

  #route(): void {
    for (const row of this.#rows('route')) {
      const { when, on_fail: back, max_rework: most, seq, product } = row.values;
      if (typeof when === 'string') this.#condition(row, when, String(product));
      if (back === undefined && most === undefined) continue;
      const steps = this.#document('route', norm(product));
      const exists = steps.some((s) => s.seq === back) && Number(back) <= Number(seq);
      if (!exists || most === undefined) {
        this.#fault('RETURN_WRONG', 'route', row, 'on_fail', { value: String(back ?? '') });
      }
    }
  }

  /** A condition names only what can be found on this product: else the step could never come. */
  #condition(row: Placed, when: string, product: string): void {
    const findings = parseCondition(when);
    if (!findings) {
      this.#fault('CONDITION_WRONG', 'route', row, 'when', { value: when });
      return;
    }
    for (const f of findings) {
      if (this.#canBeFound(f, product)) continue;
      const value = `${f.kind}:${'pos' in f ? f.pos : f.code}`;
      this.#fault('FINDING_UNKNOWN', 'route', row, 'when', { product, value });
    }
  }

  #canBeFound(f: Finding, product: string): boolean {
    switch (f.kind) {
      case 'grade':
        return /^[ABCR]$/.test(f.code);
      case 'defect':
        return this.#after('defects', keyOf('defects', { product, code: f.code })) !== undefined;
      case 'out': {
        const owner = { product, code: f.code };
        return (
          this.#after('characteristics', keyOf('characteristics', owner)) !== undefined ||
          this.#after('tests', keyOf('tests', owner)) !== undefined
        );
      }
      case 'restore':
      case 'pos':
        return this.#document('bom', norm(product)).some((b) => b.pos === f.pos);
    }
  }

  /** Joins hold known positions and wait for known joins; groups are made of positions, each in one. */
  #dismantle(): void {
    for (const row of this.#rows('joins')) {
      const { product, code } = row.values;
      const held = new Set(wordsOf(row.values.parts));
      if (held.size < 2) this.#fault('JOIN_OF_TWO', 'joins', row, 'parts', { value: String(code) });
      this.#positions('joins', row, 'parts', held);
      const joins = this.#document('joins', norm(product));
      for (const first of wordsOf(row.values.after)) {
        if (joins.some((j) => String(j.code) === first)) continue;
        this.#fault('JOIN_UNKNOWN', 'joins', row, 'after', { value: first });
      }
    }
    for (const rows of Map.groupBy(this.#rows('joins'), (r) => norm(r.values.product)).values()) {
      const joins = rows.map(({ values: v }) => ({
        code: String(v.code),
        after: wordsOf(v.after),
      }));
      const ring = waitingRing(joins);
      const at = rows.find((r) => r.values.code === ring?.[0]);
      if (ring && at) this.#fault('JOIN_RING', 'joins', at, 'after', { value: ring.join(' → ') });
    }
    for (const rows of Map.groupBy(this.#rows('removal'), (r) => norm(r.values.product)).values()) {
      const grouped = new Set<string>();
      for (const row of rows) {
        const { item, name_zh: zh, name_en: en } = row.values;
        const members = wordsOf(row.values.members);
        if (members.length === 0) {
          this.#positions('removal', row, 'item', [String(item)]);
          continue;
        }
        if (zh === undefined || en === undefined || /^\d+$/.test(String(item))) {
          this.#fault('GROUP_WRONG', 'removal', row, 'item', { value: String(item) });
        }
        this.#positions('removal', row, 'members', members);
        const twice = members.find((m) => grouped.has(m));
        if (twice) this.#fault('GROUP_TWICE', 'removal', row, 'members', { value: twice });
        for (const m of members) grouped.add(m);
      }
    }
  }

  #positions(sheet: 'joins' | 'removal', row: Placed, column: string, list: Iterable<string>) {
    const bom = this.#document('bom', norm(row.values.product));
    for (const value of list) {
      if (bom.some((b) => String(b.pos) === value)) continue;
      const params = { product: String(row.values.product), value };
      this.#fault('POSITION_UNKNOWN', sheet, row, column, params);
    }
  }

  #characteristics(): void {
    for (const sheet of ['characteristics', 'tests'] as const) {
      const other = sheet === 'tests' ? 'characteristics' : 'tests';
      for (const row of this.#rows(sheet)) {
        const { product, code, component_pos: pos } = row.values;
        if (this.#after(other, keyOf(other, row.values))) {
          this.#fault('CODE_IN_BOTH', sheet, row, 'code', { value: String(code) });
        }
        if (pos === undefined) continue;
        if (!this.#document('bom', norm(product)).some((b) => b.pos === pos)) {
          const params = { product: String(product), value: String(pos) };
          this.#fault('POSITION_UNKNOWN', sheet, row, 'component_pos', params);
        }
      }
    }
    for (const row of this.#rows('defects')) {
      const { product, component_pos: pos } = row.values;
      if (pos === undefined) continue;
      if (!this.#document('bom', norm(product)).some((b) => b.pos === pos)) {
        const params = { product: String(product), value: String(pos) };
        this.#fault('POSITION_UNKNOWN', 'defects', row, 'component_pos', params);
      }
    }
  }

  #limits(): void {
    const versions = new Map<string, number>();
    for (const limit of this.#standing.rows.limits) {
      const series = seriesOf(limit);
      versions.set(series, Math.max(versions.get(series) ?? 0, Number(limit.version)));
    }
    const inOrder = [...this.#rows('limits')].toSorted(
      (a, b) => Number(a.values.version) - Number(b.values.version),
    );
    for (const row of inOrder) {
      const { product, code, level, customer, min, max, version } = row.values;
      const owner = { product, code };
      if (
        !this.#after('characteristics', keyOf('characteristics', owner)) &&
        !this.#after('tests', keyOf('tests', owner))
      ) {
        const params = { product: String(product), value: String(code) };
        this.#fault('CODE_UNKNOWN', 'limits', row, 'code', params);
      }
      if ((level === 'customer') !== (customer !== undefined)) {
        this.#fault('LIMIT_CUSTOMER', 'limits', row, 'customer');
      }
      const upsideDown =
        min !== undefined && max !== undefined && compareDecimals(String(min), String(max)) > 0;
      if ((min === undefined && max === undefined) || upsideDown) {
        this.#fault('LIMIT_EMPTY', 'limits', row, 'min');
      }
      this.#version('limits', row, versions, seriesOf(row.values), version);
    }
  }

  /** A version that stands may be repeated but not changed; a new one is the next number. */
  #version(
    sheet: 'limits' | 'programmes',
    row: Placed,
    last: Map<string, number>,
    series: string,
    version: Value,
  ): void {
    if (typeof version !== 'number') return;
    const standing = this.#current.get(sheet)?.get(keyOf(sheet, row.values));
    const next = (last.get(series) ?? 0) + 1;
    if (standing) {
      if (!sameRow(sheet, standing, row.values) || this.#partsOfProgrammeDiffer(sheet, row)) {
        this.#fault('VERSION_FIXED', sheet, row, 'version', { version, next });
      }
    } else if (version !== next) {
      this.#fault('VERSION_GAP', sheet, row, 'version', { version, next });
    } else last.set(series, version);
  }

  #partsOfProgrammeDiffer(sheet: 'limits' | 'programmes', row: Placed): boolean {
    if (sheet === 'limits') return false;
    return (['criteria', 'grades'] as const).some((part) => {
      const mine = this.#partsOf(part, row.values);
      const theirs = this.#standing.rows[part].filter((r) => belongs(r, row.values));
      return mine.length > 0 && !sameRows(part, mine, theirs);
    });
  }

  /** The workbook’s criteria or grades of one programme version. */
  #partsOf(sheet: 'criteria' | 'grades', programme: Row): readonly Row[] {
    return this.#document(sheet, norm(programme.product)).filter((r) => belongs(r, programme));
  }

  #programmes(): void {
    const versions = new Map<string, number>();
    for (const p of this.#standing.rows.programmes) {
      const series = seriesOf(p);
      versions.set(series, Math.max(versions.get(series) ?? 0, Number(p.version)));
    }
    const inOrder = [...this.#rows('programmes')].toSorted(
      (a, b) => Number(a.values.version) - Number(b.values.version),
    );
    for (const row of inOrder) {
      this.#version('programmes', row, versions, seriesOf(row.values), row.values.version);
      if (this.#current.get('programmes')?.has(keyOf('programmes', row.values))) continue;
      const value = `${row.values.code} ${row.values.version}`;
      const grades = this.#partsOf('grades', row.values);
      if (grades.length !== 4)
        this.#fault('GRADES_INCOMPLETE', 'programmes', row, 'code', { value });
      if (this.#partsOf('criteria', row.values).length === 0) {
        this.#fault('CRITERIA_MISSING', 'programmes', row, 'code', { value });
      }
    }
    for (const sheet of ['criteria', 'grades'] as const) {
      for (const row of this.#rows(sheet)) {
        const { product, programme, version } = row.values;
        if (
          !this.#after('programmes', keyOf('programmes', { product, code: programme, version }))
        ) {
          const value = `${programme} ${version}`;
          this.#fault('PROGRAMME_UNKNOWN', sheet, row, 'programme', { value });
        }
      }
    }
  }

  #periods(): void {
    for (const row of this.#rows('programmes')) {
      const { valid_from: from, valid_to: to } = row.values;
      if (to !== undefined && from !== undefined && String(to) < String(from)) {
        this.#fault('PERIOD_WRONG', 'programmes', row, 'valid_to');
      }
    }
  }

  plan(): ImportPlan {
    const summary = new Map<SheetKey, SheetChange>();
    const write = Object.fromEntries(SHEETS.map((s) => [s.key, [] as Row[]])) as unknown as Rows; // every key is set
    for (const { key: sheet } of SHEETS) {
      const rows = [...this.#rows(sheet)].map((r) => r.values);
      const states = rows.map((r) => this.#stateOf(sheet, r));
      const n = (state: string) => states.filter((s) => s === state).length;
      if (rows.length > 0) {
        summary.set(sheet, {
          rows: rows.length,
          added: n('added'),
          changed: n('changed'),
          unchanged: n('unchanged'),
        });
      }
      write[sheet] =
        sheet === 'bom' || sheet === 'route' || sheet === 'joins' || sheet === 'removal'
          ? this.#changedDocuments(sheet, rows)
          : rows.filter((_, i) => states[i] !== 'unchanged');
    }
    return { summary, write };
  }

  #stateOf(sheet: SheetKey, row: Row): 'added' | 'changed' | 'unchanged' {
    const standing = this.#current.get(sheet)?.get(keyOf(sheet, row));
    if (!standing) return 'added';
    return sameRow(sheet, standing, row) ? 'unchanged' : 'changed';
  }

  /** Bills of material and routes are replaced whole: a line left out is a line removed. */
  #changedDocuments(sheet: 'bom' | 'route' | 'joins' | 'removal', rows: readonly Row[]): Row[] {
    const out: Row[] = [];
    const standing = Map.groupBy(this.#standing.rows[sheet], (r) => norm(r.product));
    for (const [product, mine] of Map.groupBy(rows, (r) => norm(r.product))) {
      const theirs = standing.get(product) ?? [];
      if (!sameRows(sheet, mine, theirs)) out.push(...mine);
    }
    return out;
  }
}

/** Whether a product lies below itself. */
function reaches(below: ReadonlyMap<string, readonly string[]>, product: string): boolean {
  const seen = new Set<string>();
  const stack = [...(below.get(product) ?? [])];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === product) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    stack.push(...(below.get(at) ?? []));
  }
  return false;
}
