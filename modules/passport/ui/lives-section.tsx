import {
  formatNumber,
  Section,
  StatusTag,
  Timeline,
  type TimelineEntry,
  useLang,
  useTexts,
} from '@zaizao/platform/ui';
import type { PassportFacts, PassportStatus } from '../contract/public.ts';

/** Steps that have a sentence; others are shown by their own word. */
export const KNOWN_STEPS = new Set([
  ...[
    'receiving',
    'inspecting',
    'disassembling',
    'cleaning',
    'restoring',
    'repairing',
    'remanufacturing',
    'commissioning',
  ],
  ...['packing', 'shipping', 'retail_selling', 'installing', 'sensor_reporting', 'storing'],
  ...[
    'certifying',
    'destroying',
    'removing',
    'collecting',
    'accepting',
    'stocking',
    'departing',
    'arriving',
  ],
]);

/** Its lives: this one and those of the cores it was made of; then every step that is proved. */
export function LivesSection(props: { facts: PassportFacts; steps: PassportStatus['steps'] }) {
  const t = useTexts('passport');
  const lang = useLang();
  const { facts, steps } = props;
  const entries: TimelineEntry[] = [
    {
      id: 'this',
      at: facts.bornAt,
      tone: 'good',
      title: t('lives.this', { n: String(facts.life) }),
      note: t('lives.born', { maker: facts.maker.name }),
    },
    ...facts.lives.map((life) => ({
      id: life.epc,
      at: life.receivedAt ?? facts.bornAt,
      title: t(life.wasUnit ? 'lives.unit' : 'lives.core', {
        n: String(life.life),
        code: life.code,
      }),
      note: [
        life.grade ? t('lives.grade', { grade: life.grade }) : '',
        life.mileageKm === undefined
          ? ''
          : t('lives.mileage', { km: formatNumber(life.mileageKm, lang) }),
        life.modelYear === undefined ? '' : t('lives.year', { year: String(life.modelYear) }),
      ]
        .filter((part) => part !== '')
        .join(' · '),
    })),
  ];
  return (
    <Section
      title={t('lives.title')}
      actions={<StatusTag tone="good">{t('lives.n', { n: String(facts.life) })}</StatusTag>}
    >
      <Timeline entries={entries} />
      <details className="z-passport-more">
        <summary>{t('lives.steps', { n: String(steps.length) })}</summary>
        <Steps steps={steps} />
      </details>
    </Section>
  );
}

function Steps({ steps }: { steps: PassportStatus['steps'] }) {
  const t = useTexts('passport');
  return (
    <Timeline
      entries={steps.toReversed().map((step) => ({
        id: step.eventId,
        at: step.at,
        tone: step.about === 'unit' ? 'good' : 'idle',
        title: KNOWN_STEPS.has(step.step) ? t(`step.${step.step}`) : step.step,
        note: t(step.about === 'unit' ? 'lives.ofUnit' : 'lives.ofCore', { code: step.code }),
      }))}
    />
  );
}
