import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/language.ts';
import { useTheme } from '../theme.ts';
import type { ChartOption, ChartThread } from './chart-engine.ts';

/** A table that says the same as the picture, for those who cannot see it. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * A chart by ECharts, loaded when first shown. `summary` says in a sentence what is to be seen;
 * `table` gives the numbers behind a key below.
 */
export function Chart(props: {
  option: ChartOption;
  summary: string;
  table?: ChartTable;
  height?: number;
  /** A press on a point: its series name, index and data. */
  onPick?: (point: { seriesName?: string; dataIndex: number; name: string }) => void;
}) {
  const t = useTexts('kit');
  const theme = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ChartThread>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const [isReady, setReady] = useState(false);

  useEffect(() => {
    let stopped = false;
    void import('./chart-engine.ts').then(({ startChart }) => {
      if (stopped || !place.current) return;
      chart.current = startChart(place.current, theme, (point) => latest.current.onPick?.(point));
      void chart.current.show(latest.current.option).then(() => setReady(true));
    });
    return () => {
      stopped = true;
      chart.current?.stop();
      chart.current = undefined;
    };
  }, [theme]);
  useEffect(() => {
    void chart.current?.show(props.option);
  }, [props.option]);

  const { table } = props;
  return (
    <figure className="z-chart">
      <div
        ref={place}
        role="img"
        aria-label={props.summary}
        className={isReady ? '' : 'z-chart-waiting'}
        style={{ height: props.height ?? 280 }}
      />
      <figcaption>
        <span className="z-hidden">{props.summary}</span>
        {table ? (
          <details>
            <summary>{t('chart.table')}</summary>
            <div className="z-scroll">
              <table className="z-plain-table">
                <thead>
                  <tr>
                    {table.head.map((h) => (
                      <th key={h} scope="col">
                        {h}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {table.rows.map((row, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: rows of numbers have no other name
                    <tr key={i}>
                      {row.map((cell, j) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: cells stand by column
                        <td key={j}>{cell}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        ) : null}
      </figcaption>
    </figure>
  );
}
