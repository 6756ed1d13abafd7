import { formatNumber, formatQuantity } from '../format/number.ts';
import { useLang, useTexts } from '../i18n/language.ts';
import { judge, type Limit, scaleOf } from './limits.ts';

/**
 * A value against several limits at once, one lane each: the allowed band green, the value a line
 * through all lanes, red in the lanes it breaks. Without a value the bands are shown alone.
 */
export function LimitBar(props: {
  value?: number | string | undefined;
  unit: string;
  limits: readonly Limit[];
}) {
  const lang = useLang();
  const t = useTexts('kit');
  const value = props.value === undefined || props.value === '' ? undefined : Number(props.value);
  const [from, to] = scaleOf(value, props.limits);
  const at = (v: number) => `${(100 * (v - from)) / (to - from)}%`;
  return (
    <ul className="z-limits">
      {props.limits.map((limit) => {
        const state = value === undefined ? undefined : judge(value, limit);
        const low = limit.low === undefined ? from : Number(limit.low);
        const high = limit.high === undefined ? to : Number(limit.high);
        return (
          <li key={limit.name} className={`z-limit${state ? ` z-limit-${state}` : ''}`}>
            <span className="z-limit-name">{limit.name}</span>
            <span className="z-limit-lane" aria-hidden="true">
              <i
                className={`z-limit-band${limit.low === undefined ? ' z-open-low' : ''}${limit.high === undefined ? ' z-open-high' : ''}`}
                style={{ left: at(low), right: `calc(100% - ${at(high)})` }}
              />
              {value === undefined ? null : (
                <i className="z-limit-value" style={{ left: at(value) }} />
              )}
            </span>
            <span className="z-limit-text z-num">{rangeText(limit, props.unit, lang)}</span>
            {state ? <b>{t(`limit.${state}`)}</b> : <span />}
          </li>
        );
      })}
    </ul>
  );
}

function rangeText(limit: Limit, unit: string, lang: 'zh' | 'en'): string {
  const { low, high } = limit;
  if (low !== undefined && high !== undefined) {
    return `${formatNumber(low, lang)} – ${formatQuantity(high, unit, lang)}`;
  }
  if (high !== undefined) return `≤ ${formatQuantity(high, unit, lang)}`;
  return low === undefined ? '—' : `≥ ${formatQuantity(low, unit, lang)}`;
}
