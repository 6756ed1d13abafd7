import { xmlElement, xmlTextElement } from '@zaizao/epcis/xml';

interface JobBody {
  readonly captureID: string;
  readonly createdAt: string;
  readonly finishedAt?: string;
  readonly running: boolean;
  readonly success: boolean;
  readonly captureErrorBehaviour: string;
  readonly errors: readonly unknown[];
}

/** A capture job as the XML binding has it: flags as attributes, errors as elements. */
export function jobXml(job: JobBody): string {
  const errors = job.errors.map((error) => {
    const fields = Object.entries(error as Readonly<Record<string, unknown>>); // RFC 7807 bodies
    return xmlElement(
      'error',
      fields.map(([n, v]) => xmlTextElement(n, plain(String(v)))).join(''),
    );
  });
  const content = [
    xmlTextElement('captureErrorBehaviour', job.captureErrorBehaviour),
    xmlTextElement('createdAt', job.createdAt),
    ...(job.finishedAt === undefined ? [] : [xmlTextElement('finishedAt', job.finishedAt)]),
    xmlElement('errors', errors.join('')),
  ];
  const root = xmlElement('epcis:EPCISCaptureJob', content.join(''), {
    'xmlns:epcis': 'urn:epcglobal:epcis:xsd:2',
    running: String(job.running),
    success: String(job.success),
    captureID: job.captureID,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>${root}`;
}

function plain(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g, '?');
}
