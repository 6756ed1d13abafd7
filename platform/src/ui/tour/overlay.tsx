import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Problem } from '../client/problem.ts';
import { useSay, useTexts } from '../i18n/language.ts';
import { Button } from '../parts/button.tsx';
import { useGo } from '../parts/link.tsx';
import { notify } from '../parts/notices.tsx';
import { become } from './become.ts';
import { currentTour, endTour, moveTour, onTour, type TourStep } from './tour.ts';
import './tour.css';

interface Spot {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** The tour's card and the ring round what it points at. The page beneath stays usable. */
export default function TourOverlay() {
  const t = useTexts('kit');
  const say = useSay();
  const go = useGo();
  const tour = useSyncExternalStore(onTour, currentTour);
  const step = tour?.steps[tour.at];
  const spot = useSpot(step);
  const isDone = useDone(step);
  const [isFolded, setFolded] = useState(false);
  const arrive = useRef(go);
  arrive.current = go;
  useEffect(() => {
    if (step) void enter(step, arrive.current);
    setFolded(false);
  }, [step]);
  if (!tour || !step) return null;
  const isLast = tour.at === tour.steps.length - 1;
  const isHigh = spot !== undefined && spot.top > innerHeight / 2;
  return (
    <>
      {spot ? <div className="z-tour-spot" style={{ ...spot }} aria-hidden="true" /> : null}
      <section
        className={`z-tour${isHigh ? ' z-tour-high' : ''}${isFolded ? ' z-tour-folded' : ''}`}
        aria-live="polite"
        aria-label={say(step.title)}
      >
        <header>
          <span className="z-num">{t('tour.step', { n: tour.at + 1, of: tour.steps.length })}</span>
          <span className="z-spring" />
          <Button
            kind="quiet"
            size="small"
            icon={isFolded ? 'up' : 'down'}
            iconOnly
            onClick={() => setFolded(!isFolded)}
          >
            {t(isFolded ? 'tour.unfold' : 'tour.fold')}
          </Button>
          <Button kind="quiet" size="small" icon="close" iconOnly onClick={endTour}>
            {t('tour.end')}
          </Button>
        </header>
        <h2>{say(step.title)}</h2>
        {isFolded ? null : <p>{say(step.body)}</p>}
        <footer>
          {tour.at > 0 && !isFolded ? (
            <Button size="small" onClick={() => moveTour(-1)}>
              {t('tour.back')}
            </Button>
          ) : null}
          <span className="z-spring" />
          {isDone || isFolded ? null : <span className="z-note">{t('tour.waiting')}</span>}
          <Button kind="primary" size="small" disabled={!isDone} onClick={() => moveTour(1)}>
            {t(isLast ? 'tour.done' : 'tour.next')}
          </Button>
        </footer>
      </section>
    </>
  );
}

/** Becomes the person whose step it is, then goes to their page. */
async function enter(step: TourStep, go: ReturnType<typeof useGo>): Promise<void> {
  try {
    if (step.role) await become(step.role);
    const place = (await step.find?.()) ?? step.to;
    const tour = currentTour();
    if (place && tour?.steps[tour.at] === step) go(place); // unless one has moved on meanwhile
  } catch (e) {
    if (!(e instanceof Problem)) throw e;
    notify({ kind: 'bad', text: e.message, requestId: e.requestId });
  }
}

/** Milliseconds between two looks: pages load and move under the tour. */
const LOOK = 500;

function useSpot(step: TourStep | undefined): Spot | undefined {
  const [spot, setSpot] = useState<Spot>();
  useEffect(() => {
    setSpot(undefined);
    const selector = step?.target;
    if (!selector) return;
    let isFirst = true;
    const look = () => {
      const target = document.querySelector(selector);
      if (!target) return setSpot(undefined);
      if (isFirst) target.scrollIntoView({ block: 'center', behavior: 'smooth' });
      isFirst = false;
      const { top, left, width, height } = target.getBoundingClientRect();
      setSpot({ top: top - 6, left: left - 6, width: width + 12, height: height + 12 });
    };
    look();
    const timer = setInterval(look, LOOK);
    return () => clearInterval(timer);
  }, [step]);
  return spot;
}

function useDone(step: TourStep | undefined): boolean {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    const ask = () => setDone(step?.until?.() ?? true);
    ask();
    const timer = setInterval(ask, LOOK);
    return () => clearInterval(timer);
  }, [step]);
  return isDone;
}
