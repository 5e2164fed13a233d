/**
 * `error`: the API server refuses the object, the operator drops it, or a port is not scraped exactly once.
 * `warning`: it works, and is unwise.
 */
export type Severity = 'error' | 'warning';

/** One thing wrong in a manifest. */
export interface Finding {
  readonly severity: Severity;
  /** The files that contain the object, where they are known. */
  readonly files?: readonly string[];
  /** The object: `Service app/app-django`. */
  readonly object: string;
  /** The field: `spec.ports[2].targetPort`. Absent where it is the object as a whole. */
  readonly field?: string;
  /** The problem, the value, what is allowed, how to fix it. */
  readonly message: string;
  /** Set where the cluster does not use the object at all: nothing that depends on it works. */
  readonly rejectedBy?: 'API server' | 'operator';
}

/** Collects the findings about one object. */
export class ObjectFindings {
  readonly all: Finding[] = [];

  constructor(private readonly object: string) {}

  /** The API server refuses the object. */
  refused(field: string | undefined, message: string): void {
    this.all.push({ severity: 'error', object: this.object, field, message, rejectedBy: 'API server' });
  }

  /** The prometheus-operator drops the object. */
  dropped(field: string, message: string): void {
    this.all.push({ severity: 'error', object: this.object, field, message, rejectedBy: 'operator' });
  }

  /** A port is not scraped exactly once. */
  broken(field: string, message: string): void {
    this.all.push({ severity: 'error', object: this.object, field, message });
  }

  /** It works, and is unwise. */
  unwise(field: string, message: string): void {
    this.all.push({ severity: 'warning', object: this.object, field, message });
  }
}

/** `Service app/app-django: spec.ports[2].targetPort: …` */
export function formatFinding({ object, field, message }: Finding): string {
  return [object, field, message].filter((part) => part !== undefined).join(': ');
}
