import {
  Button,
  CheckField,
  Code,
  Dialog,
  EmptyState,
  FormFrame,
  PermissionGate,
  SelectField,
  StatusTag,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { editSite, listSites, openSite, perm, SITE_KINDS, type SiteView } from '../contract.ts';
import { useSiteKinds } from './names.ts';

/** Sites with their GLN: where things are. */
export default function SitesPage() {
  const t = useTexts('parties');
  const say = useSay();
  const [open, setOpen] = useState<SiteView | 'new'>();
  const close = () => setOpen(undefined);
  return (
    <OfficePage
      title={t('site.title')}
      note={t('site.note')}
      actions={
        <PermissionGate access={perm('parties.site:edit')}>
          <Button kind="primary" icon="plus" onClick={() => setOpen('new')}>
            {t('site.add')}
          </Button>
        </PermissionGate>
      }
    >
      <DataTable
        id="parties.sites"
        title={t('site.title')}
        list={listSites}
        rowKey={(r) => r.id}
        columns={[
          {
            id: 'code',
            title: t('code'),
            cell: (r) => <Code>{r.code}</Code>,
            plain: (r) => r.code,
          },
          { id: 'name', title: t('name'), cell: (r) => r.name, plain: (r) => r.name },
          {
            id: 'kind',
            title: t('kind'),
            cell: (r) => say(SITE_KINDS[r.kind]),
            plain: (r) => say(SITE_KINDS[r.kind]),
          },
          { id: 'gln', title: 'GLN', cell: (r) => <Code>{r.gln}</Code>, plain: (r) => r.gln },
          { id: 'address', title: t('address'), cell: (r) => r.address, plain: (r) => r.address },
          {
            id: 'state',
            title: t('state'),
            cell: (r) =>
              r.isDefault ? (
                <StatusTag tone="good">{t('site.default')}</StatusTag>
              ) : (
                <StatusTag tone="idle">{r.active ? t('site.open') : t('site.closed')}</StatusTag>
              ),
          },
          {
            id: 'edit',
            title: t('actions'),
            cell: (r) => (
              <PermissionGate access={perm('parties.site:edit')}>
                <Button size="small" onClick={() => setOpen(r)}>
                  {t('edit')}
                </Button>
              </PermissionGate>
            ),
          },
        ]}
        empty={
          <EmptyState icon="warehouse" title={t('site.none')}>
            {t('site.noneNext')}
          </EmptyState>
        }
      />
      <Dialog open={open === 'new'} title={t('site.add')} onClose={close} side>
        <NewSite onDone={close} />
      </Dialog>
      <Dialog
        open={open !== undefined && open !== 'new'}
        title={t('site.edit')}
        onClose={close}
        side
      >
        {open !== undefined && open !== 'new' ? <SiteForm site={open} onDone={close} /> : null}
      </Dialog>
    </OfficePage>
  );
}

function NewSite({ onDone }: { onDone: () => void }) {
  const t = useTexts('parties');
  const kinds = useSiteKinds();
  const form = useForm(openSite, { initial: { kind: 'plant' }, said: t('saved'), onDone });
  return (
    <FormFrame form={form} submit={t('save')}>
      <TextField label={t('name')} {...form.field('name')} />
      <SelectField label={t('kind')} choices={kinds} {...form.field('kind')} />
      <TextField label={t('region')} {...form.field('region')} />
      <TextField label={t('address')} lines={2} {...form.field('address')} />
      <TextField
        label="GLN"
        mono
        inputMode="numeric"
        maxLength={13}
        hint={t('site.glnHint')}
        {...form.field('gln')}
      />
    </FormFrame>
  );
}

function SiteForm({ site, onDone }: { site: SiteView; onDone: () => void }) {
  const t = useTexts('parties');
  const kinds = useSiteKinds();
  const { id, code: _c, gln: _g, epc: _e, version, ...initial } = site;
  const rest = { params: { siteId: id }, version };
  const form = useForm(editSite, { initial, rest, said: t('saved'), onDone });
  return (
    <FormFrame form={form} submit={t('save')}>
      <TextField label={t('name')} {...form.field('name')} />
      <SelectField label={t('kind')} choices={kinds} {...form.field('kind')} />
      <TextField label={t('region')} {...form.field('region')} />
      <TextField label={t('address')} lines={2} {...form.field('address')} />
      <CheckField label={t('site.isDefault')} {...form.field('isDefault')} />
      <CheckField label={t('site.isOpen')} {...form.field('active')} />
    </FormFrame>
  );
}
