import { Num, Reading, Section, useRead, useSay, useTexts } from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { getRoute } from '../contract.ts';
import { STATION_KINDS } from '../domain/code-lists.ts';
import { methodMaster } from '../domain/vocabulary.ts';
import { cut } from './cut.ts';
import { RouteForm } from './edit/route-form.tsx';
import { type Step, useCondition } from './names.ts';
import { NotWritten, PartKey } from './part-key.tsx';
import { BOX, routePicture } from './route-layout.ts';
import { useVersion, VersionField } from './versions.tsx';

/** The route as a flow with its branches, and the same as a list with instructions. */
export function RouteTab({ partId }: { partId: string }) {
  const t = useTexts('catalog');
  const { query, show, isEditing, edit, stop, issued } = useVersion('route');
  const route = useRead(getRoute, { params: { partId }, query });
  if (isEditing) {
    return <RouteForm partId={partId} route={route.data} onDone={issued} onClose={stop} />;
  }
  const key = (
    <PartKey onPress={edit}>{t(route.data ? 'form.editRoute' : 'form.writeRoute')}</PartKey>
  );
  if (route.error?.code === 'ROUTE_NOT_FOUND') {
    return (
      <NotWritten icon="gear" title={t('route.none')} edit={key}>
        {t('route.noneNext')}
      </NotWritten>
    );
  }
  return (
    <Reading of={route}>
      {(r) => (
        <>
          <Section
            title={t('route.title', { n: r.steps.length })}
            note={t('route.note')}
            actions={
              <>
                <VersionField of={r} onChange={show} />
                {key}
              </>
            }
          >
            <Picture steps={r.steps} />
          </Section>
          <Section title={t('route.instructions')}>
            <StepList steps={r.steps} />
          </Section>
        </>
      )}
    </Reading>
  );
}

function Picture({ steps }: { steps: readonly Step[] }) {
  const t = useTexts('catalog');
  const say = useSay();
  const picture = routePicture(steps);
  const bySeq = new Map(steps.map((s) => [s.seq, s]));
  return (
    <div className="z-catalog-route">
      <svg
        width={picture.width}
        height={picture.height}
        role="img"
        aria-label={t('route.picture', { n: steps.length })}
      >
        <defs>
          <marker
            id="z-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path d="M 0 0 L 8 4 L 0 8 z" />
          </marker>
        </defs>
        <path className="z-catalog-trunk" d={picture.trunk} />
        {picture.branches.map((b) => (
          <path key={b.seq} className="z-catalog-branch" d={b.path} markerEnd="url(#z-arrow)" />
        ))}
        {picture.backs.map((b) => (
          <g key={b.from} className="z-catalog-back">
            <path d={b.path} markerEnd="url(#z-arrow)" />
            <text x={b.labelX - 4} y={b.labelY} textAnchor="end">
              {`${b.most}×`}
            </text>
          </g>
        ))}
        {picture.nodes.map((n) => {
          const step = bySeq.get(n.seq);
          return step ? (
            <g key={n.seq} className={n.aside ? 'z-catalog-aside' : 'z-catalog-node'}>
              <title>{`${step.code} ${say(step.name)}`}</title>
              <rect x={n.x} y={n.y} width={BOX.width} height={BOX.height} rx="8" />
              <text x={n.x + 12} y={n.y + 19}>
                {cut(`${step.code} ${say(step.name)}`, 34)}
              </text>
              <text x={n.x + 12} y={n.y + 36} className="z-catalog-small">
                {cut(
                  [say(STATION_KINDS[step.stationKind]), say(step.station), step.when]
                    .filter(Boolean)
                    .join(' · '),
                  38,
                )}
              </text>
            </g>
          ) : null;
        })}
      </svg>
    </div>
  );
}

function StepList({ steps }: { steps: readonly Step[] }) {
  const t = useTexts('catalog');
  const say = useSay();
  const condition = useCondition();
  const methodName = (code: string) => {
    const found = methodMaster().find((m) => m.code === code);
    return found ? say(found.name) : '—';
  };
  return (
    <PlainTable
      rows={steps}
      rowKey={(s) => String(s.seq)}
      columns={[
        { title: t('route.seq'), end: true, cell: (s) => <Num value={s.seq} /> },
        { title: t('name'), cell: (s) => say(s.name) },
        {
          title: t('route.station'),
          cell: (s) =>
            [say(STATION_KINDS[s.stationKind]), say(s.station)].filter(Boolean).join(' · '),
        },
        {
          title: t('route.seconds'),
          end: true,
          cell: (s) => (s.stdSeconds === undefined ? '—' : <Num value={s.stdSeconds} />),
        },
        {
          title: t('route.when'),
          cell: (s) => (s.when === '' ? t('route.always') : condition(s.when)),
        },
        {
          title: t('route.onFail'),
          cell: (s) =>
            s.onFail === undefined
              ? '—'
              : t('route.backTo', { seq: s.onFail, n: s.maxRework ?? 1 }),
        },
        { title: t('route.method'), cell: (s) => methodName(s.method) },
        { title: t('route.instruction'), cell: (s) => say(s.instruction) },
        { title: t('route.records'), cell: (s) => say(s.records) },
        { title: t('basis'), className: 'z-note', cell: (s) => say(s.basis) },
      ]}
    />
  );
}
