import { Navigate, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language.ts';
import type { Access } from '../page-list.ts';
import { LinkButton } from '../parts/button.tsx';
import { EmptyState, Loading, ProblemBox } from '../parts/state.tsx';
import { useMay, useSession } from '../session.tsx';

/** Lets a page be seen by those who may; sends others to sign in, or says whom to ask. */
export function Guard({ access, children }: { access: Access; children: ReactNode }) {
  const t = useTexts('kit');
  const may = useMay();
  const { session, isKnown, problem } = useSession();
  const location = useLocation();
  if (access === 'public') return <>{children}</>;
  if (!isKnown) return <Loading />;
  if (!session.user) {
    if (problem) return <ProblemBox problem={problem} />;
    // the router types neither path nor search of pages that modules bring
    return (
      <Navigate
        to={'/sign-in' as '.'}
        search={{ to: location.href } as Record<never, never>}
        replace
      />
    );
  }
  if (access === 'signed-in' && session.orgs.length === 0) return <NoOrganisation />;
  if (!may(access)) {
    return (
      <EmptyState
        icon="shield"
        title={t('state.notAllowed')}
        action={
          <LinkButton to={session.demo ? '/' : '/sign-in'}>
            {t(session.demo ? 'nav.roles' : 'nav.signIn')}
          </LinkButton>
        }
      >
        {t('state.notAllowedNext')}
      </EmptyState>
    );
  }
  return <>{children}</>;
}

function NoOrganisation() {
  const t = useTexts('kit');
  return (
    <EmptyState
      icon="factory"
      title={t('auth.noOrg')}
      action={
        <LinkButton kind="primary" to="/setup">
          {t('welcome.own')}
        </LinkButton>
      }
    >
      {t('auth.noOrgNext')}
    </EmptyState>
  );
}
