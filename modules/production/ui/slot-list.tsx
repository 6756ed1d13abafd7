import { Icon, useSay, useTexts } from '@zaizao/platform/ui';
import { OriginTag, type Slot } from './words.tsx';

/** Every slot of the unit: what belongs there, how much is in, and where it came from. */
export function SlotList(props: { slots: readonly Slot[]; onPick: (pos: number) => void }) {
  const t = useTexts('production');
  const say = useSay();
  return (
    <ul className="z-production-slots">
      {props.slots.map((s) => {
        const isFull = s.filled >= s.qty;
        return (
          <li key={s.pos}>
            <button
              type="button"
              className={isFull ? 'z-production-full' : ''}
              onClick={() => props.onPick(s.pos)}
            >
              <span className="z-num z-production-pos">{s.pos}</span>
              <span className="z-production-what">
                <strong>{say(s.part.name)}</strong>
                <small>
                  {s.part.number} · {t(`policy.${s.policy}`)}
                </small>
                {s.fills.map((f) => (
                  <span key={f.componentId ?? f.lot} className="z-production-fill">
                    <OriginTag origin={f.origin} /> {f.code ?? f.lot}
                    {f.qty > 1 ? ` × ${f.qty}` : ''}
                  </span>
                ))}
              </span>
              <span className="z-num">
                {s.filled}/{s.qty}
              </span>
              <Icon
                name={isFull ? 'check' : 'plus'}
                title={t(isFull ? 'assembly.full' : 'assembly.open')}
              />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
