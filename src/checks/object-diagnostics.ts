import type { Diagnostic, Message } from '../diagnostics/diagnostic.js';
import { expected } from '../diagnostics/expected.js';
import { nameOf, type Manifest } from '../kubernetes/manifest.js';
import { isReplacedLater } from '../kubernetes/replaced-later.js';

/** Collects the diagnostics about one object. */
export class ObjectDiagnostics {
  readonly all: Diagnostic[] = [];

  constructor(private readonly manifest: Manifest) {}

  /** The API server rejects the object. */
  refused(field: string | undefined, message: string, hint?: string): void {
    this.add({ severity: 'error', rejectedBy: 'API server' }, field, message, hint);
  }

  /**
   * The API server rejects the value of the field, unless Flux replaces it first.
   * @param what it expects: `a whole number`
   */
  wrongValue(field: string, what: string, value: unknown, hint?: string): void {
    if (!isReplacedLater(value)) this.refused(field, expected(what, value), hint);
  }

  /** The prometheus-operator drops the object. */
  dropped(field: string, message: string, hint?: string): void {
    this.add({ severity: 'error', rejectedBy: 'operator' }, field, message, hint);
  }

  /** The objects do not work together: a port is not scraped exactly once, or a container does not start. */
  broken(field: string, message: string, hint?: string): void {
    this.add({ severity: 'error' }, field, message, hint);
  }

  /** The field refers to another object, and the reference is wrong. */
  wrongReference(severity: 'error' | 'warning', field: string, refersTo: string, message: Message): void {
    this.add({ severity, refersTo }, field, message.message, message.hint);
  }

  /** The object works, but its setting is risky. */
  unwise(field: string, message: string, hint?: string): void {
    this.add({ severity: 'warning' }, field, message, hint);
  }

  private add(
    kind: Pick<Diagnostic, 'severity' | 'rejectedBy' | 'refersTo'>,
    field: string | undefined,
    message: string,
    hint: string | undefined,
  ): void {
    const object = nameOf(this.manifest);
    this.all.push({ ...kind, object, field, message, ...(hint !== undefined && { hint }) });
  }
}
