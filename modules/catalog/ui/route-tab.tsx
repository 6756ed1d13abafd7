import {
  EmptyState,
  LinkButton,
  Num,
  Reading,
  Section,
  SelectField,
  useAddress,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { getRoute } from '../contract.ts';
import { parseCondition } from '../domain/route.ts';
import { methodMaster } from '../domain/vocabulary.ts';
import { STATION_KINDS } from '../workbook/sheets.ts';
import type { Step } from './names.ts';
import { BOX, routePicture } from './route-layout.ts';

/** The route as a flow with its branches, and the same as a list with instructions. */
export function RouteTab({ partId }: { partId: string }) {
  const t = useTexts('catalog');
  const [search, change] = useAddress();
  const version = Number(search.route) || undefined;
  const query = version === undefined ? {} : { version };
  const route = useRead(getRoute, { params: { partId }, query });
  if (route.error?.code === 'ROUTE_NOT_FOUND') {
    return (
      <EmptyState
        icon="gear"
        title={t('route.none')}
        action={<LinkButton to="/office/catalogue/imports">{t('imports.title')}</LinkButton>}
      >
        {t('route.noneNext')}
      </EmptyState>
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
              <SelectField
                label={t('version')}
                value={String(r.version)}
                onChange={(v) => change({ route: v })}
                choices={r.revisions.map((x) => ({
                  value: String(x.version),
                  label: `${x.version} · ${x.createdAt.slice(0, 10)} ${x.note}`,
                }))}
              />
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
                {short(`${step.code} ${say(step.name)}`, 34)}
              </text>
              <text x={n.x + 12} y={n.y + 36} className="z-catalog-small">
                {short(
                  [say(STATION_KINDS[step.stationKind]), step.station, step.when]
                    .filter(Boolean)
                    .join(' · '),
                  44,
                )}
              </text>
            </g>
          ) : null;
        })}
      </svg>
    </div>
  );
}

/** Cuts by width, not by count: a Chinese character is as wide as two others. */
function short(text: string, width: number): string {
  let used = 0;
  for (const [i, ch] of [...text].entries()) {
    used += ch.charCodeAt(0) > 0x2e80 ? 2 : 1;
    if (used > width) return `${[...text].slice(0, i).join('')}…`;
  }
  return text;
}

function StepList({ steps }: { steps: readonly Step[] }) {
  const t = useTexts('catalog');
  const say = useSay();
  const condition = useCondition();
  return (
    <div className="z-table-scroll">
      <table className="z-table">
        <thead>
          <tr>
            <th className="z-end">{t('route.seq')}</th>
            <th>{t('name')}</th>
            <th>{t('route.station')}</th>
            <th className="z-end">{t('route.seconds')}</th>
            <th>{t('route.when')}</th>
            <th>{t('route.onFail')}</th>
            <th>{t('route.method')}</th>
            <th>{t('route.instruction')}</th>
            <th>{t('route.records')}</th>
            <th>{t('basis')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((s) => {
            const method = methodMaster().find((m) => m.code === s.method);
            return (
              <tr key={s.seq}>
                <td className="z-end">
                  <Num value={s.seq} />
                </td>
                <td>{say(s.name)}</td>
                <td>
                  {[say(STATION_KINDS[s.stationKind]), s.station].filter(Boolean).join(' · ')}
                </td>
                <td className="z-end">
                  {s.stdSeconds === undefined ? '—' : <Num value={s.stdSeconds} />}
                </td>
                <td>{s.when === '' ? t('route.always') : condition(s.when)}</td>
                <td>
                  {s.onFail === undefined
                    ? '—'
                    : t('route.backTo', { seq: s.onFail, n: s.maxRework ?? 1 })}
                </td>
                <td>{method ? say(method.name) : '—'}</td>
                <td>{say(s.instruction)}</td>
                <td>{s.records}</td>
                <td className="z-note">{s.basis}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A condition in words. */
function useCondition(): (when: string) => string {
  const t = useTexts('catalog');
  return (when) =>
    (parseCondition(when) ?? [])
      .map((f) =>
        'pos' in f
          ? t(`route.finding.${f.kind}`, { pos: f.pos })
          : t(`route.finding.${f.kind}`, { code: f.code }),
      )
      .join(t('route.or'));
}
