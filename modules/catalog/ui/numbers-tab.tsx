import {
  Code,
  EmptyState,
  Link,
  Reading,
  Section,
  StatusTag,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { getInterchange } from '../contract.ts';
import { normaliseNumber } from '../domain/number.ts';
import { NumbersForm } from './edit/numbers-form.tsx';
import { PartKey } from './part-key.tsx';

type Interchange = z.output<(typeof getInterchange)['response']>;

/** The numbers a part is known by, and the graph of what replaces and interchanges with what. */
export function NumbersTab({ partId, number }: { partId: string; number: string }) {
  const t = useTexts('catalog');
  const found = useRead(getInterchange, { params: { partId } });
  const [isEditing, setEditing] = useState(false);
  const edit = <PartKey onPress={() => setEditing(true)}>{t('form.editNumbers')}</PartKey>;
  return (
    <Reading of={found}>
      {(x) =>
        isEditing ? (
          <NumbersForm
            partId={partId}
            number={number}
            interchange={x}
            onClose={() => setEditing(false)}
          />
        ) : x.numbers.length === 0 && x.links.length === 0 ? (
          <EmptyState icon="tree" title={t('numbers.none')} action={edit}>
            {t('numbers.noneNext')}
          </EmptyState>
        ) : (
          <>
            <Section title={t('numbers.graph')} note={t('numbers.graphNote')} actions={edit}>
              <Graph number={number} interchange={x} />
            </Section>
            <Section title={t('numbers.title')}>
              <NumberTable interchange={x} />
            </Section>
          </>
        )
      }
    </Reading>
  );
}

const COLUMN = 230;
const ROW = 46;
const BOX = { width: 180, height: 32 };

interface Spot {
  readonly number: string;
  readonly x: number;
  readonly y: number;
  readonly own: boolean;
}

/** Numbers in columns by their distance from the part: its own, those others use, what those link to. */
function spotsOf(own: string, x: Interchange): Map<string, Spot> {
  const columns: string[][] = [[own], x.numbers.map((n) => n.number)];
  const placed = new Set(columns.flat().map(normaliseNumber));
  for (let at = 1; at < 10 && (columns[at]?.length ?? 0) > 0; at++) {
    const here = new Set((columns[at] ?? []).map(normaliseNumber));
    const next = x.links.flatMap((l) => {
      const [from, to] = [normaliseNumber(l.from), normaliseNumber(l.to)];
      if (here.has(from) && !placed.has(to)) return [l.to];
      return here.has(to) && !placed.has(from) ? [l.from] : [];
    });
    for (const n of next) placed.add(normaliseNumber(n));
    columns.push([...new Map(next.map((n) => [normaliseNumber(n), n])).values()]);
  }
  const spots = new Map<string, Spot>();
  for (const [i, column] of columns.entries()) {
    for (const [j, number] of column.entries()) {
      const spot = { number, x: 8 + i * COLUMN, y: 8 + j * ROW, own: i === 0 };
      spots.set(normaliseNumber(number), spot);
    }
  }
  return spots;
}

function Graph({ number, interchange }: { number: string; interchange: Interchange }) {
  const t = useTexts('catalog');
  const spots = spotsOf(number, interchange);
  const all = [...spots.values()];
  const width = Math.max(...all.map((s) => s.x)) + BOX.width + 8;
  const height = Math.max(...all.map((s) => s.y)) + BOX.height + 8;
  const own = spots.get(normaliseNumber(number));
  const edges = [
    ...interchange.numbers.map((n) => ({
      from: own,
      to: spots.get(normaliseNumber(n.number)),
      kind: 'carries',
    })),
    ...interchange.links.map((l) => ({
      from: spots.get(normaliseNumber(l.from)),
      to: spots.get(normaliseNumber(l.to)),
      kind: l.relation,
    })),
  ];
  return (
    <div className="z-catalog-route">
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={t('numbers.picture', { n: all.length })}
      >
        {edges.map((e) =>
          e.from && e.to ? (
            <path
              key={`${e.from.number} ${e.to.number} ${e.kind}`}
              className={`z-catalog-edge z-catalog-${e.kind}`}
              d={curve(e.from, e.to)}
            />
          ) : null,
        )}
        {all.map((s) => (
          <g key={s.number} className={s.own ? 'z-catalog-node' : 'z-catalog-aside'}>
            <rect x={s.x} y={s.y} width={BOX.width} height={BOX.height} rx="6" />
            <text x={s.x + 10} y={s.y + 21}>
              {s.number}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

function curve(a: Spot, b: Spot): string {
  const [left, right] = a.x <= b.x ? [a, b] : [b, a];
  const same = left.x === right.x;
  const x1 = left.x + BOX.width;
  const x2 = same ? right.x + BOX.width : right.x;
  const y1 = left.y + BOX.height / 2;
  const y2 = right.y + BOX.height / 2;
  const bend = same ? x1 + 24 : (x1 + x2) / 2;
  return `M ${x1} ${y1} C ${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`;
}

/** One line of the table: a number, how it relates, and to what. */
interface Line {
  readonly number: string;
  readonly relation: string;
  readonly other: ReactNode;
  readonly needsCoding?: boolean;
  readonly vinBound?: boolean;
  readonly basis?: string;
}

function NumberTable({ interchange: x }: { interchange: Interchange }) {
  const t = useTexts('catalog');
  const say = useSay();
  const lines: Line[] = [
    ...x.numbers.map((n) => ({
      ...{
        number: n.number,
        relation: t(`numbers.kind.${n.kind}`),
        other: n.maker,
        basis: n.basis,
      },
    })),
    ...x.links.map((l) => ({
      ...{ number: l.from, relation: t(`numbers.${l.relation}`), basis: l.basis },
      ...{ needsCoding: l.needsCoding, vinBound: l.vinBound, other: <Code>{l.to}</Code> },
    })),
    ...x.alsoFits.map((p) => ({
      ...{ number: p.number, relation: t('numbers.alsoFits') },
      other: (
        <Link to="/office/catalogue/parts/$partId" params={{ partId: p.partId }}>
          {say(p.name)}
        </Link>
      ),
    })),
  ];
  return (
    <PlainTable
      rows={[...lines.entries()]}
      rowKey={([i]) => String(i)}
      columns={[
        { title: t('numbers.number'), cell: ([, l]) => <Code>{l.number}</Code> },
        { title: t('numbers.relation'), cell: ([, l]) => l.relation },
        { title: t('numbers.other'), cell: ([, l]) => l.other },
        {
          title: t('flags'),
          cell: ([, l]) => (
            <>
              {l.needsCoding ? <StatusTag tone="decide">{t('needsCoding')}</StatusTag> : null}
              {l.vinBound ? <StatusTag tone="decide">{t('vinBound')}</StatusTag> : null}
            </>
          ),
        },
        { title: t('basis'), className: 'z-note', cell: ([, l]) => say(l.basis ?? '') },
      ]}
    />
  );
}
