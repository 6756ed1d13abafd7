import type { RawRoute } from '@zaizao/platform/http';

/** The exceptions of EPCIS 2.0's REST binding, with their HTTP status. */
const STATUS = {
  ValidationException: 400,
  QueryParameterException: 400,
  QueryValidationException: 400,
  SubscriptionControlsException: 400,
  NoSuchNameException: 404,
  NoSuchResourceException: 404,
  NotAcceptableException: 406,
  ResourceAlreadyExistsException: 409,
  CaptureLimitExceededException: 413,
  QueryTooLargeException: 413,
  QueryTooComplexException: 413,
  URITooLongException: 414,
  UnsupportedMediaTypeException: 415,
} as const;

const TITLE: Readonly<Record<keyof typeof STATUS, string>> = {
  ValidationException: 'The EPCIS data are not valid',
  QueryParameterException: 'A query parameter is not valid',
  QueryValidationException: 'The query is not valid',
  SubscriptionControlsException: 'The subscription is not valid',
  NoSuchNameException: 'There is no query or subscription of this name',
  NoSuchResourceException: 'There is no such resource',
  NotAcceptableException: 'The answer cannot be given in this form',
  ResourceAlreadyExistsException: 'It exists already',
  CaptureLimitExceededException: 'The capture is larger than the announced limits',
  QueryTooLargeException: 'More events match than maxEventCount allows',
  QueryTooComplexException: 'The query takes too long: narrow it by time, thing or step',
  URITooLongException: 'The address is too long',
  UnsupportedMediaTypeException: 'This content type is not supported',
};

export type EpcisException = keyof typeof STATUS;

/** RFC 7807 body as the standard shapes it. */
export interface EpcisProblemBody {
  readonly type: `epcisException:${EpcisException}`;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
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

type Reply = Parameters<RawRoute['handle']>[1];

export function sendProblem(reply: Reply, problem: EpcisProblem): Reply {
  return reply
    .status(problem.body.status)
    .headers(problem.headers)
    .type('application/problem+json')
    .send(problem.body);
}
