import { RE2JS } from 're2js';

/**
 * The class of the package `re2-wasm`, as far as `@kubernetes-models/validate` uses it. Bundles contain this file in place
 * of the package, which reads a file beside its own code.
 */
export class RE2 {
  private readonly expression: RE2JS;

  constructor(expression: string) {
    this.expression = RE2JS.compile(expression);
  }

  test(text: string): boolean {
    return this.expression.test(text);
  }
}
