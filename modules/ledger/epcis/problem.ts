import { escapeXml, xmlElement } from '@zaizao/epcis/xml';
import type { Problem } from '@zaizao/platform/http';
import { prefersXml, type Reply, type Request } from './message.ts';

/** The exceptions of EPCIS 2.0's REST binding, with their HTTP status. */
const STATUS = {
  ValidationException: 400,
  QueryParameterException: 400,
  QueryValidationException: 400,
  SubscriptionControlsException: 400,
  SecurityException: 403,
  NoSuchNameException: 404,
  NoSuchResourceException: 404,
  NotAcceptableException: 406,
  ResourceAlreadyExistsException: 409,
  CaptureLimitExceededException: 413,
  QueryTooLargeException: 413,
  QueryTooComplexException: 413,
  URITooLongException: 414,
  UnsupportedMediaTypeException: 415,
  ImplementationException: 500,
} as const;

const TITLE: Readonly<Record<keyof typeof STATUS, string>> = {
  ValidationException: 'The EPCIS data are not valid',
  QueryParameterException: 'A query parameter is not valid',
  QueryValidationException: 'The query is not valid',
  SubscriptionControlsException: 'The subscription is not valid',
  SecurityException: 'You may not do this',
  NoSuchNameException: 'There is no query or subscription of this name',
  NoSuchResourceException: 'There is no such resource',
  NotAcceptableException: 'The answer cannot be given in this form',
  ResourceAlreadyExistsException: 'It exists already',
  CaptureLimitExceededException: 'The capture is larger than the announced limits',
  QueryTooLargeException: 'More events match than maxEventCount allows',
  QueryTooComplexException: 'The query takes too long: narrow it by time, thing or step',
  URITooLongException: 'The address is too long',
  UnsupportedMediaTypeException: 'This content type is not supported',
  ImplementationException: 'The repository could not answer',
};

export type EpcisException = keyof typeof STATUS;

/** RFC 7807 body as the standard shapes it. */
export interface EpcisProblemBody {
  readonly type: `epcisException:${EpcisException}`;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** The code of the installation's own refusal, where there is one. */
  readonly code?: string;
}

export function problemBody(exception: EpcisException, detail?: string): EpcisProblemBody {
  return {
    type: `epcisException:${exception}`,
    title: TITLE[exception],
    status: STATUS[exception],
    ...(detail === undefined ? {} : { detail }),
  };
}

/** A refusal by the standard; thrown so that the transaction around it rolls back. */
export class EpcisProblem extends Error {
  readonly body: EpcisProblemBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    exception: EpcisException,
    detail?: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(exception);
    this.body = problemBody(exception, detail);
    this.headers = headers;
  }
}

/** XML that a text cannot break: characters that XML does not have are left out. */
function printable(text: string): string {
  return escapeXml(text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/gu, '?'));
}

export function problemXml(body: EpcisProblemBody): string {
  const fields = Object.entries(body).map(([name, value]) =>
    xmlElement(name, printable(String(value))),
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    xmlElement('epcis:EPCISException', fields.join(''), {
      'xmlns:epcis': 'urn:epcglobal:epcis:xsd:2',
    })
  );
}

function send(request: Request, reply: Reply, body: EpcisProblemBody): Reply {
  if (prefersXml(request)) {
    return reply.status(body.status).type('application/problem+xml').send(problemXml(body));
  }
  return reply.status(body.status).type('application/problem+json').send(body);
}

export function sendProblem(request: Request, reply: Reply, problem: EpcisProblem): Reply {
  return send(request, reply.headers(problem.headers), problem.body);
}

/** What the server refused before the standard's own rules were asked: who calls, how much, how often. */
export function refusedByServer(problem: Problem, request: Request, reply: Reply): Reply {
  const { status } = problem;
  const exception: EpcisException =
    status === 401 || status === 403
      ? 'SecurityException'
      : status === 413
        ? 'CaptureLimitExceededException'
        : status === 415
          ? 'UnsupportedMediaTypeException'
          : status < 500 && status !== 429
            ? 'ValidationException'
            : 'ImplementationException';
  const { title: detail, code } = problem;
  return send(request, reply, { ...problemBody(exception, detail), status, code });
}
