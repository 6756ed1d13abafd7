import {
  DayField,
  Figure,
  formatNumber,
  formatShare,
  Grid,
  NumberField,
  type Output,
  Reading,
  Row,
  Section,
  SelectField,
  Stack,
  Tabs,
  useAddress,
  useLang,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { effect, listFactors, scenario } from '../contract.ts';
import { EvidenceTag } from './evidence.tsx';

type Effect = Output<typeof effect>;

/** 5-6-7-8: what remanufacturing saves, by this plant's own figures as far as there are any; and a million units. */
export default function EffectPage() {
  const t = useTexts('footprint');
  return (
    <OfficePage title={t('title')} note={t('note')}>
      <Tabs
        label={t('title')}
        tabs={[
          { id: 'effect', title: t('effect'), render: () => <Calculator /> },
          { id: 'scenario', title: t('scenario'), render: () => <Scenario /> },
        ]}
      />
    </OfficePage>
  );
}

const INPUTS = [
  ...(['newCostYuan', 'remanCostYuan', 'newKwh', 'remanKwh', 'newMassKg', 'newPartsKg'] as const),
] as const;

function GridFactor() {
  const t = useTexts('footprint');
  const say = useSay();
  const [search, change] = useAddress();
  const factors = useRead(listFactors, {});
  return (
    <SelectField
      label={t('gridFactor')}
      value={search.grid ?? 'grid-cn-2023'}
      onChange={(grid) => change({ grid })}
      choices={(factors.data?.items ?? [])
        .filter((f) => f.kind === 'grid')
        .map((f) => ({ value: f.id, label: `${say(f.name)} · ${f.value} ${f.unit}` }))}
    />
  );
}

function Calculator() {
  const t = useTexts('footprint');
  const say = useSay();
  const [search, change] = useAddress();
  const own = Object.fromEntries(
    INPUTS.flatMap((k) => (search[k] === undefined ? [] : [[k, Number(search[k])]])),
  );
  const query = {
    ...own,
    ...(search.part ? { partId: search.part } : {}),
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
    ...(search.grid ? { gridFactor: search.grid } : {}),
  };
  const found = useRead(effect, { query });
  return (
    <Stack gap={16}>
      <Row>
        <SelectField
          label={t('product')}
          value={search.part ?? found.data?.part?.id}
          onChange={(part) => change({ part })}
          choices={(found.data?.products ?? []).map((p) => ({
            value: p.id,
            label: `${p.number} ${say(p.name)}`,
          }))}
        />
        <DayField
          label={t('from')}
          required={false}
          value={search.from}
          onChange={(from) => change({ from })}
        />
        <DayField
          label={t('to')}
          required={false}
          value={search.to}
          onChange={(to) => change({ to })}
        />
        <GridFactor />
      </Row>
      <Reading of={found}>{(e) => <Rows effect={e} />}</Reading>
      <Section title={t('own')} note={t('ownNote')}>
        <Grid min={200}>
          {INPUTS.map((k) => (
            <NumberField
              key={k}
              label={t(`input.${k}`)}
              required={false}
              min={0}
              value={search[k] === undefined ? undefined : Number(search[k])}
              onChange={(v) => change({ [k]: v === undefined ? undefined : String(v) })}
            />
          ))}
        </Grid>
      </Section>
    </Stack>
  );
}

function Rows({ effect: e }: { effect: Effect }) {
  const t = useTexts('footprint');
  const say = useSay();
  const lang = useLang();
  const of = (i: Effect['rows'][number]['new'], unit: string) =>
    i
      ? `${formatNumber(i.value, lang, 2)} ${t(`unit.${unit}`)} · ${t(`evidence.${i.evidence}`)}`
      : '—';
  return (
    <Stack gap={16}>
      <p className="z-note">
        {t('units', { n: e.units, metered: formatShare(e.metered, lang, 0), v: e.factors.version })}
      </p>
      <Grid min={220}>
        {e.rows.map((r) => (
          <Figure
            key={r.figure}
            label={t(`figure.${r.figure}`)}
            value={r.saving === undefined ? '—' : formatShare(r.saving, lang)}
            note={
              <>
                {r.evidence ? <EvidenceTag evidence={r.evidence} /> : t('noFigure')}{' '}
                {t('claimed', {
                  q: r.claimed.qualifier === '>=' ? '≥' : r.claimed.qualifier,
                  n: formatShare(r.claimed.saving, lang, 0),
                })}
              </>
            }
          />
        ))}
      </Grid>
      <Section title={t('basis')} note={say(e.claims)} flush>
        <div className="z-table-scroll">
          <table className="z-table">
            <thead>
              <tr>
                {(['what', 'new', 'reman', 'how'] as const).map((h) => (
                  <th key={h} scope="col">
                    {t(`head.${h}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {e.rows.map((r) => (
                <tr key={r.figure}>
                  <td data-title={t('head.what')}>{t(`figure.${r.figure}`)}</td>
                  <td data-title={t('head.new')} className="z-num">
                    {of(r.new, r.unit)}
                  </td>
                  <td data-title={t('head.reman')} className="z-num">
                    {of(r.reman, r.unit)}
                  </td>
                  <td data-title={t('head.how')} className="z-note">
                    {say(r.basis)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="z-note" style={{ padding: '0 18px 12px' }}>
          {say(e.factors.grid.name)} {e.factors.grid.value} {e.factors.grid.unit} (
          {say(e.factors.grid.source)}); {say(e.factors.material.name)} {e.factors.material.value}{' '}
          {e.factors.material.unit} ({say(e.factors.material.source)})
        </p>
      </Section>
    </Stack>
  );
}

const SCENARIO = { units: 1_000_000, kwhPerUnit: 15, kgPerUnit: 4.5 } as const;

function Scenario() {
  const t = useTexts('footprint');
  const say = useSay();
  const lang = useLang();
  const [search, change] = useAddress();
  const names = Object.keys(SCENARIO) as (keyof typeof SCENARIO)[]; // keys of the record above
  const given = Object.fromEntries(
    names.flatMap((k) => (search[k] === undefined ? [] : [[k, Number(search[k])]])),
  );
  const found = useRead(scenario, {
    query: { ...given, ...(search.grid ? { gridFactor: search.grid } : {}) },
  });
  return (
    <Stack gap={16}>
      <Row>
        {names.map((k) => (
          <NumberField
            key={k}
            label={t(`input.${k}`)}
            min={k === 'units' ? 1 : 0}
            value={search[k] === undefined ? SCENARIO[k] : Number(search[k])}
            onChange={(v) => change({ [k]: v === undefined ? undefined : String(v) })}
          />
        ))}
        <GridFactor />
      </Row>
      <Reading of={found}>
        {(s) => (
          <Stack gap={16}>
            <Grid min={220}>
              <Figure
                label={t('savedKwh')}
                value={formatNumber(s.kwh, lang)}
                unit={t('unit.KWH')}
                note={<EvidenceTag evidence={s.evidence} />}
              />
              <Figure
                label={t('savedTonnes')}
                value={formatNumber(s.tonnes, lang)}
                unit={t('tonnes')}
                note={<EvidenceTag evidence={s.evidence} />}
              />
              <Figure
                label={t('implied')}
                value={s.impliedFactor === undefined ? '—' : formatNumber(s.impliedFactor, lang, 3)}
                unit="kg/kWh"
                note={t('impliedNote', { n: s.grid.value })}
              />
              <Figure
                label={t('atGrid')}
                value={formatNumber(s.tonnesAtGrid, lang)}
                unit={t('tonnes')}
                note={say(s.grid.name)}
              />
            </Grid>
            <p className="z-note">{say(s.source)}</p>
            <p className="z-note">{say(s.remark)}</p>
          </Stack>
        )}
      </Reading>
    </Stack>
  );
}
