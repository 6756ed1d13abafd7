import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { listDemoRoles } from '../../identity/contract.ts';
import { send } from '../client/call.ts';
import { Problem } from '../client/problem.ts';
import { useSay, useTexts } from '../i18n/language.ts';
import { Button, LinkButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { notify } from '../parts/notices.tsx';
import { SimulatedEdge } from '../parts/simulated.tsx';
import { useSession } from '../session.tsx';
import { beginTour, offeredTour } from '../tour/tour.ts';
import { post } from './credentials.tsx';
import { useEnter } from './enter.ts';
import { homeFace } from './home.ts';
import { Ring } from './ring.tsx';

type Roles = z.output<(typeof listDemoRoles)['response']>;

/** The front door: what this is, the demo's roles, and the way to one's own plant. */
export default function Welcome() {
  const t = useTexts('kit');
  const { session } = useSession();
  return (
    <div className="z-welcome">
      <section className="z-hero">
        <div>
          <h1>{t('welcome.title')}</h1>
          <p>{t('welcome.lead')}</p>
          <div className="z-row" style={{ gap: 12 }}>
            {session.demo && offeredTour() ? (
              <Button kind="primary" size="large" icon="play" onClick={() => void beginTour()}>
                {t('welcome.tour')}
              </Button>
            ) : null}
            {session.user ? (
              <LinkButton
                kind={session.demo ? 'plain' : 'primary'}
                size="large"
                to={homeFace(session, innerWidth < 700)}
              >
                {t('nav.home')}
              </LinkButton>
            ) : null}
            {session.setupNeeded || session.user ? (
              <LinkButton
                kind={session.demo || session.user ? 'plain' : 'primary'}
                size="large"
                to="/setup"
              >
                {t('welcome.own')}
              </LinkButton>
            ) : null}
            {session.user ? null : (
              <LinkButton
                size="large"
                kind={session.demo || session.setupNeeded ? 'quiet' : 'primary'}
                to="/sign-in"
              >
                {t('welcome.signIn')}
              </LinkButton>
            )}
          </div>
        </div>
        <Ring />
      </section>
      {session.demo ? <DemoRoles /> : null}
    </div>
  );
}

function DemoRoles() {
  const t = useTexts('kit');
  const say = useSay();
  const enter = useEnter();
  const [entering, setEntering] = useState<string>();
  const { data } = useQuery<Roles, Problem>({
    queryKey: ['demo-roles'],
    queryFn: async ({ signal }) =>
      (await send({ method: 'GET', address: '/api/v1/session/demo', signal })) as Roles, // the contract's response
  });
  const places = new Map<string, { name: string; roles: Roles['items'] }>();
  for (const item of data?.items ?? []) {
    const place = places.get(item.org.id) ?? { name: item.org.name, roles: [] };
    place.roles.push(item);
    places.set(item.org.id, place);
  }
  const become = async (role: string) => {
    setEntering(role);
    try {
      await post('/api/v1/session/demo', { role });
      await enter();
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      notify({ kind: 'bad', text: e.message, requestId: e.requestId });
    } finally {
      setEntering(undefined);
    }
  };
  return (
    <section className="z-demo">
      <SimulatedEdge always />
      <h2>{t('welcome.demoTitle')}</h2>
      <p className="z-note">{t('welcome.demoLead')}</p>
      {[...places.values()].map(({ name, roles }) => (
        <section key={name} className="z-demo-place">
          <h3>{name}</h3>
          <div className="z-demo-roles">
            {roles.map((item) => (
              <button
                key={item.role}
                type="button"
                className="z-task"
                aria-busy={entering === item.role}
                onClick={() => void become(item.role)}
              >
                <span className="z-task-text">
                  <strong>{say(item.title)}</strong>
                  <small>{item.name}</small>
                </span>
                {entering === item.role ? <span className="z-spin" /> : <Icon name="right" />}
              </button>
            ))}
          </div>
        </section>
      ))}
    </section>
  );
}
