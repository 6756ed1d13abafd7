import {
  type getPackage,
  HANDLING_MARKS,
  LABEL_KINDS,
  LABEL_PLACES,
  PACKAGE_TYPES,
  getPackage as readPackage,
} from '@zaizao/modules/catalog/contract';
import {
  Button,
  CheckField,
  Facts,
  type Output,
  Photo,
  PhotoCapture,
  PrintButton,
  Reading,
  Row,
  Section,
  Stack,
  useAct,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { BigNumber } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { getParcel, packUnit } from '../contract.ts';
import type { Order } from './words.tsx';

type Spec = NonNullable<Output<typeof getPackage>['spec']>;

/** 包装: what the specification asks for, confirmed one by one, a photo, the gross mass; then the parcel has its number. */
export function Packing({ order, unitId }: { order: Order; unitId: string }) {
  const found = useRead(readPackage, { params: { partId: order.product.id } });
  return (
    <Reading of={found}>
      {({ spec }) => (spec ? <BySpec spec={spec} unitId={unitId} /> : null)}
    </Reading>
  );
}

function BySpec({ spec, unitId }: { spec: Spec; unitId: string }) {
  const t = useTexts('production');
  const parcel = useRead(getParcel, { params: { unitId } });
  const [again, setAgain] = useState(false);
  const now = parcel.data?.parcel;
  return (
    <Section title={t('packing.title')} note={t('packing.note')}>
      <SpecFacts spec={spec} />
      {now && !again ? (
        <>
          <Verdict tone="good" title={`SSCC ${now.sscc}`}>
            {t('packing.done', { g: now.grossG })}
          </Verdict>
          <Row>
            <Photo sha256={now.photo} alt={t('packing.photo')} size={96} />
            <PrintButton href={labelOf(now.epc)}>{t('packing.label')}</PrintButton>
            <Button onClick={() => setAgain(true)}>{t('packing.again')}</Button>
          </Row>
        </>
      ) : (
        <Pack spec={spec} unitId={unitId} onDone={() => setAgain(false)} />
      )}
    </Section>
  );
}

/** The logistic label of a parcel, for the label printer or any other. */
export function labelOf(epc: string): string {
  return `/api/v1/quality/labels?format=pdf&epc=${encodeURIComponent(epc)}`;
}

/** What a package is, in a few lines. */
export function SpecFacts({ spec }: { spec: Spec }) {
  const t = useTexts('production');
  const say = useSay();
  const size = (s: Spec['outer']) => `${s.lengthMm} × ${s.widthMm} × ${s.heightMm} mm`;
  const guards = [
    ...(spec.esd ? [t('packing.esd')] : []),
    ...(spec.vci ? [t('packing.vci')] : []),
    ...(spec.desiccantG ? [t('packing.desiccant', { g: spec.desiccantG })] : []),
  ];
  return (
    <Facts
      rows={[
        [t('packing.type'), `${say(PACKAGE_TYPES[spec.type])} · ${size(spec.outer)}`],
        [t('packing.materials'), spec.materials.map((m) => say(m.name)).join(', ')],
        [t('packing.guards'), guards.length > 0 ? guards.join(', ') : undefined],
        [
          t('packing.stacking'),
          spec.stackLayers > 1
            ? t('packing.layers', { n: spec.stackLayers })
            : t('packing.noStacking'),
        ],
        [
          t('packing.labels'),
          spec.labels
            .map((l) => `${say(LABEL_KINDS[l.kind])}: ${say(LABEL_PLACES[l.place])}`)
            .join('; '),
        ],
        [
          t('packing.marks'),
          spec.handling.length > 0
            ? spec.handling.map((h) => say(HANDLING_MARKS[h])).join(', ')
            : undefined,
        ],
      ]}
    />
  );
}

function Pack({ spec, unitId, onDone }: { spec: Spec; unitId: string; onDone: () => void }) {
  const t = useTexts('production');
  const say = useSay();
  const [checked, setChecked] = useState<readonly string[]>([]);
  const [photo, setPhoto] = useState<string>();
  const [kg, setKg] = useState<string>();
  const pack = useAct(packUnit, { said: (p) => t('packing.said', { sscc: p.sscc }), onDone });
  const isReady = checked.length === spec.checks.length && photo !== undefined && Number(kg) > 0;
  return (
    <Stack gap={12}>
      {spec.checks.map((c) => (
        <CheckField
          key={c.code}
          label={say(c.text)}
          value={checked.includes(c.code)}
          onChange={(on) =>
            setChecked(on ? [...checked, c.code] : checked.filter((x) => x !== c.code))
          }
        />
      ))}
      <PhotoCapture
        label={t('packing.photo')}
        hint={t('packing.photoHint')}
        sha256={photo}
        onStored={(f) => setPhoto(f.sha256)}
      />
      <BigNumber label={t('packing.gross')} unit="KGM" step={0.05} value={kg} onChange={setKg} />
      <Button
        kind="primary"
        size="large"
        wide
        icon="box"
        disabled={!isReady}
        isBusy={pack.isBusy}
        onClick={() =>
          void pack.run({
            params: { unitId },
            body: {
              checks: [...checked],
              photo: photo ?? '',
              grossG: Math.round(Number(kg) * 1000),
            },
          })
        }
      >
        {t('packing.pack')}
      </Button>
    </Stack>
  );
}
