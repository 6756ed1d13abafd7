import { listPartners } from '@zaizao/modules/parties/contract';
import {
  Button,
  CheckField,
  DayField,
  Icon,
  LookupField,
  Money,
  NumberField,
  Photo,
  Row,
  SelectField,
  Stack,
  StatusTag,
  TaskKey,
  TextField,
  useForm,
  useSay,
  useSession,
  useTexts,
} from '@zaizao/platform/ui';
import { BigNumber, FloorPage } from '@zaizao/platform/ui/floor';
import { type ReactNode, useState } from 'react';
import { Channel, type previewQuote, receiveWalkIn } from '../contract.ts';
import type { Core, Output } from './words.tsx';

type Candidate = Output<typeof previewQuote>['candidates'][number];

interface Props {
  readonly number: string;
  readonly candidates: readonly Candidate[];
  readonly scan: ReactNode;
  readonly onCancel: () => void;
  readonly onReceived: (core: Core) => void;
}

/** A core that nobody announced: which part is it, from whom, how heavy. */
export function NewCore(props: Props) {
  const t = useTexts('cores');
  const [chosen, setChosen] = useState<Candidate | undefined>(
    props.candidates.length === 1 ? props.candidates[0] : undefined,
  );
  if (chosen) return <Supply {...props} chosen={chosen} />;
  return (
    <FloorPage
      title={t('receive.which')}
      note={t('receive.whichNote', { number: props.number })}
      actions={
        <Button size="large" wide onClick={props.onCancel}>
          {t('receive.again')}
        </Button>
      }
    >
      {props.scan}
      <CandidateList candidates={props.candidates} onChoose={setChosen} />
    </FloorPage>
  );
}

/** The parts that a number may mean, with the picture of each and how it was found. */
export function CandidateList(props: {
  candidates: readonly Candidate[];
  onChoose: (c: Candidate) => void;
}) {
  const t = useTexts('cores');
  const say = useSay();
  return (
    <Stack gap={8}>
      {props.candidates.map((c) => (
        <TaskKey
          key={c.part.id}
          title={`${c.part.number} ${say(c.part.name)}`}
          note={
            <>
              {t(`via.${c.via}`)} · B <Money fen={c.offers[1]?.creditFen ?? '0'} />
            </>
          }
          icon="box"
          {...(c.photo
            ? { picture: <Photo sha256={c.photo} alt={say(c.part.name)} size={56} /> }
            : {})}
          onClick={() => props.onChoose(c)}
        />
      ))}
    </Stack>
  );
}

function Supply(props: Props & { chosen: Candidate }) {
  const t = useTexts('cores');
  const say = useSay();
  const { session } = useSession();
  const { part, via } = props.chosen;
  const form = useForm(receiveWalkIn, {
    initial: {
      ...{ number: props.number, partId: part.id, channel: 'direct' },
      supplierId: remembered(session.org?.id),
    },
    onDone: (core) => {
      remember(session.org?.id, core.supplier?.id);
      props.onReceived(core);
    },
  });
  const { draft } = form;
  const isVehicle = draft.channel === 'dismantler' || draft.donor !== undefined;
  return (
    <FloorPage
      title={t('receive.new')}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          icon="check"
          isBusy={form.isBusy}
          onClick={() => void form.submit()}
        >
          {t('receive.take')}
        </Button>
      }
    >
      <Row>
        <Icon name="box" size={28} />
        <strong>
          {part.number} {say(part.name)}
        </strong>
        <StatusTag tone={via === 'number' ? 'good' : 'decide'}>{t(`via.${via}`)}</StatusTag>
      </Row>
      <LookupField
        label={t('receive.supplier')}
        hint={t('receive.supplierHint')}
        list={listPartners}
        by="q"
        choice={(p) => ({ value: p.id, label: p.name, note: p.region ?? p.code })}
        {...form.field('supplierId')}
      />
      <SelectField
        label={t('receive.channel')}
        choices={Channel.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
        {...form.field('channel')}
      />
      <BigNumber
        label={t('receive.weight')}
        unit="KGM"
        step={0.05}
        value={draft.massG === undefined ? undefined : String(draft.massG / 1000)}
        onChange={(kg) =>
          form.set({ massG: kg === undefined ? undefined : Math.round(Number(kg) * 1000) })
        }
        error={form.fault('massG')}
      />
      <CheckField
        label={t('receive.fromVehicle')}
        value={isVehicle}
        onChange={(on) => form.set({ donor: on ? {} : undefined })}
        disabled={draft.channel === 'dismantler'}
      />
      {isVehicle ? <Donor form={form} /> : null}
      <CheckField label={t('receive.imported')} {...form.field('imported')} />
      {draft.imported ? <CheckField label={t('receive.bonded')} {...form.field('bonded')} /> : null}
      {form.refusal ? (
        <p className="z-field-error" role="alert">
          {form.refusal}
        </p>
      ) : null}
      <Button kind="quiet" onClick={props.onCancel}>
        {t('receive.again')}
      </Button>
    </FloorPage>
  );
}

function Donor({ form }: { form: ReturnType<typeof useForm<typeof receiveWalkIn>> }) {
  const t = useTexts('cores');
  const donor = form.draft.donor ?? {};
  const set = (change: object) => form.set({ donor: { ...donor, ...change } });
  return (
    <fieldset className="z-field">
      <legend>{t('donor.title')}</legend>
      <TextField
        label={t('donor.vin')}
        mono
        maxLength={17}
        value={donor.vin}
        onChange={(vin) => set({ vin: vin?.toUpperCase() })}
        error={form.fault('donor/vin')}
        required={false}
      />
      <TextField
        label={t('donor.machineSerial')}
        value={donor.machineSerial}
        onChange={(machineSerial) => set({ machineSerial })}
        error={form.fault('donor/machineSerial')}
        required={false}
      />
      <NumberField
        label={t('donor.mileage')}
        unit="KMT"
        min={0}
        value={donor.mileageKm}
        onChange={(mileageKm) => set({ mileageKm })}
        error={form.fault('donor/mileageKm')}
        required={false}
      />
      <DayField
        label={t('donor.removedOn')}
        value={donor.removedOn}
        onChange={(removedOn) => set({ removedOn })}
        error={form.fault('donor/removedOn')}
        required={false}
      />
      <TextField
        label={t('donor.certificate')}
        value={donor.disposalCertificate}
        onChange={(disposalCertificate) => set({ disposalCertificate })}
        error={form.fault('donor/disposalCertificate')}
        required={false}
      />
    </fieldset>
  );
}

const keyOf = (orgId: string) => `zaizao.cores.supplier.${orgId}`;

/** The supplier of the last parcel: parcels come in lots. */
function remembered(orgId: string | undefined): string | undefined {
  try {
    return (orgId && sessionStorage.getItem(keyOf(orgId))) || undefined;
  } catch {
    return undefined; // storage forbidden: the person chooses each time
  }
}

function remember(orgId: string | undefined, supplierId: string | undefined): void {
  try {
    if (orgId && supplierId) sessionStorage.setItem(keyOf(orgId), supplierId);
  } catch {
    // storage forbidden: the person chooses each time
  }
}
