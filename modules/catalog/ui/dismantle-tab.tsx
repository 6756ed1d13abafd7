import {
  Code,
  Money,
  Num,
  type Output,
  Reading,
  Section,
  StatusTag,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { getDismantle } from '../contract.ts';
import { DIRECTIONS, JOIN_KINDS, STREAMS } from '../domain/dismantle-lists.ts';
import { cut } from './cut.ts';
import { JOINT, joinPicture } from './dismantle-layout.ts';
import { JoinsForm } from './edit/joins-form.tsx';
import { RemovalForm } from './edit/removal-form.tsx';
import { NotWritten, PartKey } from './part-key.tsx';

export type Dismantle = Output<typeof getDismantle>;

/** How a product comes apart: what comes before what as a picture, joints and items as tables. */
export function DismantleTab({ partId }: { partId: string }) {
  const found = useRead(getDismantle, { params: { partId } });
  const [editing, setEditing] = useState<'joins' | 'removal'>();
  const stop = () => setEditing(undefined);
  return (
    <Reading of={found}>
      {(d) =>
        editing === 'joins' ? (
          <JoinsForm shown={d} onDone={stop} />
        ) : editing === 'removal' ? (
          <RemovalForm shown={d} onDone={stop} />
        ) : (
          <Shown d={d} edit={setEditing} />
        )
      }
    </Reading>
  );
}

function Shown({ d, edit }: { d: Dismantle; edit: (what: 'joins' | 'removal') => void }) {
  const t = useTexts('catalog');
  const key = (what: 'joins' | 'removal', label: string) => (
    <PartKey onPress={() => edit(what)}>{label}</PartKey>
  );
  if (d.joinsVersion === 0 && d.removalVersion === 0) {
    return (
      <NotWritten
        icon="wrench"
        title={t('dismantle.none')}
        edit={key('joins', t('dismantle.writeJoins'))}
      >
        {t('dismantle.noneNext')}
      </NotWritten>
    );
  }
  return (
    <>
      <Section
        title={t('dismantle.joins', { n: d.joins.length })}
        note={t('dismantle.joinsNote')}
        actions={key('joins', t('dismantle.editJoins'))}
      >
        <Picture d={d} />
        <p className="z-note">
          {t('dismantle.pictureNote')} {t('dismantle.total')}{' '}
          <Num value={d.joins.reduce((sum, j) => sum + j.seconds, 0)} /> s ·{' '}
          {t('dismantle.versions', { joins: d.joinsVersion, removal: d.removalVersion })}
        </p>
        <Joins d={d} />
      </Section>
      <Section
        title={t('dismantle.removal', { n: d.removal.length })}
        note={t('dismantle.removalNote')}
        actions={key(
          'removal',
          t(d.removalVersion === 0 ? 'dismantle.writeRemoval' : 'dismantle.editRemoval'),
        )}
      >
        <Items d={d} />
      </Section>
    </>
  );
}

function Picture({ d }: { d: Dismantle }) {
  const t = useTexts('catalog');
  const say = useSay();
  const picture = joinPicture(d.joins);
  const by = new Map(d.joins.map((j) => [j.code, j]));
  return (
    <div className="z-catalog-route">
      <svg
        width={picture.width}
        height={picture.height}
        role="img"
        aria-label={t('dismantle.picture', { n: d.joins.length })}
      >
        {picture.edges.map(({ from, to }) => {
          const [x1, y1] = [from.x + JOINT.width, from.y + JOINT.height / 2];
          const [x2, y2] = [to.x, to.y + JOINT.height / 2];
          const mid = x2 - JOINT.gapX / 2;
          return (
            <path
              key={`${from.code} ${to.code}`}
              d={`M ${x1} ${y1} C ${mid} ${y1}, ${x1 + JOINT.gapX / 2} ${y2}, ${x2} ${y2}`}
            />
          );
        })}
        {picture.nodes.map((n) => {
          const join = by.get(n.code);
          return join ? (
            <g key={n.code} className={join.hazard >= 4 ? 'z-catalog-aside' : 'z-catalog-node'}>
              <title>{`${join.code} ${say(join.name)}`}</title>
              <rect x={n.x} y={n.y} width={JOINT.width} height={JOINT.height} rx="8" />
              <text x={n.x + 8} y={n.y + 19}>
                {cut(say(join.name), 24)}
              </text>
              <text x={n.x + 8} y={n.y + 36} className="z-catalog-small">
                {[join.code, join.parts.join('–'), `${join.seconds} s`].join(' · ')}
              </text>
            </g>
          ) : null;
        })}
      </svg>
    </div>
  );
}

function Joins({ d }: { d: Dismantle }) {
  const t = useTexts('catalog');
  const say = useSay();
  return (
    <PlainTable
      rows={d.joins}
      rowKey={(j) => j.code}
      columns={[
        { title: t('code'), className: 'z-catalog-code', cell: (j) => <Code>{j.code}</Code> },
        { title: t('name'), className: 'z-catalog-name', cell: (j) => say(j.name) },
        { title: t('dismantle.kind'), cell: (j) => say(JOIN_KINDS[j.kind]) },
        { title: t('dismantle.parts'), cell: (j) => j.parts.join(' ') },
        { title: t('dismantle.after'), cell: (j) => j.after.join(' ') || '—' },
        { title: t('dismantle.seconds'), end: true, cell: (j) => <Num value={j.seconds} /> },
        {
          title: t('dismantle.tool'),
          cell: (j) =>
            [say(j.tool), j.direction ? say(DIRECTIONS[j.direction]) : '']
              .filter(Boolean)
              .join(' · '),
        },
        {
          title: t('dismantle.hazard'),
          cell: (j) =>
            j.hazard > 0 ? (
              <StatusTag tone="decide">{`${j.hazard} ${say(j.hazardNote)}`}</StatusTag>
            ) : (
              '—'
            ),
        },
        {
          title: t('flags'),
          cell: (j) => (
            <>
              {j.destructive ? (
                <StatusTag tone="decide">{t('dismantle.destructive')}</StatusTag>
              ) : null}
              {j.seizedPct ? `${t('dismantle.seizedPct')} ${j.seizedPct} %` : null}
            </>
          ),
        },
        { title: t('basis'), className: 'z-note', cell: (j) => say(j.basis) },
      ]}
    />
  );
}

function Items({ d }: { d: Dismantle }) {
  const t = useTexts('catalog');
  const say = useSay();
  return (
    <PlainTable
      rows={d.removal.toSorted((a, b) => a.item.localeCompare(b.item, 'en', { numeric: true }))}
      rowKey={(r) => r.item}
      columns={[
        {
          title: t('dismantle.item'),
          className: 'z-catalog-code',
          cell: (r) => <Code>{r.item}</Code>,
        },
        { title: t('name'), cell: (r) => say(r.name) || '—' },
        { title: t('dismantle.members'), cell: (r) => r.members.join(' ') || '—' },
        {
          title: t('flags'),
          cell: (r) =>
            r.mustOut ? <StatusTag tone="decide">{t('dismantle.mustOut')}</StatusTag> : '—',
        },
        { title: t('dismantle.stream'), cell: (r) => (r.stream ? say(STREAMS[r.stream]) : '—') },
        { title: t('dismantle.zone'), cell: (r) => say(r.zone) || '—' },
        {
          title: t('dismantle.whole'),
          end: true,
          cell: (r) => (r.wholeFen ? <Money fen={r.wholeFen} /> : '—'),
        },
        {
          title: t('dismantle.look'),
          end: true,
          cell: (r) => (r.lookFen ? <Money fen={r.lookFen} /> : '—'),
        },
        { title: t('basis'), className: 'z-note', cell: (r) => say(r.basis) },
      ]}
    />
  );
}
