import { useTexts } from '@zaizao/platform/ui';
import { useMemo } from 'react';
import { setupsOf } from '../domain/figures.ts';
import { axisOf } from './axis.ts';
import { Bar } from './gantt-bar.tsx';
import { factsOf, type GanttProps, ROW, type RowProps, rowsOf } from './gantt-rows.ts';
import { engineView, namesOf, problemOf } from './words.tsx';

/** Seconds around work that stay unfolded. */
const AROUND = 900;

/**
 * The plan over time: a row a station or an order. Bars are buttons: tab to one, arrows move it, Enter
 * tells about it, L locks it. Closed times are shaded, set-ups hatched, carrying thin; late orders amber.
 */
export function Gantt(props: GanttProps) {
  const t = useTexts('planning');
  const { plan, board, assignments, now } = props;
  const names = useMemo(() => namesOf(board), [board]);
  const problem = problemOf(plan);
  const origin = Date.parse(board.origin);
  const facts = useMemo(
    () => factsOf(plan, board, assignments, names),
    [plan, board, assignments, names],
  );
  const rows = useMemo(
    () => rowsOf(props.by, plan, board, assignments, names, facts.late),
    [props.by, plan, board, assignments, names, facts.late],
  );
  const nowAt = (now - origin) / 1000;
  const axis = useMemo(() => {
    const last = Math.max(0, ...assignments.map((a) => a.end), props.until ?? 0);
    const to = last + Math.max(600, last * 0.02);
    // Around work there is room to move it; where nobody works for long, time is folded.
    const busy = [
      { start: 0, end: AROUND },
      ...assignments.map((a) => ({ start: Math.max(0, a.start - AROUND), end: a.end + AROUND })),
    ];
    const from = 0;
    return axisOf({ origin, from, to, zoom: props.zoom, ...(props.foldsClosed ? { busy } : {}) });
  }, [assignments, origin, props.zoom, props.foldsClosed, props.until]);
  const setups = useMemo(
    () => (props.by === 'station' ? setupsOf(problem, engineView(assignments)) : []),
    [problem, assignments, props.by],
  );
  return (
    <section className="z-gantt" aria-label={t('gantt.label')}>
      <div className="z-gantt-names" aria-hidden="true">
        <div className="z-gantt-corner">{t(`gantt.by.${props.by}`)}</div>
        {rows.map((row) => (
          <div
            key={row.id}
            className={`z-gantt-name${row.isLate ? ' z-gantt-late' : ''}`}
            style={{ height: ROW }}
          >
            <strong>{row.title}</strong>
            <small>{row.note}</small>
          </div>
        ))}
      </div>
      <div className="z-gantt-scroll">
        <div className="z-gantt-field" style={{ width: axis.width }}>
          <div className="z-gantt-axis">
            {axis.ticks.map((tick) => (
              <span
                key={`${tick.x} ${tick.label}`}
                className={tick.isDay ? 'z-gantt-day' : ''}
                style={{ left: tick.x }}
              >
                {tick.label}
              </span>
            ))}
          </div>
          <div className="z-gantt-rows">
            {axis.pieces
              .filter((p) => p.folded)
              .map((p) => (
                <i
                  key={p.start}
                  className="z-gantt-fold"
                  title={t('gantt.folded')}
                  style={{ left: p.x, width: p.width }}
                />
              ))}
            {rows.map((row) => (
              <RowOf
                key={row.id}
                row={row}
                rows={rows}
                axis={axis}
                names={names}
                facts={facts}
                setups={setups.filter((s) => s.machine === row.id)}
                origin={origin}
                {...props}
              />
            ))}
            {nowAt >= 0 && nowAt <= (axis.pieces.at(-1)?.end ?? 0) ? (
              <i className="z-gantt-now" title={t('gantt.now')} style={{ left: axis.x(nowAt) }} />
            ) : null}
          </div>
        </div>
      </div>
    </section>
  );
}

function RowOf(props: RowProps) {
  const { row, axis, setups, facts } = props;
  const t = useTexts('planning');
  return (
    <div className="z-gantt-row" style={{ height: ROW }}>
      {row.closed.map((c) => (
        <i
          key={c.start}
          className="z-gantt-closed"
          style={{ left: axis.x(c.start), width: axis.x(c.end) - axis.x(c.start) }}
        />
      ))}
      {setups.map((s) => (
        <i
          key={s.start}
          className="z-gantt-setup"
          title={t('gantt.setup')}
          style={{ left: axis.x(s.start), width: Math.max(2, axis.x(s.end) - axis.x(s.start)) }}
        />
      ))}
      {row.entries.map((a) => {
        const way = facts.carried.get(a.operation) ?? 0;
        return way > 0 ? (
          <i
            key={`way ${a.operation}`}
            className="z-gantt-way"
            title={t('gantt.way')}
            style={{ left: axis.x(a.start - way), width: axis.x(a.start) - axis.x(a.start - way) }}
          />
        ) : null;
      })}
      {row.entries.map((a) => (
        <Bar key={a.operation} a={a} {...props} />
      ))}
    </div>
  );
}
