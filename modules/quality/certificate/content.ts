import type { Text } from '@zaizao/platform/kernel';
import type { JudgedLimit } from '../domain/standing.ts';

interface CertifiedTest {
  readonly code: string;
  readonly name: Text;
  readonly condition: string;
  readonly unit: string;
  readonly value: string;
  readonly verdict: 'pass' | 'fail' | 'unlimited';
  readonly limits: readonly JudgedLimit[];
  readonly instrument: string;
}

interface CertifiedPart {
  readonly pos: number;
  readonly name: Text;
  readonly origin: 'reused' | 'restored' | 'new';
  readonly quantity: number;
  /** Code of the component, or the lot of new parts. */
  readonly trace: string;
}

export interface StandardRef {
  readonly number: string;
  readonly about: Text;
}

/**
 * Everything a certificate says, fixed when it is asked for. Plain JSON: it crosses to the thread that
 * draws it, and the same content always gives the same bytes.
 */
export interface CertificateContent {
  readonly code: string;
  readonly maker: { readonly name: string; readonly legalName?: string; readonly address?: string };
  readonly product: { readonly number: string; readonly name: Text };
  readonly serial: string;
  readonly epc: string;
  /** What the QR code carries. */
  readonly link: string;
  readonly life: number;
  readonly massG: number;
  readonly assembledOn: string;
  readonly issuedOn: string;
  /** The instant behind `issuedOn`, for the document's own date. */
  readonly issuedAt: string;
  readonly issuedBy: string;
  readonly counts: { readonly reused: number; readonly restored: number; readonly new: number };
  /** Remanufacturing rate, 0 to 1, by mass and by count of parts. */
  readonly rates: { readonly byMass: number; readonly byCount: number };
  readonly previousCores: readonly string[];
  readonly parts: readonly CertifiedPart[];
  readonly test: {
    readonly code: string;
    readonly on: string;
    readonly by: string;
    readonly rows: readonly CertifiedTest[];
    readonly runInMinutes?: string;
    readonly concession?: { readonly code: string; readonly reference: string };
  };
  readonly standards: readonly StandardRef[];
  readonly simulated: boolean;
}
