import { addressOf, Button, Icon, LinkButton, useTexts } from '@zaizao/platform/ui';
import {
  CREDENTIAL_FORMS,
  exportCatenaX,
  exportShell,
  getConformity,
  getTraceability,
  type PassportView,
} from '../contract/public.ts';
import { saveFile } from './save-file.ts';
import type { ProofState } from './use-proof.ts';
import './passport.css';

/** The whole proof as a file, and the passport in the forms that other systems read. */
export function Downloads({ passport, proof }: { passport: PassportView; proof: ProofState }) {
  const t = useTexts('passport');
  const { serial } = passport.facts;
  return (
    <section className="z-passport-take">
      <p>{t('take.note')}</p>
      <div className="z-passport-tick-acts">
        {proof.state === 'done' ? (
          <Button
            icon="download"
            onClick={() => saveFile(`zaizao-passport-${serial}.json`, proof.bundle)}
          >
            {t('take.download')}
          </Button>
        ) : null}
        <LinkButton icon="shield" to="/verify">
          {t('take.verify')}
        </LinkButton>
      </div>
      {passport.credential ? (
        <OtherForms epc={passport.facts.epc} credentialId={passport.credential.id} />
      ) : null}
    </section>
  );
}

/** Credentials in each signed form, and exports: plain links, so that they can be saved or sent on. */
export function OtherForms({ epc, credentialId }: { epc: string; credentialId: string }) {
  const t = useTexts('passport');
  const query = { epc };
  const rows = [
    {
      id: 'dpp',
      links: CREDENTIAL_FORMS.map((form) => ({
        id: form,
        href: `/api/v1/passport/credentials/${credentialId}?form=${form}`,
      })),
    },
    {
      id: 'dcc',
      links: CREDENTIAL_FORMS.map((form) => ({
        id: form,
        href: addressOf(getConformity, { query: { ...query, form } }),
      })),
    },
    {
      id: 'dte',
      links: CREDENTIAL_FORMS.map((form) => ({
        id: form,
        href: addressOf(getTraceability, { query: { ...query, form } }),
      })),
    },
    { id: 'catenaX', links: [{ id: 'json', href: addressOf(exportCatenaX, { query }) }] },
    { id: 'aas', links: [{ id: 'json', href: addressOf(exportShell, { query }) }] },
  ];
  return (
    <details className="z-passport-more">
      <summary>{t('forms.title')}</summary>
      <p className="z-note">{t('forms.note')}</p>
      <ul className="z-passport-forms">
        {rows.map(({ id, links }) => (
          <li key={id}>
            <span>
              {t(`forms.${id}`)}
              <small>{t(`forms.${id}Note`)}</small>
            </span>
            <span className="z-passport-form-links">
              {links.map((link) => (
                <a key={link.id} href={link.href} download>
                  <Icon name="download" size={16} /> {t(`forms.as.${link.id}`)}
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
