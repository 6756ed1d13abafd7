import {
  Button,
  CheckField,
  Code,
  Dialog,
  Facts,
  FormFrame,
  Money,
  Panels,
  PermissionGate,
  Photo,
  PhotoCapture,
  Quantity,
  Reading,
  Row,
  Section,
  StatusTag,
  Tabs,
  useForm,
  useParam,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { editPart, exportCatalogue, perm, readPart } from '../contract.ts';
import { BomTab } from './bom-tab.tsx';
import './catalog.css';
import { DefectsTab } from './defects-tab.tsx';
import { DismantleTab } from './dismantle-tab.tsx';
import { DownloadLink } from './download-link.tsx';
import { LimitsTab } from './limits-tab.tsx';
import { type Part, useFamilyName } from './names.ts';
import { NumbersTab } from './numbers-tab.tsx';
import { PartFields, type PartFormOf } from './part-fields.tsx';
import { ProgrammesTab } from './programmes-tab.tsx';
import { RouteTab } from './route-tab.tsx';

/** One part: what it is called, made of, done to, held against, bought for. */
export default function PartPage() {
  const t = useTexts('catalog');
  const say = useSay();
  const partId = useParam('partId');
  const part = useRead(readPart, { params: { partId } });
  const [editing, setEditing] = useState(false);
  return (
    <Reading of={part}>
      {(p) => (
        <OfficePage
          title={say(p.name)}
          up={{ to: '/office/catalogue', title: t('parts.title') }}
          status={<Code>{p.number}</Code>}
          actions={
            <Row>
              <DownloadLink endpoint={exportCatalogue} input={{ query: { partId } }}>
                {t('imports.export')}
              </DownloadLink>
              <PermissionGate access={perm('catalog.part:edit')}>
                <Button icon="settings" onClick={() => setEditing(true)}>
                  {t('edit')}
                </Button>
              </PermissionGate>
            </Row>
          }
        >
          <div className="z-catalog-part">
            <Summary part={p} />
            {p.kind === 'product' ? (
              <ProductTabs partId={partId} number={p.number} />
            ) : (
              <Tabs
                label={say(p.name)}
                tabs={[
                  {
                    id: 'limits',
                    title: t('tab.limits'),
                    render: () => <LimitsTab partId={partId} isProduct={false} />,
                  },
                  {
                    id: 'numbers',
                    title: t('tab.numbers'),
                    render: () => <NumbersTab partId={partId} number={p.number} />,
                  },
                ]}
              />
            )}
          </div>
          <Panels slot="part" props={{ partId }} />
          <Dialog open={editing} title={t('edit')} onClose={() => setEditing(false)} side>
            <EditPart key={p.version} part={p} onDone={() => setEditing(false)} />
          </Dialog>
        </OfficePage>
      )}
    </Reading>
  );
}

function ProductTabs({ partId, number }: { partId: string; number: string }) {
  const t = useTexts('catalog');
  return (
    <Tabs
      label={t('parts.title')}
      tabs={[
        { id: 'bom', title: t('tab.bom'), render: () => <BomTab partId={partId} /> },
        { id: 'route', title: t('tab.route'), render: () => <RouteTab partId={partId} /> },
        {
          id: 'dismantle',
          title: t('tab.dismantle'),
          render: () => <DismantleTab partId={partId} />,
        },
        {
          id: 'limits',
          title: t('tab.limits'),
          render: () => <LimitsTab partId={partId} isProduct />,
        },
        {
          id: 'programme',
          title: t('tab.programme'),
          render: () => <ProgrammesTab partId={partId} />,
        },
        {
          id: 'numbers',
          title: t('tab.numbers'),
          render: () => <NumbersTab partId={partId} number={number} />,
        },
        { id: 'defects', title: t('tab.defects'), render: () => <DefectsTab partId={partId} /> },
      ]}
    />
  );
}

function Summary({ part }: { part: Part }) {
  const t = useTexts('catalog');
  const say = useSay();
  const familyName = useFamilyName();
  return (
    <Section>
      <div className="z-catalog-summary">
        {part.photo ? <Photo sha256={part.photo} alt={say(part.name)} /> : null}
        <Facts
          rows={[
            [t('kind'), t(`kinds.${part.kind}`)],
            [t('family'), familyName(part.family)],
            ['GTIN', part.gtin ? <Code key="gtin">{part.gtin}</Code> : undefined],
            [
              t('mass'),
              part.massG ? <Quantity key="m" value={part.massG} unit="GRM" /> : undefined,
            ],
            [
              t('newPrice'),
              part.newPriceFen ? <Money key="p" fen={part.newPriceFen} /> : undefined,
            ],
            [
              t('flags'),
              part.restricted || part.needsCoding || part.vinBound || !part.active ? (
                <Row key="f" gap={4}>
                  {part.restricted ? (
                    <StatusTag tone="decide">{t('restrictedLong')}</StatusTag>
                  ) : null}
                  {part.needsCoding ? (
                    <StatusTag tone="decide">{t('needsCoding')}</StatusTag>
                  ) : null}
                  {part.vinBound ? <StatusTag tone="decide">{t('vinBound')}</StatusTag> : null}
                  {part.active ? null : <StatusTag tone="idle">{t('retired')}</StatusTag>}
                </Row>
              ) : undefined,
            ],
            [t('basis'), say(part.basis) || undefined],
          ]}
        />
      </div>
    </Section>
  );
}

function EditPart({ part, onDone }: { part: Part; onDone: () => void }) {
  const t = useTexts('catalog');
  const { id, version, ...initial } = part;
  const rest = { params: { partId: id }, version };
  const form = useForm(editPart, { initial, rest, said: t('saved'), onDone });
  return (
    <FormFrame form={form} submit={t('save')}>
      {/* an edit takes every field of an addition, and two more below */}
      <PartFields form={form as unknown as PartFormOf} />
      <PhotoCapture
        label={t('photo')}
        sha256={form.draft.photo}
        onStored={(f) => form.set({ photo: f.sha256 })}
      />
      <CheckField label={t('active')} {...form.field('active')} />
    </FormFrame>
  );
}
