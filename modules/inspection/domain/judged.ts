/** One limit with the verdict it gave, as kept beside a measured value. */
export interface LimitJudged {
  readonly level: 'national' | 'enterprise' | 'customer';
  readonly customer?: string;
  readonly min?: string;
  readonly max?: string;
  readonly version: number;
  readonly source: string;
  readonly pass: boolean;
}
