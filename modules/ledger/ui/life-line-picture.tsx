import { formatInstant, Link, useLang, useTexts } from '@zaizao/platform/ui';
import type { LifeLine } from '../contract.ts';
import { type LayoutOptions, layLifeLine } from './life-line-layout.ts';
import { useNames } from './names.ts';
import './ledger.css';

const LANE = 34;
const LEFT = 168;
const TOP = 34;

export interface PictureProps {
  readonly line: LifeLine;
  readonly step: number;
  readonly siblings: boolean;
  readonly bizStep?: string | undefined;
}

/** Kinds of stations by what they do to a thing; colour repeats what the name says. */
function toneOf(bizStep: string | undefined): string {
  switch (bizStep) {
    case 'receiving':
    case 'collecting':
    case 'accepting':
      return 'in';
    case 'disassembling':
    case 'removing':
    case 'destroying':
      return 'apart';
    case 'assembling':
    case 'installing':
    case 'commissioning':
      return 'together';
    case 'inspecting':
      return 'look';
    case 'shipping':
    case 'retail_selling':
      return 'out';
    default:
      return 'work';
  }
}

/** The picture of a life line: lanes from left to right, stations on them, curves where matter passes. */
export function LifeLinePicture({ line, step, siblings, bizStep }: PictureProps) {
  const t = useTexts('ledger');
  const lang = useLang();
  const names = useNames();
  const options: LayoutOptions = {
    ...{ step, siblings, bizStep, laneHeight: LANE, left: LEFT, top: TOP },
  };
  const picture = layLifeLine(line, options);
  return (
    <section className="z-ledger-line" aria-label={t('life.title')}>
      <svg
        width={picture.width}
        height={picture.height}
        viewBox={`0 0 ${picture.width} ${picture.height}`}
      >
        <title>
          {t('life.picture', {
            things: picture.lanes.length,
            events: picture.stations.length,
          })}
        </title>
        {picture.ticks.map((tick) => (
          <g key={tick.at} className="z-ledger-tick">
            <line x1={tick.x} x2={tick.x} y1={TOP - 8} y2={picture.height} />
            <text x={tick.x} y={16}>
              {tick.at}
            </text>
          </g>
        ))}
        {picture.lanes.map((lane) => (
          <g
            key={lane.epc}
            className={`z-ledger-lane z-ledger-lane-${lane.thing?.kind ?? 'other'}${
              lane.epc === line.root ? ' z-ledger-root' : ''
            }${lane.sibling ? ' z-ledger-sibling' : ''}`}
          >
            <line x1={lane.from} x2={lane.to} y1={lane.y} y2={lane.y} />
          </g>
        ))}
        {picture.ways.map((way) => {
          const half = (way.toY - way.fromY) / 2;
          return (
            <path
              key={way.key}
              className={way.removed ? 'z-ledger-way z-ledger-removed' : 'z-ledger-way'}
              d={`M ${way.x - step * 0.4} ${way.fromY} C ${way.x} ${way.fromY} ${way.x} ${
                way.fromY + half
              } ${way.x} ${way.fromY + half} S ${way.x} ${way.toY} ${way.x + step * 0.25} ${way.toY}`}
            />
          );
        })}
        {picture.stations.map((station) => {
          const label = `${names.step(station.bizStep, station.type, station.process)}, ${formatInstant(
            station.eventTime,
            lang,
          )}${station.logIndex === undefined ? '' : `, ${t('life.proven')}`}`;
          const [firstY = TOP] = station.ys;
          const lastY = station.ys.at(-1) ?? firstY;
          return (
            <Link
              key={`${station.eventId} ${station.isErrorDeclaration}`}
              to="/office/ledger/events/$eventId"
              params={{ eventId: station.eventId }}
              className={`z-ledger-station z-ledger-tone-${toneOf(station.bizStep)}${
                station.isErrorDeclaration ? ' z-ledger-wrong' : ''
              }`}
              aria-label={label}
            >
              <title>{label}</title>
              {station.ys.length > 1 ? (
                <line x1={station.x} x2={station.x} y1={firstY} y2={lastY} />
              ) : null}
              {station.ys.map((y) => (
                <circle key={y} cx={station.x} cy={y} r={7} />
              ))}
              {station.logIndex === undefined ? null : (
                <path
                  className="z-ledger-tick-mark"
                  d={`M ${station.x - 3} ${firstY} l 2 2.6 l 4.2 -5.2`}
                />
              )}
              {step >= 72 ? (
                <text x={station.x} y={firstY - 11}>
                  {names.step(station.bizStep, station.type, station.process)}
                </text>
              ) : null}
            </Link>
          );
        })}
      </svg>
      <ul className="z-ledger-lane-names">
        {picture.lanes.map((lane) => (
          <li key={lane.epc} style={{ top: lane.y - LANE / 2, height: LANE }}>
            <Link
              to="/office/things/$epc"
              params={{ epc: lane.epc }}
              {...(lane.epc === line.root ? { className: 'z-ledger-here' } : {})}
            >
              <small>{names.kind(lane)}</small> {names.code(lane)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
