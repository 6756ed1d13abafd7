import { getUnitView } from '@zaizao/modules/production/contract';
import {
  addressOf,
  Button,
  Facts,
  JobProgress,
  LinkButton,
  PermissionGate,
  PrintButton,
  Reading,
  Row,
  Stack,
  useAct,
  useList,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import {
  certifyUnit,
  downloadCertificate,
  listCertificates,
  listNonconformances,
  listTests,
  perm,
} from '../contract.ts';
import { FaultTag, TestTag } from './words.tsx';

/** What quality knows of a unit: tests, faults, its certificate. Slot `unit`: `{ unitId }`. */
export default function UnitPanel({ unitId }: { unitId: string }) {
  const t = useTexts('quality');
  const unit = useRead(getUnitView, { params: { unitId } }, { live: ['quality'] });
  const tests = useList(listTests, { query: { unitId, limit: 20 } });
  const faults = useList(listNonconformances, { query: { subjectId: unitId, limit: 20 } });
  return (
    <Stack>
      <Facts
        rows={[
          ...tests.items.map(
            (x) =>
              [
                `${t('test.title')} ${x.round}`,
                <Row key={x.id}>
                  <TestTag state={x.state} />
                  <LinkButton size="small" to="/office/tests/$testId" params={{ testId: x.id }}>
                    {x.code}
                  </LinkButton>
                </Row>,
              ] as const,
          ),
          ...faults.items.map(
            (x) =>
              [
                t('fault.one'),
                <Row key={x.id}>
                  <FaultTag state={x.state} />
                  <LinkButton
                    size="small"
                    to="/office/nonconformances/$nonconformanceId"
                    params={{ nonconformanceId: x.id }}
                  >
                    {x.code}
                  </LinkButton>
                </Row>,
              ] as const,
          ),
        ]}
      />
      <Row>
        <LinkButton icon="document" to="/office/units/$unitId/report" params={{ unitId }}>
          {t('report.title')}
        </LinkButton>
      </Row>
      <Reading of={unit}>
        {(u) => <Certificate unitId={unitId} isFinished={u.state === 'finished'} />}
      </Reading>
    </Stack>
  );
}

function Certificate({ unitId, isFinished }: { unitId: string; isFinished: boolean }) {
  const t = useTexts('quality');
  const list = useList(listCertificates, { query: { unitId } }, { live: ['production'] });
  const certify = useAct(certifyUnit, { refreshes: ['production'] });
  const [certificate] = list.items;
  if (certificate?.state === 'issued') {
    const href = addressOf(downloadCertificate, { params: { document: certificate.id } });
    return (
      <Row>
        <PrintButton href={href}>{`${t('certificate.one')} ${certificate.code}`}</PrintButton>
      </Row>
    );
  }
  if (certificate) {
    return (
      <JobProgress
        jobId={certificate.jobId}
        title={t('certificate.making')}
        onDone={() => list.reload()}
      />
    );
  }
  if (!isFinished) return <p className="z-note">{t('certificate.notYet')}</p>;
  return (
    <PermissionGate access={perm('quality.certificate:issue')}>
      <Row>
        <Button
          kind="primary"
          icon="stamp"
          isBusy={certify.isBusy}
          onClick={() => void certify.run({ body: { unitId } })}
        >
          {t('certificate.issue')}
        </Button>
      </Row>
    </PermissionGate>
  );
}
