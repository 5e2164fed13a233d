import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { nameOf, type Manifest } from '../kubernetes/manifest.js';

/** Collects the diagnostics about one object. */
export class ObjectDiagnostics {
  readonly all: Diagnostic[] = [];

  constructor(private readonly manifest: Manifest) {}

  /** The API server rejects the object. */
  refused(field: string | undefined, message: string, hint?: string): void {
    this.all.push({
      severity: 'error',
      object: nameOf(this.manifest),
      field,
      message,
      ...(hint !== undefined && { hint }),
      rejectedBy: 'API server',
    });
  }

  /** The prometheus-operator drops the object. */
  dropped(field: string, message: string): void {
    this.all.push({
      severity: 'error',
      object: nameOf(this.manifest),
      field,
      message,
      rejectedBy: 'operator',
    });
  }

  /** A port is not scraped exactly once. */
  broken(field: string, message: string): void {
    this.all.push({ severity: 'error', object: nameOf(this.manifest), field, message });
  }

  /** The object works, but its setting is risky. */
  unwise(field: string, message: string): void {
    this.all.push({ severity: 'warning', object: nameOf(this.manifest), field, message });
  }
}
