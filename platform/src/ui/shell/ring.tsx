import { type Text, text } from '../../kernel/index.ts';
import { useSay } from '../i18n/language.ts';

const stations: readonly Text[] = [
  text('回收', 'Collect'),
  text('定级', 'Grade'),
  text('拆解', 'Dismantle'),
  text('检测', 'Inspect'),
  text('修复', 'Restore'),
  text('装配', 'Assemble'),
  text('试验', 'Test'),
  text('认证', 'Certify'),
  text('服役', 'Serve'),
];

/** The loop as a picture: nine stations on a ring, closed by the arrow back to the first. */
export function Ring() {
  const say = useSay();
  const radius = 118;
  const at = (i: number, r: number) => {
    const a = (2 * Math.PI * i) / stations.length - Math.PI / 2;
    return [180 + r * Math.cos(a), 170 + r * Math.sin(a)] as const;
  };
  return (
    <svg
      className="z-ring"
      viewBox="-46 0 452 340"
      role="img"
      aria-label={stations.map(say).join(' → ')}
    >
      <circle cx="180" cy="170" r={radius} className="z-ring-path" />
      <circle cx="180" cy="170" r={radius} className="z-ring-flow" pathLength="100" />
      {stations.map((station, i) => {
        const [x, y] = at(i, radius);
        const [tx, ty] = at(i, radius + 24);
        const anchor = Math.abs(tx - 180) < 12 ? 'middle' : tx > 180 ? 'start' : 'end';
        return (
          <g key={station.en}>
            <circle cx={x} cy={y} r="7" className="z-ring-station" />
            <text x={tx} y={ty + 5} textAnchor={anchor}>
              {say(station)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
